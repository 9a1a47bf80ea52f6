#include "event_owner.hpp"

#include <array>

#include "formats/domain_name.hpp"

namespace kula::events {
namespace {

std::optional<registry::Owned> owned(Event const& event, std::string const& end,
                                     registry::Attribution const& attribution) {
    std::optional<registry::Owned> found;
    auto const as_number = event.integer(end + ".asn");
    auto const number = as_number ? std::optional(static_cast<std::uint32_t>(*as_number)) : std::nullopt;
    each_text(event.find(end + ".ip"), [&](std::string const& text) {
        auto const address = base::Address::parse(text);
        if (!found && address) found = attribution.of_address(*address, number);
    });
    for (auto const* name : {".fqdn", ".reverse_dns"}) {
        each_text(event.find(end + name), [&](std::string const& text) {
            if (!found) found = attribution.of_domain(text);
        });
    }
    if (found) return found;
    auto const domain = domain_of(event, end);
    return domain ? attribution.of_domain(*domain) : std::nullopt;
}

}  // namespace

EventOwner owner_of(Event const& event, registry::Attribution const& attribution) {
    for (auto const* end : {"source", "destination"}) {
        auto const found = owned(event, end, attribution);
        if (found) return {found->organisation->id, found->claim->network.text(), found->organisation->sector};
    }
    return {};
}

std::optional<std::string> host_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    auto host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    host = host.substr(host.find('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
    return formats::canonical_domain(host.substr(0, host.find(':')));
}

std::optional<std::string> domain_of(Event const& event, std::string_view end) {
    auto const name = std::string(end);
    if (auto domain = event.text(name + ".fqdn")) return domain;
    auto const url = event.text(name + ".url");
    return url ? host_of(*url) : std::nullopt;
}

}  // namespace kula::events
