#include "finding_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>
#include <sstream>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "identity.hpp"
#include "storage/record.hpp"

namespace kula::findings::finding_table {
namespace {

using storage::Session;
using Moment = std::optional<base::Instant>;
using Text = std::optional<std::string>;

/// The columns that a finding keeps, apart from what it is.
#define FINDING_STATE                                                                                                    \
    "state, state_since, sector, class, severity, first_seen, last_seen, last_received, events, relapses, last_source, " \
    "deliveries, silence, opened_at, due_at, notified_at, viewed_at, acknowledged_at, claimed_at, verified_at, "         \
    "accepted_until, told_first, told_last, told_rungs, told_severity, exploited, vulnerabilities, tags"
#define FINDING_IDENTITY "organisation, type, problem, place, port, transport"

State state_of(std::string const& text) {
    auto const state = parse_state(text);
    base::must(state.has_value(), "stored findings are in a known state");
    return *state;
}

std::string text_of(std::vector<std::string> const& words) { return fmt::format("{}", fmt::join(words, " ")); }

std::vector<std::string> words_of(std::string const& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

/// Between line ends, so that one is found as a whole.
std::string lines_of(std::vector<std::string> const& tags) {
    return tags.empty() ? std::string() : fmt::format("\n{}\n", fmt::join(tags, "\n"));
}

std::vector<std::string> tags_in(std::string const& lines) {
    std::vector<std::string> out;
    std::istringstream stream(lines);
    for (std::string tag; std::getline(stream, tag);) {
        if (!tag.empty()) out.push_back(std::move(tag));
    }
    return out;
}

std::string search_text(Identity const& identity) {
    return base::lower_case(identity.place + ' ' + identity.problem + ' ' + identity.type);
}

}  // namespace

std::vector<Finding> where(Session const& session, storage::Where const& where, std::string const& rest) {
    std::vector<Finding> out;
    session.each<FindingId, std::optional<registry::OrganisationId>, std::string, std::string, std::string,
                 std::optional<std::uint16_t>, Text, std::string, base::Instant, Text, std::string, std::uint8_t,
                 base::Instant, base::Instant, base::Instant, std::int64_t, std::int64_t, std::string, std::int64_t,
                 std::int64_t, base::Instant, base::Instant, Moment, Moment, Moment, Moment, Moment, Moment, Moment,
                 Moment, std::size_t, std::uint8_t, bool, std::string, std::string, base::Record>(
        [&](FindingId id, std::optional<registry::OrganisationId> organisation, std::string type, std::string problem,
            std::string place, std::optional<std::uint16_t> port, Text transport, std::string const& state,
            base::Instant since, Text sector, std::string rsit_class, std::uint8_t severity, base::Instant first,
            base::Instant last, base::Instant received, std::int64_t events, std::int64_t relapses, std::string source,
            std::int64_t deliveries, std::int64_t silence, base::Instant opened, base::Instant due, Moment notified,
            Moment viewed, Moment acknowledged, Moment claimed, Moment verified, Moment until, Moment told_first,
            Moment told_last, std::size_t told_rungs, std::uint8_t told_severity, bool is_exploited,
            std::string const& vulnerabilities, std::string const& tags, base::Record record) {
            Finding found;
            found.id = id;
            found.identity = {organisation, std::move(type),     std::move(problem), std::move(place),
                              port,         std::move(transport)};
            found.sector = std::move(sector);
            found.rsit_class = std::move(rsit_class);
            found.severity = static_cast<Severity>(severity);
            found.state = state_of(state);
            found.state_since = since;
            found.first_seen = first;
            found.last_seen = last;
            found.last_received = received;
            found.events = events;
            found.relapses = relapses;
            found.last_source = std::move(source);
            found.deliveries = deliveries;
            found.silence = std::chrono::microseconds(silence);
            found.due_at = due;
            found.way = {opened, notified, viewed, acknowledged, claimed, verified};
            found.accepted_until = until;
            found.told = {told_first, told_last, told_rungs};
            found.told_severity = static_cast<Severity>(told_severity);
            found.is_exploited = is_exploited;
            found.vulnerabilities = words_of(vulnerabilities);
            found.tags = tags_in(tags);
            found.record = std::move(record);
            out.push_back(std::move(found));
        },
        "select id, " FINDING_IDENTITY ", " FINDING_STATE ", " KULA_RECORD_COLUMNS " from finding" + where.sql() + rest,
        where.arguments());
    return out;
}

std::optional<Finding> find(Session const& session, FindingId id) {
    storage::Where this_one;
    this_one.add("id = ?", id);
    auto found = where(session, this_one);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void insert(Session& session, std::vector<Finding> const& findings) {
    auto bulk = session.bulk("insert into finding (id, identity, search, " FINDING_IDENTITY ", " FINDING_STATE
                             ", " KULA_RECORD_COLUMNS
                             ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                             "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")");
    for (auto const& each : findings) {
        auto const& [organisation, type, problem, place, port, transport] = each.identity;
        bulk.add(each.id, key_of(each.identity), search_text(each.identity), organisation, type, problem, place, port,
                 transport, to_text(each.state), each.state_since, each.sector, each.rsit_class,
                 static_cast<std::uint8_t>(each.severity), each.first_seen, each.last_seen, each.last_received,
                 each.events, each.relapses, each.last_source, each.deliveries, each.silence.count(),
                 each.way.opened_at, each.due_at, each.way.notified_at, each.way.viewed_at, each.way.acknowledged_at,
                 each.way.claimed_at, each.way.verified_at, each.accepted_until, each.told.first, each.told.last,
                 each.told.rungs, static_cast<std::uint8_t>(each.told_severity), each.is_exploited,
                 text_of(each.vulnerabilities), lines_of(each.tags), each.record);
    }
    bulk.finish();
}

void update(Session& session, std::vector<Finding> const& findings) {
    auto bulk = session.bulk(
        "update finding set state = ?, state_since = ?, sector = ?, class = ?, severity = ?, first_seen = ?, last_seen = "
        "?, last_received = ?, events = ?, relapses = ?, last_source = ?, deliveries = ?, silence = ?, opened_at = ?, "
        "due_at = ?, notified_at = ?, viewed_at = ?, acknowledged_at = ?, claimed_at = ?, verified_at = ?, "
        "accepted_until = ?, told_first = ?, told_last = ?, told_rungs = ?, told_severity = ?, exploited = ?, vulnerabilities = ?, tags = ?, tlp = ?, pap = ?, changed_at = ?, changed_by = ?, version = ? where id = ?");
    for (auto const& each : findings) {
        bulk.add(to_text(each.state), each.state_since, each.sector, each.rsit_class,
                 static_cast<std::uint8_t>(each.severity), each.first_seen, each.last_seen, each.last_received,
                 each.events, each.relapses, each.last_source, each.deliveries, each.silence.count(),
                 each.way.opened_at, each.due_at, each.way.notified_at, each.way.viewed_at, each.way.acknowledged_at,
                 each.way.claimed_at, each.way.verified_at, each.accepted_until, each.told.first, each.told.last,
                 each.told.rungs, static_cast<std::uint8_t>(each.told_severity), each.is_exploited,
                 text_of(each.vulnerabilities), lines_of(each.tags), each.record.marking, each.record.changed_at,
                 each.record.changed_by, each.record.version, each.id);
    }
    bulk.finish();
}

void store_vulnerabilities(Session& session, std::vector<Finding> const& findings,
                           vulnerabilities::ExploitedList const& exploited) {
    auto gone = session.bulk("delete from finding_vulnerability where finding = ?");
    for (auto const& each : findings) gone.add(each.id);
    gone.finish();
    auto bulk = session.bulk("insert into finding_vulnerability (finding, cve, exploited) values (?, ?, ?)");
    for (auto const& each : findings) {
        for (auto const& cve : each.vulnerabilities) bulk.add(each.id, cve, exploited.entries.contains(cve));
    }
    bulk.finish();
}

void add_step(Session& session, FindingId finding, Step const& step) {
    auto const from = step.from ? Text(to_text(*step.from)) : Text();
    std::optional<std::int64_t> silent;
    if (step.silent) silent = step.silent->count();
    session.execute(
        "insert into finding_step (id, finding, from_state, to_state, at, actor, reason, until, delivery, silent) values "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        base::Uuid::v7(step.at), finding, from, to_text(step.to), step.at, step.by, step.reason, step.until,
        step.delivery, silent);
}

std::vector<Step> steps(Session const& session, FindingId finding) {
    std::vector<Step> out;
    session.each<Text, std::string, base::Instant, std::string, std::string, Moment, Text, std::optional<std::int64_t>>(
        [&](Text const& from, std::string const& to, base::Instant at, std::string by, std::string reason, Moment until,
            Text delivery, std::optional<std::int64_t> silent) {
            out.push_back({from ? std::optional(state_of(*from)) : std::nullopt, state_of(to), at, std::move(by),
                           std::move(reason), until, std::move(delivery),
                           silent ? std::optional(std::chrono::microseconds(*silent)) : std::nullopt});
        },
        "select from_state, to_state, at, actor, reason, until, delivery, silent from finding_step where finding = ? order "
        "by id desc",
        finding);
    return out;
}

std::vector<Shown> shown(Session const& session, FindingId finding) {
    std::vector<Shown> out;
    session.each<std::string, std::string, base::Instant, base::Instant, std::string, std::int64_t, std::int64_t,
                 std::int64_t>(
        [&](std::string source, std::string series, base::Instant first, base::Instant last, std::string delivery,
            std::int64_t told, std::int64_t absent, std::int64_t needed) {
            out.push_back(
                {std::move(source), std::move(series), first, last, std::move(delivery), told, absent, needed});
        },
        "select source, series, first_received, last_received, last_delivery, told, absent, needed from finding_source where "
        "finding = ? order by source, series",
        finding);
    return out;
}

void count_absence_anew(Session& session, FindingId finding) {
    session.execute("update finding_source set absent = 0 where finding = ? and absent > 0", finding);
}

std::set<Link> linked(Session const& session, std::vector<events::DeliveredEvent> const& events) {
    std::vector<base::Id<events::Event>> ids;
    ids.reserve(events.size());
    for (auto const& event : events) ids.push_back(event.stored.id);
    storage::Where among;
    among.add_among("event", ids);
    std::set<Link> out;
    session.each<FindingId, base::Id<events::Event>>(
        [&](FindingId finding, base::Id<events::Event> event) { out.emplace(finding, event); },
        "select finding, event from finding_event" + among.sql(), among.arguments());
    return out;
}

void link(Session& session, std::set<Link> const& links) {
    auto bulk = session.bulk("insert into finding_event (finding, event) values (?, ?)");
    for (auto const& [finding, event] : links) bulk.add(finding, event);
    bulk.finish();
}

std::vector<base::Id<events::Event>> newest_events(Session const& session, FindingId finding, std::size_t limit) {
    return session.column<base::Id<events::Event>>(
        "select event from finding_event where finding = ? order by event desc limit ?", finding, limit);
}

std::string const& open_condition() {
    static std::string const condition = [] {
        std::string names;
        for (auto const state : all_states) {
            if (is_open(state)) names.append(names.empty() ? "'" : ", '").append(to_text(state)) += '\'';
        }
        return "state in (" + names + ')';
    }();
    return condition;
}

void add_clearance(storage::Where& where, base::Clearance const& clearance) {
    if (clearance.sees_everything()) return;
    where.add_among("organisation", clearance.organisations());
    where.add("tlp in ('clear', 'green', 'amber')");
}

bool may_see(Finding const& finding, base::Clearance const& clearance) {
    if (clearance.sees_everything()) return true;
    return finding.identity.organisation && clearance.may_see(finding.identity.organisation->uuid()) &&
           is_for_outsiders(finding);
}

}  // namespace kula::findings::finding_table
