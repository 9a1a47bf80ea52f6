#include "organisation_list.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "organisation_table.hpp"
#include "registry/fold.hpp"
#include "storage/keyset.hpp"

namespace kula::registry {
namespace {

constexpr std::size_t longest_search = 200;
constexpr std::size_t longest_page = 100'000;
constexpr std::size_t most_ids = 1000;

storage::Keyset keyset_of(OrganisationSort sort) {
    using Direction = storage::Keyset::Direction;
    using Key = storage::Keyset::Key;
    auto const list = static_cast<int>(sort);
    switch (sort) {
        case OrganisationSort::name: return {list, "name_order", Direction::ascending, Key::hexadecimal};
        case OrganisationSort::name_descending: return {list, "name_order", Direction::descending, Key::hexadecimal};
        case OrganisationSort::changed: return {list, "changed_at", Direction::ascending, Key::number};
        case OrganisationSort::changed_descending: break;
    }
    return {list, "changed_at", Direction::descending, Key::number};
}

bool is_by_name(OrganisationSort sort) {
    return sort == OrganisationSort::name || sort == OrganisationSort::name_descending;
}

void add_clearance(storage::Where& where, base::Clearance const& clearance) {
    if (clearance.sees_everything()) return;
    where.add_among("id", clearance.organisations());
}

void add_search(storage::Where& where, std::string const& search) {
    std::istringstream words(folded(search));
    for (std::string word; words >> word;) where.add("search like ? escape '\\'", storage::like_anywhere(word));
}

std::optional<EntityClass> class_of(ClassFilter filter) {
    switch (filter) {
        case ClassFilter::essential: return EntityClass::essential;
        case ClassFilter::important: return EntityClass::important;
        case ClassFilter::none: return EntityClass::none;
        case ClassFilter::any:
        case ClassFilter::undecided: break;
    }
    return std::nullopt;
}

using Text = std::optional<std::string>;

/// The facets that a query asks for, and how many organisations share them.
struct Cell {
    Text sector, size, entity_class;
    std::int64_t count = 0;

