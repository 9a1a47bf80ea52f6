#include "event_ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "base/ascii.hpp"
#include "event_keys.hpp"
#include "storage/record.hpp"

namespace kula::events {
namespace {

/// Of one condition; more organisations are asked of each event instead.
constexpr std::size_t most_ways = 32;

/// A column, and the index that begins with it.
using Indexed = std::pair<std::string_view, std::string_view>;

template <class... Values>
SqlCondition sql_condition(std::string sql, Values const&... values) {
    SqlCondition out{std::move(sql), {}};
    out.arguments.add(values...);
    return out;
}

/// What holds on one of the ways.
EventCondition either(std::vector<EventWay> ways) {
    EventCondition out;
    for (auto const& way : ways) {
        out.holds.sql += (out.holds.sql.empty() ? "" : " or ") + way.stretch.sql;
        out.holds.arguments.add(way.stretch.arguments);
    }
    out.ways = std::move(ways);
    return out;
}

template <class Value>
EventWay equal(Indexed const& of, Value const& value) {
    return {of.second, sql_condition(std::string(of.first) + " = ?", value)};
}

EventWay within(Indexed const& of, KeyStretch const& keys) {
    if (keys.first == keys.last) return equal(of, keys.first);
    return {of.second, sql_condition(fmt::format("{0} >= ? and {0} <= ?", of.first), keys.first, keys.last), false};
}

EventCondition at(std::initializer_list<Indexed> columns, KeyStretch const& keys) {
    std::vector<EventWay> ways;
    for (auto const& column : columns) ways.push_back(within(column, keys));
    ways.push_back({"event_by_content",
                    sql_condition("content_key in (select event from event_place where place >= ? and place <= ?)",
                                  keys.first, keys.last),
                    false});
    return either(std::move(ways));
}

/// Asked of the condition's own indices: what an index leads to is scattered over the table, in which each event looked
/// at is a page to read.
SqlCondition by_index(EventCondition const& condition) {
    SqlCondition out;
    for (auto const& way : condition.ways) {
        if (!way.is_in_order) return condition.holds;
        out.sql += fmt::format(
            "{}exists (select 1 from event as other indexed by {} where {} and other.moment = event.moment and "
            "other.content_key = event.content_key)",
            out.sql.empty() ? "" : " or ", way.index, way.stretch.sql);
        out.arguments.add(way.stretch.arguments);
    }
    return condition.ways.empty() ? condition.holds : out;
}

template <class Ids>
EventCondition of_organisations(Ids const& ids) {
    if (ids.empty()) return {sql_condition("1 = 0")};
    std::vector<EventWay> ways;
    ways.reserve(ids.size());
    for (auto const& id : ids) ways.push_back(equal({"organisation", "event_by_organisation"}, id));
    auto out = either(std::move(ways));
    if (out.ways.size() > most_ways) out.ways.clear();
    return out;
}

/// As it stands in the kept JSON.
std::string as_written(std::string const& text) {
    auto const quoted = Json(base::lower_case(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

/// Of the first one in a text.
std::optional<std::int64_t> mark_of_tag(std::string_view text) {
    auto const line = tag_line(text.substr(0, text.find_first_of(tag_ends)));
    if (line.size() <= 2) return std::nullopt;
    return mark_of(Marked::tag, std::string_view(line).substr(1, line.size() - 2));
}

class Conditions {
public:
    using MaybeText = std::optional<std::string>;
    void add_equal(Indexed const& of, MaybeText const& value) {
        if (value) all_.push_back(either({equal(of, *value)}));
    }
    void add_equal(Indexed const& of, Marked what, MaybeText const& value) {
        add_equal(of, value);
        if (value) all_.back().mark = mark_of(what, *value);
    }
    void add_looked_for(char const* sql, Marked what, MaybeText const& value) {
        if (value) all_.push_back({sql_condition(sql, *value), {}, mark_of(what, *value)});
    }
    void add(EventCondition condition) { all_.push_back(std::move(condition)); }
    std::vector<EventCondition> take() && { return std::move(all_); }

private:
    std::vector<EventCondition> all_{};
};

void add_reach(Conditions& conditions, EventFilter const& filter) {
    if (filter.organisations) {
        auto const* const ids = std::get_if<std::vector<registry::OrganisationId>>(&*filter.organisations);
        conditions.add(ids != nullptr ? of_organisations(*ids)
                                      : either({{"event_by_organisation", sql_condition("organisation is null")}}));
    }
    auto const& clearance = filter.clearance;
    if (!clearance.sees_everything()) conditions.add(of_organisations(clearance.organisations()));
}

}  // namespace

std::vector<EventCondition> conditions_of(EventFilter const& filter, storage::Dialect dialect) {
    Conditions out;
    if (filter.address)
        out.add(at({{"source_key", "event_by_source_key"}, {"destination_key", "event_by_destination_key"}},
                   stretch_of(*filter.address)));
    if (filter.domain) out.add(at({{"domain_key", "event_by_domain"}}, stretch_of(*filter.domain)));
    out.add_equal({"malware", "event_by_malware"}, filter.malware);
    add_reach(out, filter);
    out.add_equal({"type", "event_by_type"}, Marked::type, filter.type);
    out.add_equal({"source", "event_by_source"}, Marked::source, filter.source);
    // Of the rest no index is kept: each would cost every row that comes in.
    out.add_looked_for("delivery = ?", Marked::delivery, filter.delivery);
    out.add_looked_for("source_country = ?", Marked::country, filter.country);
    out.add_looked_for("class = ?", Marked::rsit_class, filter.rsit_class);
    out.add_looked_for("severity = ?", Marked::severity, filter.severity);
    if (auto const& number = filter.as_number)
        out.add({sql_condition("source_asn = ?", *number), {}, mark_of(Marked::as_number, std::to_string(*number))});
    if (auto const& port = filter.port)
        out.add({sql_condition("source_port = ? or destination_port = ?", *port, *port),
                 {},
                 mark_of(Marked::port, std::to_string(*port))});
    if (filter.identifier)  // It is a tag, or several.
        out.add({sql_condition("identifier = ?", *filter.identifier), {}, mark_of_tag(*filter.identifier)});
    if (filter.tag)
        out.add({sql_condition("tags like ? escape '\\'", storage::like_anywhere(tag_line(*filter.tag))),
                 {},
                 mark_of_tag(*filter.tag)});
    // SQLite's `like` knows no letter case of ASCII, and is done before a copy in small letters is made.
    auto const* const written = dialect == storage::Dialect::sqlite ? "fields" : "lower(fields)";
    if (!filter.text.empty())
        out.add({sql_condition(fmt::format("{} like ? escape '\\'", written),
                               storage::like_anywhere(as_written(filter.text)))});
    return std::move(out).take();
}

std::optional<SqlCondition> readable_events(base::Clearance const& clearance) {
    auto const readable = storage::readable_rows("", clearance);
    if (readable.sql.empty()) return std::nullopt;
    return SqlCondition{
        "content_key not in (select content_key from event where tlp = 'red' and not (" + readable.sql + "))",
        readable.arguments};
}

EventPlan::EventPlan(storage::Session const& session, EventFilter const& filter, SortOrder order)
    : session_(session), order_(order), from_(filter.from), to_(filter.to) {
    if (auto readable = readable_events(filter.clearance)) always_.push_back(std::move(*readable));
    if (from_) always_.push_back(sql_condition("moment >= ?", *from_));
    if (to_) always_.push_back(sql_condition("moment < ?", *to_));
    auto conditions = conditions_of(filter, session.dialect());
    for (auto const& condition : conditions) all_.push_back(condition.holds);
    auto best = conditions.end();
    std::size_t fewest = most_looked_at + 1;
    for (auto condition = conditions.begin(); condition != conditions.end() && fewest > 0; ++condition) {
        std::size_t many = 0;
        bool leads = !condition->ways.empty();
        for (auto const& way : condition->ways) {
            auto const count = reached(way);
            // What is not in order is put in order, and must be little.
            leads = leads && (way.is_in_order || count < most_looked_at);
            many += count;
        }
        many = std::min(many, most_looked_at);
        if (!leads || many >= fewest) continue;
        fewest = many;
        best = condition;
    }
    bool is_marked = false;
    for (auto condition = conditions.begin(); condition != conditions.end() && fewest >= most_looked_at; ++condition) {
        is_marked = is_marked || (condition != best && condition->mark);
        if (condition->mark) marks_.push_back(*condition->mark);
    }
    if (!is_marked) marks_.clear();
    if (best == conditions.end()) {
        ways_.push_back({"event_by_moment", {}});
    } else {
        ways_ = std::move(best->ways);
        conditions.erase(best);
    }
    bool const is_scattered = fewest < most_looked_at && session.dialect() == storage::Dialect::sqlite;
    for (auto& condition : conditions) rest_.push_back(is_scattered ? by_index(condition) : std::move(condition.holds));
}

/// At most `most_looked_at` are counted.
std::size_t EventPlan::reached(EventWay const& way) const {
    auto const where = this->where(way, {});
    return session_.value<std::size_t>(
        fmt::format("select count(*) from (select 1 from {}{} limit ?) as reached", table(way), where.sql()),
        where.arguments(), most_looked_at);
}

/// SQLite keeps no statistics by which to choose between indices.
std::string EventPlan::table(EventWay const& way) const {
    return session_.dialect() == storage::Dialect::sqlite ? fmt::format("event indexed by {}", way.index) : "event";
}

storage::Where EventPlan::where(EventWay const& way, std::optional<EventPlace> const& behind) const {
    storage::Where out;
    if (!way.stretch.sql.empty()) out.add(way.stretch.sql, way.stretch.arguments);
    for (auto const& condition : always_) out.add(condition.sql, condition.arguments);
    if (behind) {
        out.add(order_ == SortOrder::ascending ? "(moment, content_key) > (?, ?)" : "(moment, content_key) < (?, ?)",
                behind->moment, behind->key);
    }
    return out;
}

EventPlan::Piece EventPlan::piece(std::optional<EventPlace> const& behind, std::size_t events) const {
    Piece out;
    for (auto const& way : ways_) {
        auto const where = this->where(way, behind);
        auto const last = session_.row<base::Instant, std::int64_t>(
            fmt::format("select moment, content_key from {}{}{} limit 1 offset ?", table(way), where.sql(), order_by()),
            where.arguments(), events - 1);
        if (!last) continue;
        EventPlace const stop{std::get<0>(*last), std::get<1>(*last)};
        if (!out.stops_at || is_before(stop, *out.stops_at)) out.stops_at = stop;
    }
    for (auto const& way : ways_) {
        auto where = this->where(way, behind);
        if (out.stops_at)
            where.add(
                order_ == SortOrder::ascending ? "(moment, content_key) <= (?, ?)" : "(moment, content_key) >= (?, ?)",
                out.stops_at->moment, out.stops_at->key);
        out.looks.push_back(look(way, std::move(where), rest_));
    }
    return out;
}

EventPlan::Piece EventPlan::piece(std::optional<EventPlace> const& behind,
                                  std::vector<HoursAhead::Hour> const& hours) const {
    Piece out;
    std::vector<std::int64_t> events;
    for (auto const& hour : hours) {
        events.insert(events.end(), hour.events.begin(), hour.events.end());
        for (auto const& source : hour.sources) {
            auto const way = equal({"source", "event_by_source"}, source);
            auto where = this->where(way, behind);
            where.add("moment >= ? and moment < ?", hour.begin, hour.begin + std::chrono::hours(1));
            out.looks.push_back(look(way, std::move(where), all_));
        }
    }
    if (!events.empty()) {
        EventWay const way{"event_by_content", {}, false};
        auto where = this->where(way, behind);
        where.add_among("content_key", events);
        out.looks.push_back(look(way, std::move(where), all_));
    }
    return out;
}

EventPlan::Piece EventPlan::piece(std::optional<EventPlace> const& behind) const {
    Piece out;
    for (auto const& way : ways_) out.looks.push_back(look(way, where(way, behind), rest_));
    return out;
}

EventPlan::Look EventPlan::look(EventWay const& way, storage::Where where,
                                std::vector<SqlCondition> const& conditions) const {
    for (auto const& condition : conditions) where.add(condition.sql, condition.arguments);
    return {" from " + table(way) + where.sql(), where.arguments()};
}

std::string EventPlan::order_by() const {
    return order_ == SortOrder::ascending ? " order by moment asc, content_key asc"
                                          : " order by moment desc, content_key desc";
}

bool EventPlan::is_before(EventPlace const& a, EventPlace const& b) const {
    return order_ == SortOrder::ascending ? a < b : b < a;
}

}  // namespace kula::events
