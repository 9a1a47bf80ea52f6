#include <fmt/format.h>

#include "incident_table.hpp"
#include "incidents/triage.hpp"
#include "report_table.hpp"
#include "storage/keyset.hpp"

namespace kula::incidents {
namespace {

using storage::Session;
using storage::Where;

constexpr std::size_t most_in_page = 1000;
constexpr std::size_t longest_sought = 200;

storage::Keyset const& newest_first() {
    static storage::Keyset const order(0, "received_at", storage::Keyset::Direction::descending,
                                       storage::Keyset::Key::number);
    return order;
}

/// Behind `prefix`, as `r.`: also of the other reports of a group, where the newest is sought.
Where where_of(ReportQuery const& query, std::string const& prefix) {
    Where where;
    incident_table::add_clearance(where, prefix, query.clearance);
    if (query.state) where.add(prefix + "state = ?", to_text(*query.state));
    if (query.channel) where.add(prefix + "channel = ?", to_text(*query.channel));
    if (query.group) where.add(prefix + "group_id = ?", *query.group);
    if (query.incident) where.add(prefix + "incident = ?", *query.incident);
    if (query.observable)
        where.add(prefix + "id in (select report from report_observable where name = ?)", *query.observable);
    incident_table::add_search(where, prefix + "search", query.search);
    return where;
}

void add_newest_of_group(Where& where, ReportQuery const& query) {
    auto newer = where_of(query, "n.");
    newer.add("n.group_id = r.group_id").add("(n.received_at, n.id) > (r.received_at, r.id)");
    where.add("not exists (select 1 from report n" + newer.sql() + ")", newer.arguments());
}

void count(Session const& session, ReportQuery const& query, Where const& where, ReportPage& page) {
    page.total = session.value<std::int64_t>("select count(*) from report r" + where.sql(), where.arguments());
    ReportQuery const all_waiting{.state = ReportState::waiting, .clearance = query.clearance};
    auto const waiting = where_of(all_waiting, "r.");
    auto const found = session.row<std::int64_t, std::int64_t, std::optional<base::Instant>>(
        "select count(*), count(distinct r.group_id), min(r.received_at) from report r" + waiting.sql(),
        waiting.arguments());
    std::tie(page.waiting, page.waiting_groups, page.oldest_waiting) = *found;
}

/// Those that the reports name.
std::map<IncidentId, IncidentBrief> incidents_of(Session const& session, std::vector<Report> const& reports,
                                                 base::Clearance const& clearance) {
    std::map<IncidentId, IncidentBrief> out;
    for (auto const& report : reports) {
        if (!report.incident || out.contains(*report.incident)) continue;
        if (auto brief = incident_table::brief(session, *report.incident, clearance))
            out.emplace(*report.incident, std::move(*brief));
    }
    return out;
}

}  // namespace

base::Result<ReportPage> Triage::list(ReportQuery const& query) const {
    if (query.limit == 0 || query.limit > most_in_page) return base::invalid("limit: is not from 1 to 1,000");
    if (query.search.size() > longest_sought) return base::invalid("search: is longer than 200 bytes");
    auto where = where_of(query, "r.");
    if (query.newest_of_group) add_newest_of_group(where, query);
    auto const all = where;
    if (auto const placed = newest_first().add_place(where, query.cursor); !placed) return placed.error();
    return database_.read([&](Session const& session) {
        ReportPage page;
        count(session, query, all, page);
        page.items = report_table::where(
            session, where, newest_first().order_by() + fmt::format(" limit {}", query.limit + 1), query.clearance);
        if (page.items.size() > query.limit) {
            page.items.pop_back();
            auto const& last = page.items.back();
            page.next = newest_first().cursor(std::to_string(base::to_microseconds(last.received_at)), last.id.text());
        }
        page.incidents = incidents_of(session, page.items, query.clearance);
        return page;
    });
}

base::Result<ReportStory> Triage::story(ReportId id, base::Clearance const& clearance) const {
    return database_.read([&](Session const& session) -> base::Result<ReportStory> {
        auto found = report_table::find(session, id, clearance);
        if (!found) return base::not_found("no such report");
        ReportStory out;
        out.report = std::move(*found);
        out.report.content.reporter = report_table::reporter(session, id);
        out.observed = report_table::observed(session, id);
        auto others = where_of({.group = out.report.group, .clearance = clearance}, "r.");
        others.add("r.id <> ?", id);
        out.similar = report_table::where(
            session, others, newest_first().order_by() + fmt::format(" limit {}", most_similar), clearance);
        auto named = out.similar;
        named.push_back(out.report);
        out.incidents = incidents_of(session, named, clearance);
        return out;
    });
}

base::Result<std::vector<ReportId>> Triage::waiting_in(ReportId group, base::Clearance const& clearance) const {
    return database_.read([&](Session const& session) {
        auto const where = where_of({.state = ReportState::waiting, .group = group, .clearance = clearance}, "r.");
        return session.column<ReportId>("select r.id from report r" + where.sql() +
                                            fmt::format(" order by r.received_at, r.id limit {}", most_decided),
                                        where.arguments());
    });
}

}  // namespace kula::incidents
