#include <fmt/format.h>

#include "base/ascii.hpp"
#include "events/tags.hpp"
#include "finding_table.hpp"
#include "findings/findings.hpp"
#include "storage/keyset.hpp"
#include "storage/record.hpp"

namespace kula::findings {
namespace {

using storage::Session;
using storage::Where;

constexpr std::size_t longest_page = 1000;
constexpr std::size_t longest_search = 200;

std::vector<std::string_view> texts(std::vector<State> const& states) {
    std::vector<std::string_view> out;
    out.reserve(states.size());
    for (auto const state : states) out.push_back(to_text(state));
    return out;
}

std::string_view reached_condition(State stage) {
    switch (stage) {
        case State::notified: return "notified_at is not null";
        case State::seen: return "viewed_at is not null";
        case State::acknowledged: return "acknowledged_at is not null";
        case State::claimed_fixed: return "claimed_at is not null";
        case State::verified: return "verified_at is not null";
        default: return "1 = 1";
    }
}

/// All of the query but its states.
Where where_of(FindingQuery const& query) {
    Where where;
    finding_table::add_clearance(where, query.clearance);
    if (query.without_organisation) where.add("organisation is null");
    if (query.organisations) where.add_among("organisation", *query.organisations);
    if (query.without_sector) where.add("sector is null");
    if (query.sector) where.add("sector = ?", *query.sector);
    if (query.rsit_class) where.add("class = ?", *query.rsit_class);
    if (query.rsit_type) where.add("type = ?", *query.rsit_type);
    if (query.severity) where.add("severity = ?", static_cast<std::int64_t>(*query.severity));
    if (query.source)
        where.add("exists (select 1 from finding_source s where s.finding = finding.id and s.source = ?)",
                  *query.source);
    if (query.told_since) where.add("told_last >= ?", *query.told_since);
    if (query.tag)
        where.add("tags like ? escape '\\'", storage::like_anywhere('\n' + events::as_tag(*query.tag) + '\n'));
    if (query.opened_before) where.add("opened_at < ?", *query.opened_before);
    if (query.opened_from) where.add("opened_at >= ?", *query.opened_from);
    if (query.opened_to) where.add("opened_at < ?", *query.opened_to);
    if (query.reached) where.add(reached_condition(*query.reached));
    if (query.overdue_at) {
        where.add(finding_table::open_condition());
        where.add("due_at < ?", *query.overdue_at);
    }
    if (query.exploited) where.add("exploited = 1");
    if (query.relapsed) where.add("relapses > 0");
    if (!query.search.empty())
        where.add("search like ? escape '\\'", storage::like_anywhere(base::lower_case(query.search)));
    return where;
}

void add_states(Where& where, FindingQuery const& query) {
    if (!query.states.empty()) where.add_among("state", texts(query.states));
}

storage::Keyset keyset_of(FindingSort sort) {
    using Direction = storage::Keyset::Direction;
    constexpr std::array columns{"last_seen", "opened_at", "severity", "events", "due_at"};
    auto const number = static_cast<std::size_t>(sort);
    return {static_cast<int>(sort), columns[number / 2], number % 2 == 0 ? Direction::ascending : Direction::descending,
            storage::Keyset::Key::number};
}

std::int64_t key_of(FindingSort sort, Finding const& finding) {
    switch (sort) {
        case FindingSort::last_seen:
        case FindingSort::last_seen_descending: return base::to_microseconds(finding.last_seen);
        case FindingSort::opened:
        case FindingSort::opened_descending: return base::to_microseconds(finding.way.opened_at);
        case FindingSort::severity:
        case FindingSort::severity_descending: return static_cast<std::int64_t>(finding.severity);
        case FindingSort::events:
        case FindingSort::events_descending: return finding.events;
        case FindingSort::due:
        case FindingSort::due_descending: break;
    }
    return base::to_microseconds(finding.due_at);
}

std::int64_t count(Session const& session, Where const& where, std::string_view what = "*") {
    return session.value<std::int64_t>(fmt::format("select count({}) from finding", what) + where.sql(),
                                       where.arguments());
}

FindingTotals totals_of(Session const& session, FindingQuery const& query, base::Instant now) {
    FindingTotals out;
    auto const where = where_of(query);
    session.each<std::string, std::int64_t>(
        [&](std::string const& text, std::int64_t number) {
            auto const state = parse_state(text);
            if (!state) return;
            out.states[static_cast<std::size_t>(*state)] = number;
            if (is_open(*state)) out.open += number;
        },
        "select state, count(*) from finding" + where.sql() + " group by state", where.arguments());
    for (auto const state : query.states.empty() ? std::vector(all_states.begin(), all_states.end()) : query.states)
        out.total += out.states[static_cast<std::size_t>(state)];
    auto open = where;
    open.add(finding_table::open_condition());
    out.organisations = count(session, open, "distinct organisation");
    open.add("due_at < ?", now);
    out.overdue = count(session, open);
    return out;
}

}  // namespace

base::Result<FindingPage> Findings::list(FindingQuery const& query) const {
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    if (query.search.size() > longest_search) return base::invalid("search: is longer than 200 bytes");
    auto const keyset = keyset_of(query.sort);
    auto where = where_of(query);
    add_states(where, query);
    if (auto const placed = keyset.add_place(where, query.cursor); !placed) return placed.error();
    return database_.read([&](Session const& session) {
        FindingPage page;
        page.totals = totals_of(session, query, clock_.now());
        page.items =
            finding_table::where(session, where, keyset.order_by() + fmt::format(" limit {}", query.limit + 1));
        if (page.items.size() > query.limit) {
            page.items.pop_back();
            auto const& last = page.items.back();
            page.next = keyset.cursor(std::to_string(key_of(query.sort, last)), last.id.text());
        }
        return page;
    });
}

base::Result<std::vector<Finding>> Findings::latest(base::Clearance const& clearance, std::size_t limit) const {
    if (limit == 0 || limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    Where where;
    finding_table::add_clearance(where, clearance);
    return database_.read([&](Session const& session) {
        return finding_table::where(session, where, fmt::format(" order by changed_at desc, id desc limit {}", limit));
    });
}

}  // namespace kula::findings