    [[nodiscard]] bool fits_sector(OrganisationQuery const& query) const {
        return query.without_sector ? !sector : !query.sector || sector == query.sector;
    }
    [[nodiscard]] bool fits_size(OrganisationQuery const& query) const {
        return !query.size || size == to_text(*query.size);
    }
    [[nodiscard]] bool fits_class(OrganisationQuery const& query) const {
        auto const wanted = class_of(query.entity_class);
        if (wanted) return entity_class == to_text(*wanted);
        return query.entity_class == ClassFilter::any || !entity_class;
    }
};

void add_facets(storage::Where& where, OrganisationQuery const& query) {
    if (query.without_sector) {
        where.add("sector is null");
    } else if (query.sector) {
        where.add("sector = ?", *query.sector);
    }
    if (query.size) where.add("size = ?", to_text(*query.size));
    if (query.entity_class == ClassFilter::undecided) where.add("entity_class is null");
    if (auto const wanted = class_of(query.entity_class)) where.add("entity_class = ?", to_text(*wanted));
}

constexpr std::string_view columns =
    "select id, name, short_name, sector, size, entity_class, "
    "(select count(*) from organisation_network n where n.organisation = organisation.id), "
    "(select count(*) from organisation_contact c where c.organisation = organisation.id), "
    "version, changed_at, contacts_confirmed_at, contacts_step, contacts_asked_at, name_order from organisation";

// One pass over what may be seen and is searched for: the total and every facet are sums of its cells.
std::vector<Cell> cells_of(storage::Session const& session, OrganisationQuery const& query, base::Instant now) {
    storage::Where where;
    add_clearance(where, query.clearance);
    add_search(where, query.search);
    if (query.contacts_from) organisation_table::add_freshness(where, *query.contacts_from, now);
    std::vector<Cell> out;
    session.each<Text, Text, Text, std::int64_t>(
        [&out](Text const& sector, Text const& size, Text const& entity_class, std::int64_t count) {
            out.push_back({sector, size, entity_class, count});
        },
        "select sector, size, entity_class, count(*) from organisation" + where.sql() +
            " group by sector, size, entity_class",
        where.arguments());
    return out;
}

std::vector<FacetCount> in_order(std::map<Text, std::int64_t> const& counts) {
    std::vector<FacetCount> out;
    out.reserve(counts.size());
    for (auto const& [value, count] : counts) out.push_back({value, count});
    std::stable_sort(out.begin(), out.end(),
                     [](FacetCount const& a, FacetCount const& b) { return a.count > b.count; });
    return out;
}

// Each facet tells what else could be chosen in it: its own filter is left out.
void add_up(std::vector<Cell> const& cells, OrganisationQuery const& query, OrganisationPage& page) {
    std::map<Text, std::int64_t> sectors, sizes, classes;
    for (auto const& cell : cells) {
        bool const sector = cell.fits_sector(query), size = cell.fits_size(query), of_class = cell.fits_class(query);
        if (sector && size && of_class) page.total += cell.count;
        if (size && of_class) sectors[cell.sector] += cell.count;
        if (sector && of_class) sizes[cell.size] += cell.count;
        if (sector && size) classes[cell.entity_class] += cell.count;
    }
    page.facets = {in_order(sectors), in_order(sizes), in_order(classes)};
}

base::Result<void> check(OrganisationQuery const& query) {
    if (query.search.size() > longest_search) return base::invalid("search: is longer than 200 bytes");
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 100,000");
    return {};
}

/// Calls `visit(summary, name_order)` for each row.
template <class Visitor, class... Values>
void each_summary(storage::Session const& session, Visitor const& visit, std::string const& rest_of_sql,
                  Values const&... values) {
    session.each<OrganisationId, std::string, Text, Text, Text, Text, std::int64_t, std::int64_t, std::int64_t,
                 base::Instant, base::Instant, std::int64_t, std::optional<base::Instant>, std::string>(
        [&](OrganisationId id, std::string const& name, Text const& short_name, Text const& sector, Text const& size,
            Text const& entity_class, std::int64_t networks, std::int64_t contacts, std::int64_t version,
            base::Instant changed_at, base::Instant confirmed_at, std::int64_t step,
            std::optional<base::Instant> asked_at, std::string const& name_order) {
            visit(OrganisationSummary{id,
                                      name,
                                      short_name,
                                      sector,
                                      size ? parse_organisation_size(*size) : std::nullopt,
                                      entity_class ? parse_entity_class(*entity_class) : std::nullopt,
                                      networks,
                                      contacts,
                                      0,
                                      version,
                                      changed_at,
                                      confirmed_at,
                                      {static_cast<Freshness>(step), asked_at}},
                  name_order);
        },
        std::string(columns) + rest_of_sql, values...);
}

storage::Where where_of(OrganisationQuery const& query, base::Instant now) {
    storage::Where where;
    add_clearance(where, query.clearance);
    add_search(where, query.search);
    if (query.contacts_from) organisation_table::add_freshness(where, *query.contacts_from, now);
    add_facets(where, query);
    return where;
}

}  // namespace

base::Result<OrganisationPage> list_organisations(storage::Session const& session, OrganisationQuery const& query,
                                                  base::Instant now) {
    if (auto const fits = check(query); fits.has_error()) return fits.error();
    auto where = where_of(query, now);
    OrganisationPage page;
    add_up(cells_of(session, query, now), query, page);
    auto const keyset = keyset_of(query.sort);
    if (auto const placed = keyset.add_place(where, query.cursor); placed.has_error()) return placed.error();
    auto const add = [&](OrganisationSummary&& summary, std::string const& name_order) {
        if (page.items.size() == query.limit) {
            page.next = page.behind.back();
            return;
        }
        auto const changed = std::to_string(base::to_microseconds(summary.changed_at));
        page.behind.push_back(keyset.cursor(is_by_name(query.sort) ? name_order : changed, summary.id.text()));
        page.items.push_back(std::move(summary));
    };
    each_summary(session, add, where.sql() + keyset.order_by() + " limit ?", where.arguments(), query.limit + 1);
    return page;
}

base::Result<std::vector<OrganisationSummary>> organisations_among(storage::Session const& session,
                                                                   std::vector<OrganisationId> const& ids,
                                                                   OrganisationQuery const& query, base::Instant now) {
    if (auto const fits = check(query); fits.has_error()) return fits.error();
    if (ids.size() > most_ids) return base::invalid("ids: are more than 1,000");
    auto where = where_of(query, now);
    where.add_among("id", ids);
    std::vector<OrganisationSummary> out;
    each_summary(
        session, [&out](OrganisationSummary&& summary, std::string const&) { out.push_back(std::move(summary)); },
        where.sql() + keyset_of(query.sort).order_by(), where.arguments());
    return out;
}

}  // namespace kula::registry
