#include "sighting_filter.hpp"

#include <chrono>

#include "recent_activity.hpp"
#include "registry/vocabulary.hpp"

namespace kula::api {

events::SightingFilter common_filter(Parameters& parameters, base::Instant now, base::Clearance const& clearance) {
    events::SightingFilter filter;
    filter.clearance = clearance;
    auto const from = parameters.instant("from");
    auto const to = parameters.instant("to");
    filter.window.to = to.value_or(RecentActivity::day(now).to);
    filter.window.from = from.value_or(filter.window.to - std::chrono::hours(24));
    if (filter.window.from >= filter.window.to)
        parameters.wrong(from ? "from" : "to", "the window must begin before it ends");
    filter.direction = parameters.parsed("direction", 20, "must be outbound, inbound, internal, transit or unknown",
                                         events::parse_direction);
    filter.organisation =
        parameters.parsed("organisation", 36, "must be an organisation's id or none",
                          or_none([](std::string const& text) { return registry::OrganisationId::parse(text); }));
    filter.sector = parameters.parsed("sector", 64, sector_rule, or_none(parse_sector));
    return filter;
}

std::optional<std::string> parse_sector(std::string const& id) {
    return registry::is_sector(id) ? std::optional(id) : std::nullopt;
}

}  // namespace kula::api
