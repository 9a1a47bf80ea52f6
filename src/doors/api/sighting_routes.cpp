#include "events/store.hpp"
#include "gate.hpp"
#include "indicator_view.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "red_reads.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"
#include "sighting_view.hpp"

namespace kula::api {
namespace {

using events::SightingSort;
using events::SortOrder;

struct SightingOrder {
    SightingSort by = SightingSort::last;
    SortOrder order = SortOrder::descending;
};

std::optional<SightingOrder> parse_sighting_order(std::string const& text) {
    auto const order = text.substr(0, 1) == "-" ? SortOrder::descending : SortOrder::ascending;
    auto const name = order == SortOrder::descending ? text.substr(1) : text;
    if (name == "last") return SightingOrder{SightingSort::last, order};
    if (name == "first") return SightingOrder{SightingSort::first, order};
    if (name == "flows") return SightingOrder{SightingSort::flows, order};
    if (name == "bytes") return SightingOrder{SightingSort::bytes, order};
    if (name == "packets") return SightingOrder{SightingSort::packets, order};
    return std::nullopt;
}

std::optional<std::string> country_code(std::string const& text) {
    auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    return text.size() == 2 && is_capital(text[0]) && is_capital(text[1]) ? std::optional(text) : std::nullopt;
}

std::optional<std::string> canonical_address(std::string const& text) {
    auto const address = base::Address::parse(text);
    return address ? std::optional(address->text()) : std::nullopt;
}

events::SightingFilter filter_from(Parameters& parameters, IndicatorView const& indicators, base::Instant now,
                                   base::Clearance const& clearance) {
    auto filter = common_filter(parameters, now, clearance);
    filter.indicator = parameters.parsed("indicator", 2048, "must be an indicator's id or value",
                                         [&](std::string const& text) { return indicators.value_of(text, clearance); });
    filter.address = parameters.parsed("address", 64, "must be an address or prefix",
                                       [](std::string const& text) { return base::Prefix::parse(text); });
    filter.national_address = parameters.parsed("national_address", 64, "must be an address", canonical_address);
    filter.foreign_address = parameters.parsed("foreign_address", 64, "must be an address", canonical_address);
    filter.country = parameters.parsed("country", 4, "must be two capital letters or none", or_none(country_code));
    if (auto const port = parameters.integer("port", 0, 65535)) filter.port = static_cast<std::uint16_t>(*port);
    if (auto const protocol = parameters.integer("protocol", 0, 255))
        filter.protocol = static_cast<std::uint8_t>(*protocol);
    return filter;
}

net::Response list(net::Request const& request, base::Actor const& actor, events::SightingStore const& sightings,
                   OrganisationView const& organisations, IndicatorView const& indicators, RedReads& red,
                   base::Clock const& clock) {
    auto const& clearance = actor.clearance;
    Parameters parameters(request);
    auto const filter = filter_from(parameters, indicators, clock.now(), clearance);
    auto const sort =
        parameters
            .parsed("sort", 20, "must be last, first, flows, bytes or packets, with - before it for descending",
                    parse_sighting_order)
            .value_or(SightingOrder{});
    auto const cursor = parameters.cursor();
    auto const limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = sightings.list(filter, sort.by, sort.order, cursor, limit);
    if (!page) return refusal(page.error());
    Json items = Json::array();
    std::vector<std::string> red_ones;
    for (auto const& sighting : page->items) {
        if (sighting.seen.marking.tlp == base::Tlp::red) red_ones.push_back(sighting.id.text());
        auto item = shown(sighting, organisations, indicators, clearance);
        if (!item) return refusal(item.error());
        items.push_back(std::move(*item));
    }
    if (auto const told = red.account(actor, "sighting", red_ones); !told) return refusal(told.error());
    return reply({{"items", std::move(items)}, {"next", or_null(page->next)}, {"totals", shown(page->totals)}});
}

Json hours_of(std::vector<events::SightingHour> const& hours) {
    Json list = Json::array();
    for (auto const& hour : hours) {
        list.push_back({{"id", hour.id.text()},
                        {"hour", time(hour.hour)},
                        {"flows", count(hour.flows)},
                        {"packets", count(hour.packets)},
                        {"bytes", count(hour.bytes)}});
    }
    return list;
}

/// Null where the thing is gone since; only a database that does not answer is an error.
base::Result<Json> or_gone(base::Result<Json> json) {
    if (!json && json.error().fault == base::Fault::not_found) return Json(nullptr);
    return json;
}

base::Result<Json> detail(events::SightingId id, base::Actor const& actor, events::SightingStore const& sightings,
                          OrganisationView const& organisations, IndicatorView const& indicators, RedReads& red) {
    auto const& clearance = actor.clearance;
    auto const sighting = sightings.find(id, clearance);
    if (!sighting) return sighting.error();
    if (sighting->seen.marking.tlp == base::Tlp::red) {
        if (auto const told = red.account(actor, "sighting", {id.text()}); !told) return told.error();
    }
    auto json = shown(*sighting, organisations, indicators, clearance);
    if (!json) return json;
    // Who says so, and about whom else, is for the team.
    auto indicator =
        clearance.sees_everything() ? or_gone(indicators.full(sighting->seen.indicator, actor)) : Json(nullptr);
    if (!indicator) return indicator;
    auto organisation =
        sighting->organisation ? or_gone(organisations.full(*sighting->organisation, clearance)) : Json(nullptr);
    if (!organisation) return organisation;
    auto const hours = sightings.hours(id, clearance);
    if (!hours) return hours.error();
    auto const related = sightings.related(id, clearance);
    if (!related) return related.error();
    return Json{{"sighting", std::move(*json)},
                {"indicator", std::move(*indicator)},
                {"organisation", std::move(*organisation)},
                {"networks", organisations.claims_of(sighting->national_address.value_or(""), clearance)},
                {"hours", hours_of(*hours)},
                {"related",
                 {{"same_indicator", count(related->same_indicator)},
                  {"same_organisation", count(related->same_organisation)},
                  {"same_national_address", count(related->same_national_address)}}}};
}

}  // namespace

void add_sighting_routes(GuardedRouter& router, events::SightingStore const& sightings,
                         OrganisationView const& organisations, IndicatorView const& indicators, RedReads& red,
                         base::Clock const& clock) {
    using net::Method;
    using net::Request;
    router.add(Method::get, "/api/v1/sightings", [&](Request const& request, Caller const& caller) {
        return list(request, caller.actor, sightings, organisations, indicators, red, clock);
    });
    router.add(Method::get, "/api/v1/sightings/{id}", [&](Request const& request, Caller const& caller) {
        auto const id = events::SightingId::parse(request.parameter("id"));
        if (!id) return refusal(base::not_found("no such sighting"));
        auto const json = detail(*id, caller.actor, sightings, organisations, indicators, red);
        return json ? reply(*json) : refusal(json.error());
    });
}

}  // namespace kula::api
