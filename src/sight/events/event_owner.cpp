#include "event_owner.hpp"

#include <algorithm>

#include "formats/domain_name.hpp"

namespace kula::events {
namespace {

std::string_view host_and_port_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    auto host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    return host.substr(host.find('@') == std::string_view::npos ? 0 : host.rfind('@') + 1);
}

/// IPv6 stands in brackets (RFC 3986 §3.2.2).
std::optional<base::Address> address_in(std::string_view host_and_port) {
    if (host_and_port.starts_with('[')) {
        auto const end = host_and_port.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        auto const address = base::Address::parse(host_and_port.substr(1, end - 1));
        return address && !address->is_v4() ? address : std::nullopt;
    }
    return base::Address::parse(host_and_port.substr(0, host_and_port.find(':')));
}

bool tells(Event const& event, std::string const& field, std::string const& text) {
    bool out = false;
    each_text(event.find(field), [&](std::string const& told) { out = out || told == text; });
    return out;
}

struct Found {
    registry::Owned owned;
    std::string by;
};

std::optional<Found> owned(Event const& event, std::string const& end, registry::Attribution const& attribution) {
    std::optional<Found> found;
    auto const take = [&](std::optional<registry::Owned> const& answer, std::string by) {
        if (!found && answer) found.emplace(Found{*answer, std::move(by)});
    };
    auto const as_number = event.integer(end + ".asn");
    auto const number = as_number ? std::optional(static_cast<std::uint32_t>(*as_number)) : std::nullopt;
    for (auto const& text : addresses_of(event, end)) {
        auto const address = base::Address::parse(text);
        if (found || !address) continue;
        auto const answer = attribution.of_address(*address, number);
        bool const is_by_as = answer && answer->claim->network.kind() == registry::NetworkKind::as_number;
        auto const* const by = is_by_as ? ".asn" : tells(event, end + ".ip", text) ? ".ip" : ".url";
        take(answer, end + by);
    }
    for (auto const* name : {".fqdn", ".reverse_dns"}) {
        each_text(event.find(end + name), [&](std::string const& text) {
            if (!found) take(attribution.of_domain(text), end + name);
        });
    }
    if (found) return found;
    auto const domain = domain_of(event, end);
    if (domain) take(attribution.of_domain(*domain), end + ".url");
    return found;
}

std::optional<Found> owned_by_country(Event const& event, std::string const& end,
                                      registry::Attribution const& attribution) {
    auto by = end + ".geolocation.cc";
    auto const code = event.text(by);
    auto const answer = code ? attribution.of_country(*code) : std::nullopt;
    return answer ? std::optional(Found{*answer, std::move(by)}) : std::nullopt;
}

}  // namespace

EventOwner owner_of(Event const& event, registry::Attribution const& attribution) {
    for (auto const& ask : {owned, owned_by_country}) {
        for (auto const* end : {"source", "destination"}) {
            auto found = ask(event, end, attribution);
            if (!found) continue;
            auto const& [organisation, claim] = found->owned;
            return {organisation->id, claim->network.text(), organisation->sector, std::move(found->by)};
        }
    }
    return {};
}

std::optional<std::string> host_of(std::string_view url) {
    auto const host = host_and_port_of(url);
    return formats::canonical_domain(host.substr(0, host.find(':')));
}

std::vector<std::string> addresses_of(Event const& event, std::string_view end) {
    auto const name = std::string(end);
    std::vector<std::string> out;
    each_text(event.find(name + ".ip"), [&](std::string const& text) { out.push_back(text); });
    each_text(event.find(name + ".url"), [&](std::string const& url) {
        auto const address = address_in(host_and_port_of(url));
        if (!address) return;
        if (auto text = address->text(); std::find(out.begin(), out.end(), text) == out.end())
            out.push_back(std::move(text));
    });
    return out;
}

std::optional<std::string> address_of(Event const& event, std::string_view end) {
    auto addresses = addresses_of(event, end);
    return addresses.empty() ? std::nullopt : std::optional(std::move(addresses.front()));
}

std::optional<std::string> domain_of(Event const& event, std::string_view end) {
    auto const name = std::string(end);
    std::optional<std::string> domain;
    each_text(event.find(name + ".fqdn"), [&](std::string const& text) {
        if (!domain) domain = formats::canonical_domain(text);
    });
    if (domain) return domain;
    auto const url = event.text(name + ".url");
    return url ? host_of(*url) : std::nullopt;
}

}  // namespace kula::events
