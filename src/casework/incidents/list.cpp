#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "incident_table.hpp"
#include "incidents/incidents.hpp"
#include "observing.hpp"
#include "storage/record.hpp"

namespace kula::incidents {
namespace {

using storage::Session;
using storage::Where;

constexpr std::size_t longest_page = 1000;
constexpr std::size_t longest_search = 200;

/// As a list of words is kept.
std::string as_line(std::string_view word) { return fmt::format("\n{}\n", word); }

std::vector<std::string_view> states_that_are(bool open) {
    std::vector<std::string_view> out;
    for (auto const& state : Life::shipped().states()) {
        if (state.is_open == open) out.push_back(state.id);
    }
    return out;
}

/// What is asked of the records themselves, but their states and labels.
Where asked_by(IncidentQuery const& query) {
    Where where;
    if (query.severity) where.add("severity = ?", static_cast<std::uint8_t>(*query.severity));
    if (query.rsit_class) where.add("class = ?", *query.rsit_class);
    if (query.rsit_type) where.add("type = ?", *query.rsit_type);
    if (query.lead) where.add("lead = ?", *query.lead);
    if (query.without_lead) where.add("lead is null");
    if (query.sector) where.add("sectors like ? escape '\\'", storage::like_anywhere(as_line(*query.sector)));
    if (query.without_sector) where.add("sectors = ''");
    if (query.tag) where.add("tags like ? escape '\\'", storage::like_anywhere(as_line(base::lower_case(*query.tag))));
    if (query.observable) observable_table::add_telling_of(where, "id", *query.observable, query.clearance);
    incident_table::add_search(where, "search", query.search);
    return where;
}

/// SQLite keeps no statistics by which to choose between indices.
std::string from(Session const& session, std::string_view index) {
    return session.dialect() == storage::Dialect::sqlite ? fmt::format(" from incident indexed by {}", index)
                                                         : std::string(" from incident");
}

void add_states(Where& where, IncidentQuery const& query) {
    if (!query.states.empty()) where.add_among("state", query.states);
    if (query.open) where.add_among("state", states_that_are(*query.open));
}

storage::Keyset keyset_of(IncidentSort sort) {
    using Direction = storage::Keyset::Direction;
    constexpr std::array columns{"changed_at", "created_at", "severity"};
    auto const number = static_cast<std::size_t>(sort);
    return {static_cast<int>(sort), columns[number / 2], number % 2 == 0 ? Direction::ascending : Direction::descending,
            storage::Keyset::Key::number};
}

std::int64_t key_of(IncidentSort sort, Incident const& incident) {
    switch (sort) {
        case IncidentSort::changed:
        case IncidentSort::changed_descending: return base::to_microseconds(incident.record.changed_at);
        case IncidentSort::opened:
        case IncidentSort::opened_descending: return base::to_microseconds(incident.record.created_at);
        case IncidentSort::severity:
        case IncidentSort::severity_descending: break;
    }
    return static_cast<std::int64_t>(incident.content.severity);
}

/// All of the query but its states. What may not be read is little, and known by an index of its own.
Where where_of(Session const& session, IncidentQuery const& query) {
    auto where = asked_by(query);
    if (!query.clearance.sees_everything()) where.add("1 = 0");
    if (auto const readable = storage::readable_rows("", query.clearance); !readable.sql.empty())
        where.add("id not in (select id" + from(session, "incident_red") + " where tlp = 'red' and not (" +
                      readable.sql + "))",
                  readable.arguments);
    if (!query.with_merged) where.add("merged_into is null");
    return where;
}

/// The index that holds all that is asked of. Words are in none: they are read through in the order in which they lie.
std::string sought(Session const& session, IncidentQuery const& query) {
    bool const asks_for_words = query.sector || query.without_sector || query.tag || !query.search.empty();
    if (asks_for_words && session.dialect() == storage::Dialect::sqlite) return " from incident not indexed";
    return from(session, "incident_sought");
}

void count(Session const& session, IncidentQuery const& query, IncidentPage& page) {
    auto const where = where_of(session, query);
    session.each<std::string, std::int64_t>(
        [&](std::string const& id, std::int64_t number) {
            page.states[id] = number;
            auto const* const state = Life::shipped().find(id);
            bool const is_open = state != nullptr && state->is_open;
            if (is_open) page.open += number;
            bool const is_asked =
                query.states.empty() || std::find(query.states.begin(), query.states.end(), id) != query.states.end();
            if (is_asked && query.open.value_or(is_open) == is_open) page.total += number;
        },
        "select state, count(*)" + sought(session, query) + where.sql() + " group by state", where.arguments());
}

/// Whatever is asked for is sought in one index, and only what the page shows is read; the order alone has its own.
std::vector<Incident> page_of(Session const& session, IncidentQuery const& query, Where const& where,
                              storage::Keyset const& keyset) {
    auto const rest = keyset.order_by() + fmt::format(" limit {}", query.limit + 1);
    constexpr std::array orders{"incident_by_changed", "incident_by_created", "incident_by_severity"};
    bool const seeks = query.with_merged || !asked_by(query).sql().empty() || !query.states.empty() || query.open;
    auto const* const index = orders[static_cast<std::size_t>(query.sort) / 2];
    Where found;
    found.add("id in (select id" + (seeks ? sought(session, query) : from(session, index)) + where.sql() + rest + ')',
              where.arguments());
    return incident_table::where(session, found, keyset.order_by());
}

}  // namespace

base::Result<IncidentPage> Incidents::list(IncidentQuery const& query) const {
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    if (query.search.size() > longest_search) return base::invalid("search: is longer than 200 bytes");
    auto const keyset = keyset_of(query.sort);
    return database_.read([&](Session const& session) -> base::Result<IncidentPage> {
        auto where = where_of(session, query);
        add_states(where, query);
        if (auto const placed = keyset.add_place(where, query.cursor); !placed) return placed.error();
        IncidentPage page;
        count(session, query, page);
        page.items = page_of(session, query, where, keyset);
        if (page.items.size() > query.limit) {
            page.items.pop_back();
            auto const& last = page.items.back();
            page.next = keyset.cursor(std::to_string(key_of(query.sort, last)), last.id.text());
        }
        for (auto const& each : page.items) {
            if (!each.merged_into || page.merged_into.contains(*each.merged_into)) continue;
            if (auto brief = incident_table::brief(session, *each.merged_into, query.clearance))
                page.merged_into.emplace(*each.merged_into, std::move(*brief));
        }
        return page;
    });
}

}  // namespace kula::incidents
