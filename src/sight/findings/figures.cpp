#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "finding_table.hpp"
#include "findings/findings.hpp"

namespace kula::findings {
namespace {

using storage::Session;
using storage::Where;

constexpr std::chrono::days week{7};
/// A Monday, the first after 1970 began.
constexpr base::Instant a_monday{std::chrono::days(4)};
/// Two years of weeks.
constexpr std::int64_t most_weeks = 106;

std::string counted(std::string_view condition) {
    return fmt::format("cast(coalesce(sum(case when {} then 1 else 0 end), 0) as bigint)", condition);
}

Where reach_of(FiguresQuery const& query) {
    Where where;
    finding_table::add_clearance(where, query.clearance);
    if (query.organisations) where.add_among("organisation", *query.organisations);
    return where;
}

Funnel funnel_of(Session const& session, Where const& where, base::Instant now) {
    auto const& open = finding_table::open_condition();
    Funnel out;
    session.each<std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                 std::int64_t>(
        [&](auto opened, auto notified, auto seen, auto acknowledged, auto claimed, auto verified, auto relapsed,
            auto overdue) { out = {opened, notified, seen, acknowledged, claimed, verified, relapsed, overdue}; },
        "select count(*), " + counted("notified_at is not null") + ", " + counted("viewed_at is not null") + ", " +
            counted("acknowledged_at is not null") + ", " + counted("claimed_at is not null") + ", " +
            counted("verified_at is not null") + ", " + counted("relapses > 0") + ", " +
            counted("due_at < ? and " + open) + " from finding" + where.sql(),
        now, where.arguments());
    return out;
}

std::optional<std::chrono::microseconds> median(Session const& session, Where where, std::string_view from,
                                                std::string_view to) {
    where.add(fmt::format("{0} is not null and {1} is not null and {1} >= {0}", from, to));
    auto const total = session.value<std::int64_t>("select count(*) from finding" + where.sql(), where.arguments());
    if (total == 0) return std::nullopt;
    return std::chrono::microseconds(session.value<std::int64_t>(
        fmt::format("select {1} - {0} from finding", from, to) + where.sql() +
            fmt::format(" order by {1} - {0} limit 1 offset {2}", from, to, (total - 1) / 2),
        where.arguments()));
}

std::vector<SectorFigures> sectors_of(Session const& session, Where const& where, base::Instant now) {
    auto const& is_open_now = finding_table::open_condition();
    std::vector<SectorFigures> out;
    session.each<std::optional<std::string>, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
        [&](std::optional<std::string> sector, auto opened, auto open, auto overdue, auto verified) {
            out.push_back({std::move(sector), opened, open, overdue, verified});
        },
        "select sector, count(*) as opened, " + counted(is_open_now) + ", " + counted("due_at < ? and " + is_open_now) +
            ", " + counted("verified_at is not null") + " from finding" + where.sql() +
            " group by sector order by opened desc, coalesce(sector, '')",
        now, where.arguments());
    return out;
}

base::Instant monday_of(base::Instant moment) {
    auto const since = std::chrono::floor<std::chrono::days>(moment - a_monday);
    auto const weeks = since.count() >= 0 ? since.count() / 7 : (since.count() - 6) / 7;
    return a_monday + week * weeks;
}

std::vector<WeekFigures> weeks_of(Session const& session, FiguresQuery const& query) {
    std::map<base::Instant, WeekFigures> weeks;
    for (auto at = monday_of(query.from); at < query.to; at += week) weeks[at].from = at;
    auto where = reach_of(query);
    auto const inner = "select id from finding" + where.sql();
    auto const begins = base::to_microseconds(a_monday);
    auto const length = std::chrono::microseconds(week).count();
    session.each<std::int64_t, std::string, std::int64_t>(
        [&](std::int64_t number, std::string const& state, std::int64_t count) {
            auto const found = weeks.find(a_monday + week * number);
            if (found == weeks.end()) return;
            auto& figures = found->second;
            (state == "open" ? figures.opened : state == "verified" ? figures.verified : figures.reopened) += count;
        },
        fmt::format("select (at - {}) / {} as week, to_state, count(*) from finding_step where finding in (", begins,
                    length) +
            inner + ") and to_state in ('open', 'verified', 'reopened') and at >= ? and at < ? group by week, to_state",
        where.arguments(), query.from, query.to);
    std::vector<WeekFigures> out;
    out.reserve(weeks.size());
    for (auto const& [at, figures] : weeks) out.push_back(figures);
    return out;
}

}  // namespace

base::Result<LoopFigures> Findings::figures(FiguresQuery const& query) const {
    if (query.from >= query.to) return base::invalid("from: must lie before the end");
    if (query.to - query.from > week * most_weeks)
        return base::invalid("from: lies more than two years before the end");
    auto where = reach_of(query);
    where.add("opened_at >= ?", query.from).add("opened_at < ?", query.to);
    auto const now = clock_.now();
    return database_.read([&](Session const& session) {
        LoopFigures out;
        out.funnel = funnel_of(session, where, now);
        out.medians = {
            median(session, where, "opened_at", "notified_at"), median(session, where, "notified_at", "viewed_at"),
            median(session, where, "notified_at", "acknowledged_at"),
            median(session, where, "notified_at", "claimed_at"), median(session, where, "opened_at", "verified_at")};
        out.sectors = sectors_of(session, where, now);
        out.weeks = weeks_of(session, query);
        return out;
    });
}

}  // namespace kula::findings
