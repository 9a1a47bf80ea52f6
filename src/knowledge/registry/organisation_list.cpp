#include "organisation_list.hpp"

#include <charconv>
#include <sstream>

#include "fold.hpp"
#include "storage/where.hpp"

namespace kula::registry {
namespace {

constexpr std::size_t longest_search = 200;
constexpr std::size_t longest_page = 100'000;

bool is_by_name(OrganisationSort sort) {
    return sort == OrganisationSort::name || sort == OrganisationSort::name_descending;
}
bool is_ascending(OrganisationSort sort) { return sort == OrganisationSort::name || sort == OrganisationSort::changed; }

/// Where a page ended: `<sort>.<key>.<id>`; the key is a hexadecimal collation key or microseconds.
struct Place {
    std::string name_order{};
    std::int64_t changed_at = 0;
    OrganisationId id{};
};

std::string cursor_of(OrganisationSort sort, Place const& place) {
    auto const key = is_by_name(sort) ? place.name_order : std::to_string(place.changed_at);
    return std::to_string(static_cast<int>(sort)) + '.' + key + '.' + place.id.text();
}

std::optional<Place> parse_cursor(OrganisationSort sort, std::string const& text) {
    auto const first = text.find('.');
    auto const second = first == std::string::npos ? first : text.find('.', first + 1);
    if (second == std::string::npos || text.substr(0, first) != std::to_string(static_cast<int>(sort)))
        return std::nullopt;
    Place place;
    place.name_order = text.substr(first + 1, second - first - 1);
    auto const id = OrganisationId::parse(std::string_view(text).substr(second + 1));
    if (!id) return std::nullopt;
    place.id = *id;
    if (is_by_name(sort)) return place;
    auto const& digits = place.name_order;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), place.changed_at);
    return fault == std::errc{} && end == digits.data() + digits.size() ? std::optional(place) : std::nullopt;
}

void add_clearance(storage::Where& where, base::Clearance const& clearance) {
    if (clearance.sees_everything()) return;
    std::string places;
    storage::Arguments ids;
    for (auto const& id : clearance.organisations()) {
        places += places.empty() ? "?" : ", ?";
        ids.add(id);
    }
    where.add(places.empty() ? "1 = 0" : "id in (" + places + ')', ids);
}

void add_class(storage::Where& where, ClassFilter filter) {
    switch (filter) {
        case ClassFilter::any: return;
        case ClassFilter::undecided: where.add("entity_class is null"); return;
        case ClassFilter::essential: where.add("entity_class = ?", to_text(EntityClass::essential)); return;
        case ClassFilter::important: where.add("entity_class = ?", to_text(EntityClass::important)); return;
        case ClassFilter::none: where.add("entity_class = ?", to_text(EntityClass::none)); return;
    }
}

void add_filters(storage::Where& where, OrganisationQuery const& query) {
    add_clearance(where, query.clearance);
    if (query.sector) where.add("sector = ?", *query.sector);
    if (query.size) where.add("size = ?", to_text(*query.size));
    add_class(where, query.entity_class);
    std::istringstream words(folded(query.search));
    for (std::string word; words >> word;) where.add("search like ? escape '\\'", storage::like_anywhere(word));
}

void add_place(storage::Where& where, OrganisationSort sort, Place const& place) {
    std::string const beyond = is_ascending(sort) ? ">" : "<";
    std::string const column = is_by_name(sort) ? "name_order" : "changed_at";
    auto const condition = column + ' ' + beyond + " ? or (" + column + " = ? and id " + beyond + " ?)";
    if (is_by_name(sort)) {
        where.add(condition, place.name_order, place.name_order, place.id);
    } else {
        where.add(condition, place.changed_at, place.changed_at, place.id);
    }
}

std::string select_of(storage::Where const& where, OrganisationSort sort) {
    std::string const column = is_by_name(sort) ? "name_order" : "changed_at";
    std::string const direction = is_ascending(sort) ? " asc" : " desc";
    return "select id, name, short_name, sector, size, entity_class, "
           "(select count(*) from organisation_network n where n.organisation = organisation.id), "
           "(select count(*) from organisation_contact c where c.organisation = organisation.id), "
           "version, changed_at, name_order from organisation" +
           where.sql() + " order by " + column + direction + ", id" + direction + " limit ?";
}

std::vector<FacetCount> counted(storage::Session const& session, std::string const& column,
                                OrganisationQuery const& others) {
    storage::Where where;
    add_filters(where, others);
    std::vector<FacetCount> out;
    session.each<std::optional<std::string>, std::int64_t>(
        [&out](std::optional<std::string> const& value, std::int64_t count) {
            out.push_back({value, count});
        },
        "select " + column + ", count(*) from organisation" + where.sql() + " group by " + column +
            " order by 2 desc, 1",
        where.arguments());
    return out;
}

OrganisationFacets facets_of(storage::Session const& session, OrganisationQuery const& query) {
    auto any_sector = query, any_size = query, any_class = query;
    any_sector.sector.reset();
    any_size.size.reset();
    any_class.entity_class = ClassFilter::any;
    return {counted(session, "sector", any_sector), counted(session, "size", any_size),
            counted(session, "entity_class", any_class)};
}

}  // namespace

base::Result<OrganisationPage> list_organisations(storage::Session const& session, OrganisationQuery const& query) {
    if (query.search.size() > longest_search) return base::invalid("search: is longer than 200 bytes");
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 100,000");
    storage::Where where;
    add_filters(where, query);
    OrganisationPage page;
    page.total = session.value<std::int64_t>("select count(*) from organisation" + where.sql(), where.arguments());
    page.facets = facets_of(session, query);
    if (!query.cursor.empty()) {
        auto const place = parse_cursor(query.sort, query.cursor);
        if (!place) return base::invalid("cursor: does not belong to this list");
        add_place(where, query.sort, *place);
    }
    Place last;
    using Text = std::optional<std::string>;
    session.each<OrganisationId, std::string, Text, Text, Text, Text, std::int64_t, std::int64_t, std::int64_t,
                 base::Instant, std::string>(
        [&](OrganisationId id, std::string const& name, Text const& short_name, Text const& sector, Text const& size,
            Text const& entity_class, std::int64_t networks, std::int64_t contacts, std::int64_t version,
            base::Instant changed_at, std::string const& name_order) {
            if (page.items.size() == query.limit) {
                page.next = cursor_of(query.sort, last);
                return;
            }
            page.items.push_back({id, name, short_name, sector, size ? parse_organisation_size(*size) : std::nullopt,
                                  entity_class ? parse_entity_class(*entity_class) : std::nullopt, networks, contacts,
                                  0, version, changed_at});
            last = {name_order, base::to_microseconds(changed_at), id};
        },
        select_of(where, query.sort), where.arguments(), query.limit + 1);
    return page;
}

}  // namespace kula::registry
