#include "cursor.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "organisation_input.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "seen_list.hpp"
#include "sighting_filter.hpp"

namespace kula::api {
namespace {

using registry::OrganisationSort;
constexpr std::string_view no_sector = "none";

struct OrganisationOrder {
    std::optional<OrganisationSort> stored{};
    SeenOrder seen{};
};

std::optional<OrganisationOrder> parse_organisation_order(std::string const& text) {
    using events::ActivityBy;
    using events::SortOrder;
    if (text == "name") return OrganisationOrder{OrganisationSort::name};
    if (text == "-name") return OrganisationOrder{OrganisationSort::name_descending};
    if (text == "changed_at") return OrganisationOrder{OrganisationSort::changed};
    if (text == "-changed_at") return OrganisationOrder{OrganisationSort::changed_descending};
    if (text == "sightings") return OrganisationOrder{{}, {ActivityBy::sightings, SortOrder::ascending}};
    if (text == "-sightings") return OrganisationOrder{{}, {ActivityBy::sightings, SortOrder::descending}};
    if (text == "flows") return OrganisationOrder{{}, {ActivityBy::flows, SortOrder::ascending}};
    if (text == "-flows") return OrganisationOrder{{}, {ActivityBy::flows, SortOrder::descending}};
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

/// `due`: nobody has confirmed the contacts for long; `team`: nor did anybody who was asked.
std::optional<registry::Freshness> parse_freshness(std::string const& text) {
    for (auto const freshness : {registry::Freshness::due, registry::Freshness::team}) {
        if (text == registry::to_text(freshness)) return freshness;
    }
    return std::nullopt;
}

/// What a request for the list asks.
struct ListRequest {
    registry::OrganisationQuery query{};
    OrganisationOrder sort{};
    std::vector<std::string> shape{};  ///< For the cursor.
};

/// The organisations that a query finds, for a list by what was seen of them.
class FoundOrganisations {
public:
    using Item = registry::OrganisationSummary;
    static constexpr events::ActivitySubject subject = events::ActivitySubject::organisation;
    static std::string key(registry::OrganisationSummary const& summary) { return summary.id.text(); }

    /// `total` is what the query finds.
    FoundOrganisations(registry::Registry const& registry, registry::OrganisationQuery query, std::int64_t total)
        : registry_(registry), query_(std::move(query)), finds_few_(is_narrowed(query_) && total <= few) {}

    [[nodiscard]] base::Result<registry::OrganisationPage> page(std::string const& cursor, std::size_t limit) const {
        auto query = query_;
        query.cursor = cursor;
        query.limit = limit;
        return registry_.list(query);
    }
    [[nodiscard]] base::Result<std::vector<registry::OrganisationSummary>> among(
        std::vector<std::string> const& keys) const {
        std::vector<registry::OrganisationId> ids;
        for (auto const& key : keys) {
            if (auto const id = registry::OrganisationId::parse(key)) ids.push_back(*id);
        }
        return registry_.among(ids, query_);
    }
    [[nodiscard]] base::Clearance const& clearance() const { return query_.clearance; }
    [[nodiscard]] std::string key_part() const { return {}; }  // Sightings call them by their ids.
    [[nodiscard]] bool finds_few() const { return finds_few_; }

private:
    /// So many that filters leave are read and put in order; of more, the seen ones are tried one after the other.
    static constexpr std::int64_t few = 500;
    static bool is_narrowed(registry::OrganisationQuery const& query) {
        return !query.search.empty() || query.sector || query.without_sector || query.size ||
               query.entity_class != registry::ClassFilter::any || query.contacts_from;
    }

    registry::Registry const& registry_;
    registry::OrganisationQuery const query_;
    bool const finds_few_;
};

net::Response list_by_seen(registry::Registry const& registry, ListRequest const& asked,
                           RecentActivity const& activity) {
    auto const from = position_of(asked.shape, asked.query.cursor);
    if (!from) return refusal(from.error());
    auto query = asked.query;
    query.cursor.clear();
    query.limit = 1;
    auto const counted = registry.list(query);
    if (!counted) return refusal(counted.error());

    FoundOrganisations const source(registry, query, counted->total);
    auto const found = SeenList(source, activity, asked.sort.seen, asked.query.limit).page(*from);
    if (!found) return refusal(found.error());
    Json items = Json::array();
    for (auto const& [summary, seen] : found->entries)
        items.push_back(OrganisationView::summary(summary, seen, activity.now()));
    return reply(page(std::move(items), found->next ? Json(to_cursor(asked.shape, found->next->text())) : Json(nullptr),
                      counted->total, counted->facets));
}

net::Response list(net::Request const& request, Caller const& caller, registry::Registry const& registry,
                   RecentActivity const& activity) {
    Parameters parameters(request);
    ListRequest asked;
    asked.query.search = parameters.text("search", 200).value_or("");
    asked.query.sector = parameters.parsed("sector", 64, sector_rule, [](std::string const& text) {
        return text == no_sector ? std::optional(text) : parse_sector(text);
    });
    asked.query.without_sector = asked.query.sector == no_sector;
    asked.query.size =
        parameters.parsed("size", 10, "must be micro, small, medium or large", registry::parse_organisation_size);
    asked.query.entity_class =
        parameters.parsed("entity_class", 10, "must be essential, important, none or undecided", parse_class)
            .value_or(registry::ClassFilter::any);
    asked.query.contacts_from = parameters.parsed("contacts", 10, "must be due or team", parse_freshness);
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
    for (auto const* name : {"search", "sector", "size", "entity_class", "contacts", "sort"})
        asked.shape.emplace_back(request.query_value(name).value_or(""));

    if (!asked.sort.stored) return list_by_seen(registry, asked, activity);
    auto const found = registry.list(asked.query);
    if (!found) return refusal(found.error());
    std::vector<std::string> ids;
    for (auto const& summary : found->items) ids.push_back(summary.id.text());
    auto const activities = activity.organisations(ids, caller.actor.clearance);
    if (!activities) return refusal(activities.error());
    Json items = Json::array();
    for (auto const& summary : found->items)
        items.push_back(OrganisationView::summary(summary, of(*activities, summary.id.text()), activity.now()));
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

net::Response confirm_contacts(net::Request const& request, Caller const& caller, Organisations const& of) {
    auto const before = stored(request, caller, of.registry);
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, of, *before)) return std::move(*refused);
    auto const after = of.registry.confirm_contacts(before->id, before->record.version, caller.actor);
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

Json told(std::vector<base::FieldProblem> const& problems) {
    Json list = Json::array();
    for (auto const& problem : problems) list.push_back({{"field", problem.field}, {"message", problem.message}});
    return list;
}

Json told(registry::ImportedRow const& row) {
    return {{"line", row.line},
            {"name", or_null(row.name)},
            {"outcome", registry::to_text(row.outcome)},
            {"reason", or_null(row.reason)},
            {"errors", told(row.problems)},
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
    if (auto refused = other_type(request, {"text/csv", "application/json", "application/jsonl"}))
        return std::move(*refused);
    auto const format = request.media_type() == "text/csv"           ? registry::ImportFormat::csv
                        : request.media_type() == "application/json" ? registry::ImportFormat::json
                                                                     : registry::ImportFormat::json_lines;
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
    router.add(Method::post, one + "/contacts/confirmation",
               [of](Request const& request, Caller const& caller) { return confirm_contacts(request, caller, of); });
    router.add(Method::post, all + "/import",
               [&](Request const& request, Caller const& caller) { return import(request, caller, registry); },
               {registry::most_import_bytes, net::Lane::heavy});
}

}  // namespace kula::api
