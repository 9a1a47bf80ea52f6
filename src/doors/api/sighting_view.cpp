#include "sighting_view.hpp"

#include <algorithm>
#include <chrono>

namespace kula::api {

Json shown(events::Totals const& totals) {
    return {{"sightings", count(totals.sightings)},
            {"flows", count(totals.flows)},
            {"packets", count(totals.packets)},
            {"bytes", count(totals.bytes)},
            {"organisations", count(totals.organisations)},
            {"indicators", count(totals.indicators)}};
}

Json shown(events::FlowsByDirection const& flows) {
    Json json = Json::object();
    for (std::size_t direction = 0; direction < flows.size(); ++direction) {
        json[std::string(events::to_text(static_cast<events::Direction>(direction)))] = count(flows[direction]);
    }
    return json;
}

base::Result<Json> shown(events::Sighting const& sighting, OrganisationView const& organisations,
                         IndicatorView const& indicators, base::Clearance const& clearance) {
    auto const& seen = sighting.seen;
    auto indicator = indicators.reference(seen.indicator, seen.kind, seen.marking.tlp, clearance);
    if (!indicator) return indicator.error();
    Json json{{"id", sighting.id.text()},
              {"indicator", std::move(*indicator)},
              {"matched", seen.matched},
              {"peer", seen.peer},
              {"side", events::to_text(seen.side)},
              {"direction", events::to_text(seen.direction)},
              {"protocol", seen.protocol},
              {"port", seen.port},
              {"national_address", or_null(sighting.national_address)},
              {"foreign_address", or_null(sighting.foreign_address)},
              {"country", or_null(sighting.country)},
              {"organisation", sighting.organisation ? organisations.reference(*sighting.organisation) : Json(nullptr)},
              {"hour", time(sighting.hour)},
              {"first", time(seen.first)},
              {"last", time(seen.last)},
              {"flows", count(seen.flows)},
              {"packets", count(seen.packets)},
              {"bytes", count(seen.bytes)},
              {"sources", clearance.sees_everything() ? Json(seen.sources) : Json::array()},
              {"tlp", base::to_text(seen.marking.tlp)}};
    if (seen.marking.tlp == base::Tlp::red) json["readers"] = indicators.shown(seen.readers);
    return json;
}

base::Result<Json> seen_of(std::string const& indicator, events::SightingStore const& sightings,
                           OrganisationView const& organisations, base::Instant now, base::Clearance const& clearance) {
    events::SightingFilter filter;
    filter.clearance = clearance;
    filter.indicator = indicator;
    auto const totals = sightings.totals(filter);
    if (!totals) return totals.error();
    auto const span = sightings.span(filter);
    if (!span) return span.error();
    Json top = Json::array();
    if (*span) {
        constexpr std::size_t ten = 10;
        auto closed = filter;
        closed.window = {(*span)->first, std::max((*span)->second, now) + std::chrono::hours(1)};
        auto const picture = sightings.picture(closed, ten);
        if (!picture) return picture.error();
        top = shown(picture->organisations, [&](std::string const& key) { return organisations.name(key); });
    }
    return Json{{"totals", shown(*totals)},
                {"first", *span ? time((*span)->first) : Json(nullptr)},
                {"last", *span ? time((*span)->second) : Json(nullptr)},
                {"organisations", std::move(top)}};
}

}  // namespace kula::api
