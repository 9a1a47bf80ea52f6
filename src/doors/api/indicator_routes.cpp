#include "gate.hpp"
#include "indicator_list.hpp"
#include "indicator_view.hpp"
#include "indicators/store.hpp"
#include "parameters.hpp"
#include "red_reads.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using events::ActivityBy;
using events::SortOrder;
using indicators::IndicatorSort;

struct IndicatorOrder {
    std::optional<IndicatorSort> stored{};
    SeenOrder seen{};
};

std::optional<IndicatorOrder> parse_indicator_order(std::string const& text) {
    if (text == "value") return IndicatorOrder{IndicatorSort::value};
    if (text == "-value") return IndicatorOrder{IndicatorSort::value_descending};
    if (text == "confidence") return IndicatorOrder{IndicatorSort::confidence};
    if (text == "-confidence") return IndicatorOrder{IndicatorSort::confidence_descending};
    if (text == "last_listed") return IndicatorOrder{IndicatorSort::last_listed};
    if (text == "-last_listed") return IndicatorOrder{IndicatorSort::last_listed_descending};
    if (text == "sightings") return IndicatorOrder{{}, {ActivityBy::sightings, SortOrder::ascending}};
    if (text == "-sightings") return IndicatorOrder{{}, {ActivityBy::sightings, SortOrder::descending}};
    if (text == "last_sighted") return IndicatorOrder{{}, {ActivityBy::last, SortOrder::ascending}};
    if (text == "-last_sighted") return IndicatorOrder{{}, {ActivityBy::last, SortOrder::descending}};
    return std::nullopt;
}

std::optional<indicators::Kind> parse_kind(std::string const& text) {
    using indicators::Kind;
    for (auto const kind : {Kind::address, Kind::prefix, Kind::range, Kind::as_number, Kind::domain, Kind::url,
                            Kind::md5, Kind::sha1, Kind::sha256}) {
        if (indicators::to_text(kind) == text) return kind;
    }
    return std::nullopt;
}

/// Everything of the query but place and length of the page.
std::vector<std::string> shape_of(net::Request const& request) {
    std::vector<std::string> shape;
    for (auto const* name : {"search", "kind", "source", "flagged", "active", "sort"})
        shape.emplace_back(request.query_value(name).value_or(""));
    return shape;
}

net::Response list(net::Request const& request, base::Actor const& actor, indicators::Store const& store,
                   IndicatorView const& view) {
    Parameters parameters(request);
    indicators::IndicatorQuery query;
    query.clearance = actor.clearance;
    query.search = parameters.text("search", 200).value_or("");
    query.kind = parameters.parsed("kind", 10, "must be address, prefix, range, as, domain, url, md5, sha1 or sha256",
                                   parse_kind);
    query.source = parameters.text("source", 200);
    query.flagged = parameters.boolean("flagged");
    query.active = parameters.boolean("active");
    auto const sort =
        parameters
            .parsed(
                "sort", 20,
                "must be value, confidence, last_listed, sightings or last_sighted, with - before it for descending",
                parse_indicator_order)
            .value_or(IndicatorOrder{IndicatorSort::last_listed_descending});
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    if (!sort.stored) {
        auto const json = list_by_seen(store, view, query, actor, sort.seen, shape_of(request));
        return json ? reply(*json) : refusal(json.error());
    }
    query.sort = *sort.stored;
    auto const page = store.list(query);
    if (!page) return refusal(page.error());
    if (auto const told = view.account(actor, page->items); !told) return refusal(told.error());
    std::vector<std::string> values;
    for (auto const& indicator : page->items) values.push_back(indicator.value.text());
    auto const activities = view.activity().indicators(values, actor.clearance);
    if (!activities) return refusal(activities.error());
    Json items = Json::array();
    for (auto const& indicator : page->items)
        items.push_back(view.full(indicator, of(*activities, indicator.value.text())));
    return reply({{"items", std::move(items)}, {"next", or_null(page->next)}, {"total", count(page->total)}});
}

net::Response list_sources(indicators::Store const& store, base::Actor const& actor, RedReads& red) {
    auto const sources = store.sources(actor.clearance);
    if (!sources) return refusal(sources.error());
    Json items = Json::array();
    std::vector<std::string> red_ones;
    for (auto const& source : *sources) {
        Json json{{"name", source.name},
                  {"indicators", count(source.indicators)},
                  {"active", count(source.active)},
                  {"confidence", source.confidence},
                  {"tlp", base::to_text(source.marking.tlp)},
                  {"class", or_null(source.rsit_class)},
                  {"type", or_null(source.rsit_type)},
                  {"last_import", time(source.last_import)}};
        if (source.marking.tlp == base::Tlp::red) {
            json["readers"] = red.shown(source.readers);
            red_ones.push_back(source.id);
        }
        items.push_back(std::move(json));
    }
    if (auto const told = red.account(actor, "source", red_ones); !told) return refusal(told.error());
    return reply({{"items", std::move(items)}});
}

net::Response list_readers(RedReads const& red) {
    auto people = red.shown_candidates();
    if (!people) return refusal(people.error());
    return reply({{"items", std::move(*people)}});
}

/// What an import's parameters say of the source and of how to read.
struct ImportRequest {
    indicators::ListSource source{};
    indicators::ListOptions options{};
    // Whoever sends a list here has it before their eyes: a shorter one is what they mean, an empty one hardly.
    indicators::Shrinking shrinking = indicators::Shrinking::refuse_empty;
};

