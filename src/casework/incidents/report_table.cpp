#include "report_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "incident_table.hpp"
#include "observing.hpp"
#include "registry/fold.hpp"
#include "storage/record.hpp"

namespace kula::incidents::report_table {
namespace {

using storage::Session;
using storage::Where;

#define REPORT_COLUMNS                                                                                                   \
    "r.id, r.channel, r.subject, r.text, r.organisation, r.language, r.received_at, r.state, r.group_id, r.grouped_by, " \
    "r.shared, r.incident, r.reason, r.passed_to, r.decided_at, r.decided_by, r.readers, r.owner, r.tlp, r.pap, "        \
    "r.lineage, r.created_at, r.created_by, r.changed_at, r.changed_by, r.version"

GroupedBy grouped_by_of(std::string_view text) {
    for (auto const by : {GroupedBy::alone, GroupedBy::observable, GroupedBy::text, GroupedBy::sender}) {
        if (to_text(by) == text) return by;
    }
    base::must(false, "stored reports are grouped by something known");
    return GroupedBy::alone;
}

template <class Value>
Value known(std::optional<Value> const& value) {
    base::must(value.has_value(), "stored reports have known words");
    return *value;
}

/// ` and …` of what the clearance reaches, behind `prefix`.
Where readable(std::string const& prefix, base::Clearance const& clearance) {
    Where out;
    incident_table::add_clearance(out, prefix, clearance);
    return out;
}

}  // namespace

std::vector<Report> where(Session const& session, Where const& where, std::string const& rest,
                          base::Clearance const& clearance) {
    auto waiting = readable("g.", clearance);
    waiting.add("g.group_id = r.group_id").add("g.state = 'waiting'");
    storage::Arguments arguments;
    arguments.add(waiting.arguments(), where.arguments());
    std::vector<Report> out;
    session.each<std::int64_t, ReportId, std::string, std::string, std::string, std::optional<registry::OrganisationId>,
                 std::optional<std::string>, base::Instant, std::string, ReportId, std::string, std::string,
                 std::optional<IncidentId>, std::string, std::string, std::optional<base::Instant>, std::string,
                 base::Readers, base::Record>(
        [&out](std::int64_t waiting_in_group, ReportId id, std::string const& channel, std::string subject,
               std::string text, std::optional<registry::OrganisationId> organisation,
               std::optional<std::string> const& language, base::Instant received, std::string const& state,
               ReportId group, std::string const& grouped_by, std::string shared, std::optional<IncidentId> incident,
               std::string reason, std::string passed_to, std::optional<base::Instant> decided, std::string decided_by,
               base::Readers readers, base::Record record) {
            ReportContent content{known(parse_channel(channel)),
                                  std::move(subject),
                                  std::move(text),
                                  {},
                                  organisation,
                                  language ? base::parse_language(*language) : std::nullopt,
                                  record.marking,
                                  std::move(readers),
                                  received};
            out.push_back({id, std::move(content), received, known(parse_report_state(state)), group,
                           grouped_by_of(grouped_by), std::move(shared), waiting_in_group, incident, std::move(reason),
                           std::move(passed_to), decided, std::move(decided_by), std::move(record)});
        },
        "select (select count(*) from report g" + waiting.sql() + "), " REPORT_COLUMNS " from report r" + where.sql() +
            rest,
        arguments);
    return out;
}

std::optional<Report> find(Session const& session, ReportId id, base::Clearance const& clearance) {
    auto this_one = readable("r.", clearance);
    this_one.add("r.id = ?", id);
    auto found = where(session, this_one, "", clearance);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void insert(Session& session, Report const& report, std::vector<Observed> const& observed, Sketch const& sketch) {
    auto const& content = report.content;
    auto const language = content.language ? std::optional(base::to_text(*content.language)) : std::nullopt;
    session.execute(
        "insert into report (id, channel, subject, text, organisation, language, received_at, state, group_id, grouped_by, "
        "shared, sketch, reason, passed_to, decided_by, search, readers, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', ?, ?, " KULA_RECORD_PLACES ")",
        report.id, to_text(content.channel), content.subject, content.text, content.organisation, language,
        report.received_at, to_text(report.state), report.group, to_text(report.grouped_by), report.shared,
        sketch.text(), registry::folded(content.subject + '\n' + content.text), content.readers, report.record);
    auto const& reporter = content.reporter;
    session.execute("insert into reporter (report, name, email, phone) values (?, ?, ?, ?)", report.id, reporter.name,
                    reporter.email, reporter.phone);
    auto rows = session.bulk("insert into report_observable (report, place, name, common) values (?, ?, ?, ?)");
    std::int64_t place = 0;
    for (auto const& each : observed) rows.add(report.id, place++, name_of(each), each.is_common);
    rows.finish();
    auto shingles = session.bulk("insert into report_shingle (hash, report) values (?, ?)");
    for (auto const hash : sketch.leads()) shingles.add(std::int64_t{hash}, report.id);
    shingles.finish();
}

void update(Session& session, Report& report, base::Instant now, std::string const& by) {
    report.record.changed_at = now;
    report.record.changed_by = by;
    ++report.record.version;
    session.execute(
        "update report set state = ?, group_id = ?, grouped_by = ?, shared = ?, incident = ?, reason = ?, passed_to = ?, "
        "decided_at = ?, decided_by = ?, changed_at = ?, changed_by = ?, version = ? where id = ?",
        to_text(report.state), report.group, to_text(report.grouped_by), report.shared, report.incident, report.reason,
        report.passed_to, report.decided_at, report.decided_by, report.record.changed_at, report.record.changed_by,
        report.record.version, report.id);
}

std::vector<Observed> observed(Session const& session, ReportId id) {
    std::vector<Observed> out;
    session.each<std::string, bool>(
        [&out](std::string const& name, bool is_common) { out.push_back(observed_named(name, is_common)); },
        "select name, common from report_observable where report = ? order by place", id);
    return out;
}

Reporter reporter(Session const& session, ReportId id) {
    auto const found = session.row<std::string, std::string, std::string>(
        "select name, email, phone from reporter where report = ?", id);
    if (!found) return {};
    auto const& [name, email, phone] = *found;
    return {name, email, phone};
}

namespace {

/// Of the kinds that say most, the first: a link says more than the server that a thousand links lead to.
std::size_t weight_of(std::string_view name) {
    constexpr std::array<std::string_view, 11> kinds{"url",    "sha512",  "sha256", "sha1", "md5", "email",
                                                     "domain", "address", "prefix", "cve",  "as"};
    auto const kind = name.substr(0, name.find(':'));
    return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

bool is_one_thing(std::string_view name) { return weight_of(name) < weight_of("email:"); }

std::optional<Place> by_observable(Session const& session, std::vector<Observed> const& observed, base::Instant since,
                                   base::Clearance const& clearance) {
    std::vector<std::string> names;
    for (auto const& each : observed) {
        if (!each.is_common) names.push_back(name_of(each));
    }
    if (names.empty()) return std::nullopt;
    auto those = readable("r.", clearance);
    those.add("o.common = 0").add("r.received_at >= ?", since).add_among("o.name", names);
    std::optional<Place> best;
    // The newest first: of what weighs the same it stays.
    session.each<ReportId, std::string>(
        [&best](ReportId group, std::string name) {
            if (!best || weight_of(name) < weight_of(best->shared))
                best = Place{group, GroupedBy::observable, std::move(name)};
        },
        "select r.group_id, o.name from report_observable o join report r on r.id = o.report" + those.sql() +
            " order by r.received_at desc, r.id desc limit 1000",
        those.arguments());
    return best;
}

std::optional<Place> by_text(Session const& session, Sketch const& sketch, base::Instant since,
                             base::Clearance const& clearance) {
    std::vector<std::int64_t> leads(sketch.leads().begin(), sketch.leads().end());
    if (leads.empty()) return std::nullopt;
    auto those = readable("r.", clearance);
    those.add("r.received_at >= ?", since);
    Where led;
    led.add_among("hash", leads);
    storage::Arguments arguments;
    arguments.add(led.arguments(), those.arguments());
    std::optional<Place> best;
    double nearest = near_enough;
    session.each<ReportId, std::string>(
        [&](ReportId group, std::string const& kept) {
            auto const other = Sketch::parse(kept);
            auto const likeness = other ? sketch.likeness(*other) : 0;
            if (likeness < nearest || (best && likeness == nearest)) return;
            nearest = likeness;
            best = Place{group, GroupedBy::text, {}};
        },
        "select r.group_id, r.sketch from (select distinct report from report_shingle" + led.sql() +
            ") as led join report r on r.id = led.report" + those.sql() +
            " order by r.received_at desc, r.id desc limit 500",
        arguments);
    return best;
}

std::optional<Place> by_sender(Session const& session, std::string const& email, base::Instant since,
                               base::Clearance const& clearance) {
    if (email.empty()) return std::nullopt;
    auto those = readable("r.", clearance);
    those.add("p.email = ?", email).add("r.received_at >= ?", since);
    auto const found = session.row<ReportId>("select r.group_id from reporter p join report r on r.id = p.report" +
                                                 those.sql() + " order by r.received_at desc, r.id desc limit 1",
                                             those.arguments());
    return found ? std::optional(Place{std::get<0>(*found), GroupedBy::sender, {}}) : std::nullopt;
}

}  // namespace

std::optional<Place> place_of(Session const& session, Report const& report, std::vector<Observed> const& observed,
                              Sketch const& sketch, base::Instant since, base::Instant of_sender_since,
                              base::Clearance const& clearance) {
    // The same link or file is one thing; a name or an address may have many, whose texts tell them apart.
    auto named = by_observable(session, observed, since, clearance);
    if (named && is_one_thing(named->shared)) return named;
    if (auto place = by_text(session, sketch, since, clearance)) return place;
    if (named) return named;
    return by_sender(session, report.content.reporter.email, of_sender_since, clearance);
}

}  // namespace kula::incidents::report_table
