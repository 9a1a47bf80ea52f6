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

class Conditions {
public:
    template <class Value>
    void add_equal(Indexed const& of, std::optional<Value> const& value) {
        if (value) all_.push_back(either({equal(of, *value)}));
    }
    template <class Value>
    void add_looked_for(char const* sql, std::optional<Value> const& value) {
        if (value) all_.push_back({sql_condition(sql, *value)});
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

std::vector<EventCondition> conditions_of(EventFilter const& filter) {
    Conditions out;
    if (filter.address)
        out.add(at({{"source_key", "event_by_source_key"}, {"destination_key", "event_by_destination_key"}},
                   stretch_of(*filter.address)));
    if (filter.domain) out.add(at({{"domain_key", "event_by_domain"}}, stretch_of(*filter.domain)));
    out.add_equal({"malware", "event_by_malware"}, filter.malware);
    add_reach(out, filter);
    out.add_equal({"type", "event_by_type"}, filter.type);
    out.add_equal({"source", "event_by_source"}, filter.source);
    // Of the rest no index is kept: each would cost every row that comes in.
    out.add_looked_for("delivery = ?", filter.delivery);
    out.add_looked_for("source_asn = ?", filter.as_number);
    out.add_looked_for("identifier = ?", filter.identifier);
    out.add_looked_for("source_country = ?", filter.country);
    out.add_looked_for("class = ?", filter.rsit_class);
    out.add_looked_for("severity = ?", filter.severity);
    if (filter.port) out.add({sql_condition("source_port = ? or destination_port = ?", *filter.port, *filter.port)});
    if (filter.tag) out.add({sql_condition("tags like ? escape '\\'", storage::like_anywhere(tag_line(*filter.tag)))});
    if (!filter.text.empty())
        out.add({sql_condition("lower(fields) like ? escape '\\'", storage::like_anywhere(as_written(filter.text)))});
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
    : session_(session), order_(order) {
    if (auto readable = readable_events(filter.clearance)) always_.push_back(std::move(*readable));
    if (filter.from) always_.push_back(sql_condition("moment >= ?", *filter.from));
    if (filter.to) always_.push_back(sql_condition("moment < ?", *filter.to));
    auto conditions = conditions_of(filter);
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
    if (best == conditions.end()) {
        ways_.push_back({"event_by_moment", {}});
    } else {
        ways_ = std::move(best->ways);
        conditions.erase(best);
    }
    for (auto& condition : conditions) rest_.push_back(std::move(condition.holds));
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

std::vector<EventPlan::Look> EventPlan::looks(std::optional<EventPlace> const& behind) const {
    std::vector<Look> out;
    for (auto const& way : ways_) {
        auto where = this->where(way, behind);
        Look look;
        if (way.is_in_order && !rest_.empty()) {
            auto const last = session_.row<base::Instant, std::int64_t>(
                fmt::format("select moment, content_key from {}{}{} limit 1 offset ?", table(way), where.sql(),
                            order_by()),
                where.arguments(), most_looked_at - 1);
            if (last) {
                look.stops_at = EventPlace{std::get<0>(*last), std::get<1>(*last)};
                where.add(order_ == SortOrder::ascending ? "(moment, content_key) <= (?, ?)"
                                                         : "(moment, content_key) >= (?, ?)",
                          look.stops_at->moment, look.stops_at->key);
            }
        }
        for (auto const& condition : rest_) where.add(condition.sql, condition.arguments);
        look.from = " from " + table(way) + where.sql();
        look.arguments = where.arguments();
        out.push_back(std::move(look));
    }
    return out;
}

std::string EventPlan::order_by() const {
    return order_ == SortOrder::ascending ? " order by moment asc, content_key asc"
                                          : " order by moment desc, content_key desc";
}

bool EventPlan::is_before(EventPlace const& a, EventPlace const& b) const {
    return order_ == SortOrder::ascending ? a < b : b < a;
}

}  // namespace kula::events
