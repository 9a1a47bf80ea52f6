#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "cursor.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "organisation_input.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"

namespace kula::api {
namespace {

using registry::OrganisationSort;
constexpr std::string_view no_sector = "none";

/// The orders that the registry does not know, because they are by what was seen.
enum class SeenSort { sightings, flows };
enum class Order { ascending, descending };

struct OrganisationOrder {
    std::optional<OrganisationSort> stored{};
    SeenSort seen = SeenSort::sightings;
    Order order = Order::ascending;
};

std::optional<OrganisationOrder> parse_organisation_order(std::string const& text) {
    if (text == "name") return OrganisationOrder{OrganisationSort::name};
    if (text == "-name") return OrganisationOrder{OrganisationSort::name_descending};
    if (text == "changed_at") return OrganisationOrder{OrganisationSort::changed};
    if (text == "-changed_at") return OrganisationOrder{OrganisationSort::changed_descending};
    auto const order = text.substr(0, 1) == "-" ? Order::descending : Order::ascending;
    auto const name = order == Order::descending ? text.substr(1) : text;
    if (name == "sightings") return OrganisationOrder{{}, SeenSort::sightings, order};
    if (name == "flows") return OrganisationOrder{{}, SeenSort::flows, order};
    return std::nullopt;
}

Json told(std::vector<registry::FacetCount> const& counts) {
    Json list = Json::array();
    for (auto const& each : counts) list.push_back({{"value", or_null(each.value)}, {"count", count(each.count)}});
    return list;
}

Json page(Json items, Json next, std::int64_t total, registry::OrganisationFacets const& facets) {
    return {{"items", std::move(items)},
            {"next", std::move(next)},
            {"total", count(total)},
            {"facets",
             {{"sector", told(facets.sectors)},
              {"size", told(facets.sizes)},
              {"entity_class", told(facets.entity_classes)}}}};
}

std::optional<registry::ClassFilter> parse_class(std::string const& text) {
    using registry::ClassFilter;
    if (text == "undecided") return ClassFilter::undecided;
    if (text == "essential") return ClassFilter::essential;
    if (text == "important") return ClassFilter::important;
    if (text == "none") return ClassFilter::none;
    return std::nullopt;
}

/// What a request for the list asks.
struct ListRequest {
    registry::OrganisationQuery query{};
    OrganisationOrder sort{};
    std::vector<std::string> shape{};  ///< For the cursor.
    [[nodiscard]] bool wants_no_sector() const { return query.sector == no_sector; }
};

/// An organisation and the number it is ordered by. Those of equal numbers stay in the registry's order.
struct Ranked {
    registry::OrganisationSummary summary;
    events::Activity activity;
    std::uint64_t number = 0;
};

std::vector<Ranked> ranked(std::vector<registry::OrganisationSummary> summaries, Activities const& activities,
                           ListRequest const& asked) {
    std::vector<Ranked> entries;
    for (auto& summary : summaries) {
        if (asked.wants_no_sector() && summary.sector) continue;
        auto const activity = of(activities, summary.id.text());
        std::uint64_t const number = asked.sort.stored                        ? 0
                                     : asked.sort.seen == SeenSort::sightings ? activity.sightings
                                                                              : activity.flows;
        entries.push_back({std::move(summary), activity, number});
    }
    std::stable_sort(entries.begin(), entries.end(), [&](Ranked const& a, Ranked const& b) {
        return asked.sort.order == Order::descending ? a.number > b.number : a.number < b.number;
    });
    return entries;
}

/// The first entry behind the cursor's: behind the same organisation or, if it moved, behind those that rank before it.
std::size_t place_after(std::vector<Ranked> const& entries, std::string const& key, Order order) {
    auto const blank = std::min(key.find(' '), key.size());
    std::uint64_t number = 0;
    std::from_chars(key.data(), key.data() + blank, number);  // A cursor that was made up begins somewhere.
    auto const id = key.substr(std::min(blank + 1, key.size()));
    for (std::size_t at = 0; at < entries.size(); ++at) {
        if (entries[at].summary.id.text() == id && entries[at].number == number) return at + 1;
    }
    auto const behind = std::find_if(entries.begin(), entries.end(), [&](Ranked const& entry) {
        return order == Order::descending ? entry.number < number : entry.number > number;
    });
    return static_cast<std::size_t>(behind - entries.begin());
}

/// In an order of our own, over all organisations at once: there are thousands, not millions.
net::Response list_ranked(registry::Registry const& registry, ListRequest asked, RecentActivity const& activity) {
    std::optional<std::string> last;
    if (!asked.query.cursor.empty()) {
        last = from_cursor(asked.shape, asked.query.cursor);
        if (!last) return refusal({{"cursor", "belongs to another query"}});
    }
    auto query = asked.query;
    query.cursor.clear();
    query.limit = all_organisations;
    if (asked.wants_no_sector()) query.sector.reset();
    auto all = registry.list(query);
    if (!all) return refusal(all.error());
    auto const activities = activity.organisations(query.clearance);
    if (!activities) return refusal(activities.error());

    auto const entries = ranked(std::move(all->items), *activities, asked);
    auto const begin = last ? place_after(entries, *last, asked.sort.order) : 0;
    auto const end = std::min(entries.size(), begin + asked.query.limit);
    Json items = Json::array();
    for (auto at = begin; at < end; ++at)
        items.push_back(OrganisationView::summary(entries[at].summary, entries[at].activity));
    Json next = nullptr;
    if (end < entries.size())
        next =
            to_cursor(asked.shape, fmt::format("{} {}", entries[end - 1].number, entries[end - 1].summary.id.text()));
    return reply(page(std::move(items), std::move(next), static_cast<std::int64_t>(entries.size()), all->facets));
}

net::Response list(net::Request const& request, Caller const& caller, registry::Registry const& registry,
                   RecentActivity const& activity) {
    Parameters parameters(request);
    ListRequest asked;
    asked.query.search = parameters.text("search", 200).value_or("");
    asked.query.sector = parameters.parsed("sector", 64, sector_rule, [](std::string const& text) {
        return text == no_sector ? std::optional(text) : parse_sector(text);
    });
    asked.query.size =
        parameters.parsed("size", 10, "must be micro, small, medium or large", registry::parse_organisation_size);
    asked.query.entity_class =
        parameters.parsed("entity_class", 10, "must be essential, important, none or undecided", parse_class)
            .value_or(registry::ClassFilter::any);
    asked.sort =
        parameters
            .parsed("sort", 20, "must be name, sightings, flows or changed_at, with - before it for descending",
                    parse_organisation_order)
            .value_or(OrganisationOrder{OrganisationSort::name});
    asked.query.sort = asked.sort.stored.value_or(OrganisationSort::name);
    asked.query.cursor = parameters.cursor();
    asked.query.limit = parameters.limit();
    asked.query.clearance = caller.actor.clearance;
    if (auto refused = parameters.refusal()) return std::move(*refused);
    asked.shape = {asked.query.search, asked.query.sector.value_or("")};
    for (auto const* name : {"size", "entity_class"}) asked.shape.emplace_back(request.query_value(name).value_or(""));
    asked.shape.emplace_back(request.query_value("sort").value_or("name"));

    if (!asked.sort.stored || asked.wants_no_sector()) return list_ranked(registry, std::move(asked), activity);
    auto const found = registry.list(asked.query);
    if (!found) return refusal(found.error());
    std::vector<std::string> ids;
    for (auto const& summary : found->items) ids.push_back(summary.id.text());
    auto const activities = activity.organisations(ids, caller.actor.clearance);
    if (!activities) return refusal(activities.error());
    Json items = Json::array();
    for (auto const& summary : found->items)
        items.push_back(OrganisationView::summary(summary, of(*activities, summary.id.text())));
    return reply(page(std::move(items), or_null(found->next), found->total, found->facets));
}

/// The stored organisation of this request, or the answer that there is none.
base::Result<registry::Organisation> stored(net::Request const& request, Caller const& caller,
                                            registry::Registry const& registry) {
    auto const id = registry::OrganisationId::parse(request.parameter("id"));
    if (!id) return base::not_found("no such organisation");
    return registry.find(*id, caller.actor.clearance);
}

net::Response told(base::Result<registry::Organisation> const& organisation, Caller const& caller,
                   OrganisationView const& view, net::Status status) {
    if (!organisation) return refusal(organisation.error());
    auto const json = view.full(*organisation, caller.actor.clearance);
    if (!json) return refusal(json.error());
    auto response = reply_versioned(*json, organisation->record.version, status);
    if (status == net::Status::created)
        response.headers.set("Location", "/api/v1/organisations/" + organisation->id.text());
    return response;
}

/// The organisation in the body, or what is wrong with it.
std::optional<net::Response> read_input(net::Request const& request, OrganisationInput& input) {
    if (auto refused = other_type(request, {"application/json"})) return refused;
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    input = organisation_from(*json);
    if (!input.problems.empty()) return refusal(std::move(input.problems));
    return std::nullopt;
}

/// What changing an organisation needs.
struct Organisations {
    registry::Registry& registry;
    OrganisationView const& view;
    History const& history;
};

net::Response create(net::Request const& request, Caller const& caller, Organisations const& of) {
    OrganisationInput input;
    if (auto refused = read_input(request, input)) return std::move(*refused);
    return told(of.registry.create(std::move(input.content), input.marking, caller.actor), caller, of.view,
                net::Status::created);
}

/// What stands against changing this organisation, which is as it was just read.
std::optional<net::Response> stale(net::Request const& request, Caller const& caller, Organisations const& of,
                                   registry::Organisation const& organisation) {
    return of.history.precondition(request, caller,
                                   {"organisation:" + organisation.id.text(), organisation.record.version,
                                    [&] { return of.view.full(organisation, caller.actor.clearance); }});
}

/// A conflict: either somebody was quicker, or the name is taken.
net::Response after_conflict(net::Request const& request, Caller const& caller, Organisations const& of,
                             registry::OrganisationId id, base::Error const& conflict) {
    auto const now = of.registry.find(id, caller.actor.clearance);
    if (!now) return refusal(now.error());
    auto refused = stale(request, caller, of, *now);
    return refused ? std::move(*refused) : refusal(conflict);
}

net::Response replace(net::Request const& request, Caller const& caller, Organisations const& of) {
    auto const before = stored(request, caller, of.registry);
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, of, *before)) return std::move(*refused);
    OrganisationInput input;
    if (auto refused = read_input(request, input)) return std::move(*refused);
    // What the contract does not show yet stays as it is.
    input.content.country = before->content.country;
    input.content.parent = before->content.parent;
    auto const after =
        of.registry.replace(before->id, before->record.version, std::move(input.content), input.marking, caller.actor);
    if (!after && after.error().fault == base::Fault::conflict)
        return after_conflict(request, caller, of, before->id, after.error());
    return told(after, caller, of.view, net::Status::ok);
}