/// Ids with commas between, of people who may be named; only under TLP:RED. Where nobody is named the maker is meant,
/// and a program is nobody.
base::Readers readers_from(Parameters& parameters, base::Tlp tlp, base::Actor const& actor, RedReads const& red) {
    auto const told = parameters.parsed("readers", 37 * base::Readers::most, "must be ids of at most 50 people",
                                        [](std::string const& text) { return base::Readers::parse(text); });
    if (tlp != base::Tlp::red) {
        if (told) parameters.wrong("readers", "are named under TLP:RED only");
        return {};
    }
    if (!told || told->empty()) {
        if (!actor.clearance.person()) parameters.wrong("readers", "must be named by a service token");
        return {};
    }
    auto const are_known = red.are_candidates(*told);
    if (!are_known || !*are_known) parameters.wrong("readers", "must be people of the team who may read indicators");
    return *told;
}

ImportRequest import_request(Parameters& parameters, std::string const& media_type, base::Actor const& actor,
                             RedReads const& red) {
    ImportRequest asked;
    auto const name = parameters.text("source", 200);
    if (name.value_or("").empty()) parameters.wrong("source", "is required");
    asked.source.name = name.value_or("");
    asked.source.confidence =
        static_cast<indicators::Confidence>(parameters.integer("confidence", 0, 100).value_or(50));
    asked.source.marking.tlp =
        parameters.parsed("tlp", 20, "must be clear, green, amber, amber+strict or red", base::parse_tlp)
            .value_or(base::Tlp::amber);
    asked.source.marking.pap =
        parameters.parsed("pap", 20, "must be clear, green, amber or red", base::parse_pap).value_or(base::Pap::amber);
    asked.source.readers = readers_from(parameters, asked.source.marking.tlp, actor, red);
    asked.source.rsit_class = parameters.text("class", 100).value_or("");
    asked.source.rsit_type = parameters.text("type", 100).value_or("");
    if (auto const days = parameters.integer("valid_days", 1, 3650))
        asked.source.time_to_live = std::chrono::days(*days);
    asked.options.columns.value = parameters.text("value_column", 200).value_or("");
    if (parameters.boolean("allow_reserved").value_or(false)) asked.options.reserved = indicators::ReservedSpace::allow;
    if (parameters.boolean("allow_empty").value_or(false)) asked.shrinking = indicators::Shrinking::allow;
    asked.options.layout = media_type == "text/csv" ? indicators::Layout::csv : indicators::Layout::automatic;
    return asked;
}

Json told(indicators::SourceReport const& report) {
    Json skipped = Json::array();
    for (auto const& line : report.lines.first_skipped) {
        skipped.push_back({{"line", line.line}, {"text", line.text}, {"reason", line.reason}});
    }
    return {{"source", report.source},
            {"read", count(report.lines.read)},
            {"taken", count(report.lines.taken)},
            {"new", count(report.fresh)},
            {"gone", count(report.gone)},
            {"flagged", count(report.flagged)},
            {"skipped_count", count(report.lines.skipped)},
            {"skipped", std::move(skipped)}};
}

net::Response import(net::Request const& request, Caller const& caller, indicators::Store& store, RedReads const& red) {
    if (auto refused = other_type(request, {"text/plain", "text/csv"})) return std::move(*refused);
    Parameters parameters(request);
    auto const asked = import_request(parameters, request.media_type(), caller.actor, red);
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const report = store.import(asked.source, request.body, caller.actor, asked.options, asked.shrinking);
    return report ? reply(told(*report)) : refusal(report.error());
}

}  // namespace

void add_indicator_routes(GuardedRouter& router, indicators::Store& store, IndicatorView const& view, RedReads& red,
                          SeenOfIndicator seen) {
    using net::Method;
    using net::Request;
    constexpr std::size_t most_list_bytes = 64 * 1024 * 1024;
    std::string const all = "/api/v1/indicators";
    router.add(Method::get, all,
               [&](Request const& request, Caller const& caller) { return list(request, caller.actor, store, view); });
    router.add(Method::get, all + "/sources",
               [&](Request const&, Caller const& caller) { return list_sources(store, caller.actor, red); });
    router.add(Method::get, "/api/v1/readers", [&](Request const&, Caller const&) { return list_readers(red); });
    router.add(Method::post, all + "/import",
               [&](Request const& request, Caller const& caller) { return import(request, caller, store, red); },
               {most_list_bytes, net::Lane::heavy});
    router.add(Method::get, all + "/{id}",
               [&store, &view, seen = std::move(seen)](Request const& request, Caller const& caller) {
                   auto const id = indicators::IndicatorId::parse(request.parameter("id"));
                   if (!id) return refusal(base::not_found("no such indicator"));
                   auto const indicator = store.find(*id, caller.actor.clearance);
                   if (!indicator) return refusal(indicator.error());
                   auto json = view.full(indicator->value.text(), caller.actor);
                   if (!json) return refusal(json.error());
                   auto sightings = seen(indicator->value.text(), caller.actor.clearance);
                   if (!sightings) return refusal(sightings.error());
                   return reply({{"indicator", std::move(*json)}, {"sightings", std::move(*sightings)}});
               });
}

}  // namespace kula::api
