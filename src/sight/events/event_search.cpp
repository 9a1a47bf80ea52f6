#include "events/event_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "event_facets.hpp"
#include "event_table.hpp"
#include "event_walk.hpp"
#include "event_ways.hpp"
#include "storage/record.hpp"

namespace kula::events {
namespace {

using storage::Session;

base::Result<void> check(EventFilter const& filter) {
    if (filter.text.size() > longest_event_text)
        return base::invalid(fmt::format("text: is longer than {} bytes", longest_event_text));
    return {};
}

/// In order, each once, though several ways lead to it.
void put_in_order(EventPlan const& plan, std::vector<FoundEvent>& events) {
    std::sort(events.begin(), events.end(),
              [&plan](FoundEvent const& a, FoundEvent const& b) { return plan.is_before(a.place, b.place); });
    auto const is_same = [](FoundEvent const& a, FoundEvent const& b) { return a.place == b.place; };
    events.erase(std::unique(events.begin(), events.end(), is_same), events.end());
}

std::vector<FoundEvent> read(Session const& session, EventPlan const& plan, EventPlan::Piece const& piece,
                             std::size_t limit) {
    std::vector<FoundEvent> out;
    for (auto const& look : piece.looks) {
        session.each<FoundEvent>([&out](FoundEvent event) { out.push_back(std::move(event)); },
                                 fmt::format("select {}{}{} limit ?", found_event_columns, look.from, plan.order_by()),
                                 look.arguments, limit);
    }
    if (piece.looks.size() > 1) put_in_order(plan, out);
    return out;
}

/// As many as the page takes and one, as long as it may look; where it stopped looking.
std::optional<EventPlace> look_for(std::vector<FoundEvent>& items, Session const& session, EventPlan const& plan,
                                   EventQuery const& query, EventWalk::Clock::time_point until) {
    EventWalk walk(session, plan, query.behind, until);
    while (items.size() <= query.limit) {
        auto const piece = walk.next();
        if (!piece) break;
        auto found = read(session, plan, *piece, query.limit + 1 - items.size());
        items.insert(items.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    }
    return walk.stops_at();
}

EventPage page_of(Session const& session, EventQuery const& query, EventWalk::Clock::time_point until) {
    EventPlan const plan(session, query.filter, query.order);
    EventPage page;
    std::optional<EventPlace> stop;
    if (plan.leads_to_nothing_else()) {
        page.items = read(session, plan, plan.piece(query.behind), query.limit + 1);
    } else {
        stop = look_for(page.items, session, plan, query, until);
    }
    if (page.items.size() > query.limit) {
        page.items.resize(query.limit);
        page.next = page.items.back().place;
    } else if (stop) {
        page.next = stop;
        page.looked_to = stop->moment;
    }
    return page;
}

/// Each event once, however many ways lead to it; of each way at most `most_counted` and one.
std::int64_t count_of(Session const& session, std::vector<EventPlan::Look> const& looks) {
    std::string sql;
    storage::Arguments arguments;
    for (auto const& look : looks) {
        sql += fmt::format("{}select * from (select content_key{} limit ?) as way{}", sql.empty() ? "" : " union ",
                           look.from, sql.size());
        arguments.add(look.arguments, most_counted + 1);
    }
    return session.value<std::int64_t>("select count(*) from (" + sql + ") as found", arguments);
}

EventSummary summary_of(Session const& session, EventFilter const& filter, std::size_t top,
                        EventWalk::Clock::time_point until) {
    EventPlan const plan(session, filter, SortOrder::descending);
    EventWalk walk(session, plan, {}, until);
    EventFacets facets;
    while (facets.counted() < most_looked_at) {
        auto const piece = walk.next();
        if (!piece) break;
        for (auto const& look : piece->looks)
            facets.read(session, look, plan.order_by(), most_looked_at - facets.counted());
    }
    EventSummary out;
    out.counted = static_cast<std::int64_t>(facets.counted());
    out.total = out.counted;
    out.is_more = walk.stops_at() || facets.counted() >= most_looked_at;
    if (out.is_more && plan.leads_to_nothing_else()) {
        auto const found = count_of(session, plan.piece({}).looks);
        out.total = std::min(found, most_counted);
        out.is_more = found > most_counted;
    }
    out.facets = std::move(facets).values(top);
    return out;
}

}  // namespace

std::string EventPlace::text() const { return fmt::format("{}.{}", base::to_microseconds(moment), key); }

std::optional<EventPlace> EventPlace::parse(std::string_view text) {
    std::int64_t moment = 0;
    std::int64_t key = 0;
    auto const* const end = text.data() + text.size();
    auto const first = std::from_chars(text.data(), end, moment);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return std::nullopt;
    auto const second = std::from_chars(first.ptr + 1, end, key);
    if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
    return EventPlace{base::from_microseconds(moment), key};
}

base::Result<EventPage> EventSearch::list(EventQuery const& query) const {
    if (query.limit == 0 || query.limit > longest_event_page)
        return base::invalid(fmt::format("limit: is not from 1 to {}", longest_event_page));
    if (auto const checked = check(query.filter); !checked) return checked.error();
    return database_.read(
        [&](Session const& session) { return page_of(session, query, EventWalk::Clock::now() + longest_look_); });
}

base::Result<EventSummary> EventSearch::summary(EventFilter const& filter, std::size_t top) const {
    if (auto const checked = check(filter); !checked) return checked.error();
    return database_.read([&](Session const& session) {
        return summary_of(session, filter, top, EventWalk::Clock::now() + longest_look_);
    });
}

base::Result<FoundEventDetail> EventSearch::find(base::Id<Event> id, base::Clearance const& clearance) const {
    EventFilter filter;
    filter.clearance = clearance;
    auto read = database_.read([&](Session const& session) {
        storage::Where where;
        where.add("id = ?", id);
        if (auto const readable = readable_events(clearance)) where.add(readable->sql, readable->arguments);
        for (auto const& condition : conditions_of(filter, session.dialect()))
            where.add(condition.holds.sql, condition.holds.arguments);
        return session.row<FoundEvent, std::string, std::optional<std::string>, base::Record>(
            fmt::format("select {}, fields, decision, {} from event{}", found_event_columns, KULA_RECORD_COLUMNS,
                        where.sql()),
            where.arguments());
    });
    if (!read) return read.error();
    if (!*read) return base::not_found("event: there is none of this id");
    auto& [found, fields, decision, record] = **read;
    return FoundEventDetail{std::move(found), Event::from_stored(fields), std::move(record),
                            decision ? Json::parse(*decision) : Json()};
}

}  // namespace kula::events