net::Response remove(net::Request const& request, Caller const& caller, Organisations const& of,
                     std::function<void(std::string const&)> const& removed) {
    auto const before = stored(request, caller, of.registry);
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, of, *before)) return std::move(*refused);
    auto const gone = of.registry.remove(before->id, before->record.version, caller.actor);
    if (!gone && gone.error().fault == base::Fault::conflict)
        return after_conflict(request, caller, of, before->id, gone.error());
    if (!gone) return refusal(gone.error());
    removed(before->id.text());
    return net::no_content();
}

Json told(std::vector<registry::FieldChange> const& changes) {
    Json list = Json::array();
    for (auto const& change : changes) list.push_back(OrganisationView::change(change));
    return list;
}

Json told(registry::ImportedRow const& row) {
    return {{"line", row.line},
            {"name", or_null(row.name)},
            {"outcome", registry::to_text(row.outcome)},
            {"reason", or_null(row.reason)},
            {"id", row.id ? Json(row.id->text()) : Json(nullptr)},
            {"changes", told(row.changes)}};
}

net::Response import(net::Request const& request, Caller const& caller, registry::Registry& registry) {
    constexpr std::size_t most_rows = 10'000;
    Parameters parameters(request);
    auto const mode =
        parameters.boolean("dry_run").value_or(false) ? registry::ImportMode::report_only : registry::ImportMode::apply;
    auto const foretold = parameters.text("foretold", 64);
    if (foretold && mode == registry::ImportMode::report_only)
        parameters.wrong("foretold", "belongs to doing it, not to a dry run");
    if (auto refused = parameters.refusal()) return std::move(*refused);
    if (auto refused = other_type(request, {"text/csv", "application/json"})) return std::move(*refused);
    auto const format = request.media_type() == "text/csv" ? registry::ImportFormat::csv : registry::ImportFormat::json;
    auto report = foretold ? registry.import_foretold(format, request.body, *foretold, caller.actor)
                           : registry.import(format, request.body, caller.actor, mode);
    if (!report) return refusal(report.error());

    std::stable_partition(report->rows.begin(), report->rows.end(), [](registry::ImportedRow const& row) {
        return row.outcome == registry::ImportOutcome::skipped;
    });
    Json rows = Json::array();
    for (auto const& row : report->rows) {
        if (rows.size() == most_rows) break;
        rows.push_back(told(row));
    }
    return reply({{"read", report->read},
                  {"created", report->created},
                  {"updated", report->updated},
                  {"unchanged", report->unchanged},
                  {"skipped", report->skipped},
                  {"rows", std::move(rows)},
                  {"unknown_columns", report->unknown_columns},
                  {"foretold", report->foretold}});
}

}  // namespace

void add_organisation_routes(GuardedRouter& router, registry::Registry& registry, OrganisationView const& view,
                             RecentActivity const& activity, History const& history,
                             std::function<void(std::string const& id)> removed) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/organisations";
    std::string const one = all + "/{id}";
    Organisations const of{registry, view, history};
    router.add(Method::get, all,
               [&](Request const& request, Caller const& caller) { return list(request, caller, registry, activity); });
    router.add(Method::post, all,
               [of](Request const& request, Caller const& caller) { return create(request, caller, of); },
               {most_organisation_bytes});
    router.add(Method::get, one, [&](Request const& request, Caller const& caller) {
        return told(stored(request, caller, registry), caller, view, net::Status::ok);
    });
    router.add(Method::put, one,
               [of](Request const& request, Caller const& caller) { return replace(request, caller, of); },
               {most_organisation_bytes});
    router.add(Method::remove, one, [of, removed = std::move(removed)](Request const& request, Caller const& caller) {
        return remove(request, caller, of, removed);
    });
    router.add(Method::post, all + "/import",
               [&](Request const& request, Caller const& caller) { return import(request, caller, registry); },
               {registry::most_import_bytes, net::Lane::heavy});
}

}  // namespace kula::api
