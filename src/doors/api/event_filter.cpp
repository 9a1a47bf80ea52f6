#include "event_filter.hpp"

#include <algorithm>

#include "events/event_field.hpp"
#include "formats/domain_name.hpp"
#include "indicators/rsit.hpp"

namespace kula::api {
namespace {

using events::EventFilter;

/// As an event keeps it.
auto kept_as(events::FieldType type) {
    return [type](std::string const& text) -> std::optional<std::string> {
        auto const kept = events::canonical({"", type}, text);
        return kept && kept->is_string() ? std::optional(kept->get<std::string>()) : std::nullopt;
    };
}

std::optional<std::string> rsit_class(std::string const& text) {
    return indicators::Rsit::shipped().find(text) != nullptr ? std::optional(text) : std::nullopt;
}

std::optional<std::string> rsit_type(std::string const& text) {
    for (auto const& of_class : indicators::Rsit::shipped().classes()) {
        for (auto const& type : of_class.types) {
            if (type.value == text) return text;
        }
    }
    return std::nullopt;
}

/// The organisation and all below it.
base::Result<std::vector<registry::OrganisationId>> with_all_below(registry::OrganisationId id,
                                                                   registry::Registry const& registry) {
    auto const reach = registry.reach_of(id);
    if (!reach) return reach.error();
    std::vector<registry::OrganisationId> out;
    for (auto const& each : reach->organisations()) out.emplace_back(each);
    return out;
}

void take_place(Parameters& parameters, EventFilter& filter) {
    filter.address = parameters.parsed("address", 64, "must be an address or prefix",
                                       [](std::string const& text) { return base::Prefix::parse(text); });
    if (auto const number = parameters.integer("asn", 1, 4'294'967'295))
        filter.as_number = static_cast<std::uint32_t>(*number);
    filter.country =
        parameters.parsed("country", 2, "must be two capital letters", kept_as(events::FieldType::country));
    filter.domain = parameters.parsed("domain", 253, "must be a domain", [](std::string const& text) {
        // One label alone is a suffix, too.
        auto const below = formats::canonical_domain((text.starts_with('.') ? "a" : "a.") + text);
        return below ? std::optional(below->substr(2)) : std::nullopt;
    });
    if (auto const port = parameters.integer("port", 1, 65535)) filter.port = static_cast<std::uint16_t>(*port);
}

/// Who told is for the team: for others it cannot be asked for, nor sought in what they do not see.
void take_telling(Parameters& parameters, EventFilter& filter) {
    filter.source = parameters.text("feed", 200);
    filter.delivery = parameters.text("delivery", 36);
    filter.text = parameters.text("search", events::longest_event_text).value_or("");
    if (filter.clearance.sees_everything()) return;
    if (filter.source) parameters.wrong("feed", "is for the team");
    if (filter.delivery) parameters.wrong("delivery", "is for the team");
    if (!filter.text.empty()) parameters.wrong("search", "is for the team");
}

}  // namespace

EventFilter event_filter(Parameters& parameters, registry::Registry const& registry, base::Clearance const& clearance) {
    EventFilter filter;
    filter.clearance = clearance;
    filter.from = parameters.instant("from");
    filter.to = parameters.instant("to");
    if (filter.from && filter.to && *filter.from >= *filter.to)
        parameters.wrong("from", "the window must begin before it ends");
    using Organisations = events::OrNone<std::vector<registry::OrganisationId>>;
    filter.organisations =
        parameters.parsed("organisation", 36, "must be an organisation's id or none",
                          [&](std::string const& text) -> std::optional<Organisations> {
                              if (text == "none") return events::None{};
                              auto const id = registry::OrganisationId::parse(text);
                              if (!id) return std::nullopt;
                              auto below = with_all_below(*id, registry);
                              return below ? Organisations(std::move(*below)) : Organisations(std::vector{*id});
                          });
    filter.rsit_class = parameters.parsed("class", 64, "must be a class of RSIT", rsit_class);
    filter.type = parameters.parsed("type", 64, "must be a type of RSIT", rsit_type);
    filter.severity = parameters.parsed("severity", 64, "must be a text", kept_as(events::FieldType::lower));
    filter.malware = parameters.parsed("malware", 200, "must be a text", kept_as(events::FieldType::lower));
    filter.identifier = parameters.text("identifier", 200);
    filter.tag = parameters.text("tag", 200);
    take_place(parameters, filter);
    take_telling(parameters, filter);
    return filter;
}

}  // namespace kula::api
