#include <fmt/format.h>

#include "events/store.hpp"
#include "gate.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "red_reads.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"
#include "sighting_view.hpp"

namespace kula::api {
namespace {

std::string as_it_is(std::string const& key) { return key; }

/// `6/443` is `443`, the usual meaning; other protocols say their name.
std::string port_label(std::string const& key) {
    auto const slash = key.find('/');
    auto const protocol = key.substr(0, slash);
    auto const port = slash == std::string::npos ? std::string() : key.substr(slash + 1);
    if (protocol == "6") return port;
    if (protocol == "17") return port + "/udp";
    if (protocol == "132") return port + "/sctp";
    if (protocol == "1" || protocol == "58") return "icmp";
    return "protocol " + protocol;
}

Json series_of(std::vector<events::SeriesPoint> const& series) {
    Json list = Json::array();
    for (auto const& point : series) {
        Json json{{"time", time(point.time)}};
        json.update(shown(point.flows));
        json["gap"] = point.is_gap;
        list.push_back(std::move(json));
    }
    return list;
}

Json picture_of(events::Picture const& picture, OrganisationView const& organisations) {
    Json top{{"indicators", shown(picture.indicators, as_it_is)},
             {"organisations",
              shown(picture.organisations, [&](std::string const& key) { return organisations.name(key); })},
             {"sectors", shown(picture.sectors, as_it_is)},
             {"ports", shown(picture.ports, port_label)},
             {"national_addresses", shown(picture.national_addresses, as_it_is)},
             {"foreign_addresses", shown(picture.foreign_addresses, as_it_is)},
             {"countries", shown(picture.countries, as_it_is)}};
    return {{"from", time(picture.window.from)},
            {"to", time(picture.window.to)},
            {"totals", shown(picture.totals)},
            {"previous", picture.previous ? shown(*picture.previous) : Json(nullptr)},
            {"step_seconds", std::chrono::duration_cast<std::chrono::seconds>(picture.step).count()},
            {"series", series_of(picture.series)},
            {"top", std::move(top)}};
}

}  // namespace

void add_picture_routes(GuardedRouter& router, events::SightingStore const& sightings,
                        OrganisationView const& organisations, RedReads& red, base::Clock const& clock) {
    router.add(net::Method::get, "/api/v1/picture", [&](net::Request const& request, Caller const& caller) {
        Parameters parameters(request);
        auto const filter = common_filter(parameters, clock.now(), caller.actor.clearance);
        auto const top = static_cast<std::size_t>(parameters.integer("top", 1, 50).value_or(10));
        if (auto refused = parameters.refusal()) return std::move(*refused);
        auto const picture = sightings.picture(filter, top);
        auto const holds_red = sightings.holds_red(filter);
        if (!holds_red) return refusal(holds_red.error());
        if (*holds_red) {
            if (auto const told = red.account(caller.actor, "picture", {"figures"}); !told)
                return refusal(told.error());
        }
        return picture ? reply(picture_of(*picture, organisations)) : refusal(picture.error());
    });
}

}  // namespace kula::api
