#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/must.hpp"
#include "batch.hpp"
#include "findings/findings.hpp"
#include "stepping.hpp"
#include "storage/where.hpp"

namespace kula::findings {
namespace {

using events::Telling;
using intake::FinishedDelivery;
using storage::Priority;
using storage::Session;

constexpr std::int64_t events_at_once = 500;
constexpr std::int64_t findings_at_once = 500;

/// How far a delivery is followed.
struct Progress {
    std::string stage = "first";
    base::Id<events::Event> first{}, again{};
    std::optional<base::Instant> newest{};
};

Progress progress_of(Session& session, std::string const& delivery) {
    session.execute(
        "insert into finding_delivery (delivery, stage, first_event, again_event) values (?, 'first', ?, ?) on conflict "
        "do nothing",
        delivery, base::Uuid(), base::Uuid());
    Progress progress;
    session.each<std::string, base::Id<events::Event>, base::Id<events::Event>, std::optional<base::Instant>>(
        [&](std::string stage, base::Id<events::Event> first, base::Id<events::Event> again,
            std::optional<base::Instant> newest) {
            progress = {std::move(stage), first, again, newest};
        },
        "select stage, first_event, again_event, newest from finding_delivery where delivery = ?", delivery);
    // One that is read anew told more; what was followed of it stays so.
    if (progress.stage == "done") progress = {"first", progress.first, {}, progress.newest};
    return progress;
}

void keep(Session& session, std::string const& delivery, Progress const& progress) {
    session.execute(
        "update finding_delivery set stage = ?, first_event = ?, again_event = ?, newest = ? where delivery = ?",
        progress.stage, progress.first, progress.again, progress.newest, delivery);
}

/// Whether what it does not tell is not there: it is whole, was understood to the last row, and is no other thing.
bool tells_of_absence(FinishedDelivery const& delivery) {
    return delivery.is_complete && !delivery.was_refused && delivery.quarantined == 0;
}

/// What can be found to be gone.
std::string lasting_condition() {
    return "(" + finding_table::open_condition() + " or state in ('claimed_fixed', 'accepted_risk'))";
}

/// What a report of another day says of a later one is nothing: it counts as of its newest event.
base::Instant content_moment(FinishedDelivery const& delivery, Progress const& progress) {
    return std::min(progress.newest.value_or(delivery.received_at), delivery.received_at);
}

void count_absence(Session& session, FinishedDelivery const& delivery, Progress const& progress) {
    session.execute(
        "update finding_source set absent = absent + 1 where source = ? and series = ? and last_received < ? and exists "
        "(select 1 from finding f where f.id = finding_source.finding and " +
            lasting_condition() +
            " and f.last_received < ? and f.last_seen <= ? and (f.claimed_at is null or f.claimed_at < ?))",
        delivery.source, delivery.series, delivery.received_at, delivery.received_at,
        content_moment(delivery, progress), delivery.received_at);
}

/// What nobody looks out for is not silent.
void forget_absence(Session& session, FinishedDelivery const& delivery, std::set<FindingId> const& unwatched) {
    auto bulk = session.bulk("update finding_source set absent = 0 where finding = ? and source = ? and series = ?");
    for (auto const& id : unwatched) bulk.add(id, delivery.source, delivery.series);
    bulk.finish();
}

/// Those that every source that showed them is without, in the way that `finding` asks.
std::vector<Finding> to_verify(Session const& session, FinishedDelivery const& delivery, Progress const& progress) {
    storage::Where where;
    where.add("id in (select s.finding from finding_source s where s.source = ? and s.series = ? and s.absent > 0)",
              delivery.source, delivery.series);
    where.add(lasting_condition());
    where.add("last_seen + silence <= ?", content_moment(delivery, progress));
    where.add("not exists (select 1 from finding_source o where o.finding = finding.id and o.absent < o.needed)");
    return finding_table::where(session, where, fmt::format(" order by id limit {}", findings_at_once));
}

std::vector<FindingId> verify(Session& session, FinishedDelivery const& delivery, Progress const& progress,
                              base::Instant now) {
    auto findings = to_verify(session, delivery, progress);
    std::vector<FindingId> out;
    for (auto& finding : findings) {
        Step const step{finding.state, State::verified, now, own_name, {}, {}, delivery.id, {}};
        go(finding, step);
        finding_table::add_step(session, finding.id, step);
        out.push_back(finding.id);
    }
    finding_table::update(session, findings);
    return out;
}

journal::Fact fact_of(FinishedDelivery const& delivery, Outcome const& outcome) {
    nlohmann::ordered_json after;
    auto const add = [&](char const* name, std::vector<FindingId> const& ids) {
        for (auto const& id : ids) after[name].push_back(id.text());
    };
    add("opened", outcome.opened);
    add("reopened", outcome.reopened);
    add("verified", outcome.verified);
    return {"findings.followed", "delivery:" + delivery.id, {}, after.dump()};
}

std::int64_t cursor(Session const& session) { return session.value<std::int64_t>("select number from finding_cursor"); }

/// One step of following a delivery. Yields whether it is done with.
bool go_on(Session& session, FinishedDelivery const& delivery, registry::NationalSpace const& national,
           vulnerabilities::ExploitedList const& exploited, std::set<FindingId> const& unwatched,
           base::Clock const& clock, Outcome& outcome) {
    auto progress = progress_of(session, delivery.id);
    bool is_done = false;
    if (progress.stage == "first" || progress.stage == "again") {
        auto const telling = progress.stage == "first" ? Telling::first : Telling::again;
        auto& behind = telling == Telling::first ? progress.first : progress.again;
        auto const told = events::delivered(session, delivery.id, telling, behind, events_at_once);
        outcome = Batch(session, delivery, national, exploited, clock).apply(told, telling);
        for (auto const& event : told) {
            behind = event.stored.id;
            progress.newest = std::max(progress.newest.value_or(event.last), event.last);
        }
        if (static_cast<std::int64_t>(told.size()) < events_at_once)
            progress.stage = telling == Telling::first ? "again" : "absent";
    } else if (progress.stage == "absent") {
        if (tells_of_absence(delivery)) count_absence(session, delivery, progress);
        forget_absence(session, delivery, unwatched);
        progress.stage = "verify";
    } else {
        if (tells_of_absence(delivery)) outcome.verified = verify(session, delivery, progress, clock.now());
        is_done = static_cast<std::int64_t>(outcome.verified.size()) < findings_at_once;
    }
    if (is_done) {
        progress.stage = "done";
        events::forget_repeats(session, delivery.id);
        session.execute("update finding_cursor set number = ?", delivery.number);
    }
    keep(session, delivery.id, progress);
    return is_done;
}

}  // namespace

base::Result<Followed> Findings::follow(std::stop_token const& stop) {
    Followed out;
    auto const ended = end_acceptances();
    if (!ended) return ended.error();
    out.ended = *ended;
    auto const weighed = follow_exploited(stop);
    if (!weighed) return weighed.error();
    out.weighed = *weighed;
    std::int64_t taken_up = 0;    // Of deliveries; numbers begin behind it.
    std::set<FindingId> blind{};  // What its silence says nothing of.
    while (!stop.stop_requested()) {
        auto const next =
            database_.read([](Session const& session) { return intake::finished_behind(session, cursor(session)); });
        if (!next) return next.error();
        if (!*next) break;
        auto const national = registry_.national_space();
        auto const exploited = vulnerabilities_.exploited();
        if (std::exchange(taken_up, (*next)->number) != (*next)->number) {
            auto found = unwatched((*next)->source, (*next)->series);
            if (!found) return found.error();
            blind = std::move(*found);
        }
        Outcome outcome;
        auto const done = database_.write(Priority::bulk, [&](Session& session) {
            // It may have been begun anew since; then it comes again under another number.
            auto const still = intake::finished_behind(session, cursor(session));
            if (!still || still->number != (*next)->number) return false;
            outcome = {};
            bool const is_done = go_on(session, *still, *national, *exploited, blind, clock_, outcome);
            if (!outcome.is_empty()) journal_.append(session, {own_name}, fact_of(*still, outcome));
            return is_done;
        });
        if (!done) return done.error();
        if (*done) ++out.deliveries;
        out.opened += outcome.opened.size();
        out.reopened += outcome.reopened.size();
        out.verified += outcome.verified.size();
    }
    return out;
}

base::Result<std::set<FindingId>> Findings::unwatched(std::string const& source, std::string const& series) const {
    if (!watched_ || series != intake::hourly_series) return std::set<FindingId>();
    std::map<FindingId, std::set<std::string>> listed;
    auto const read = database_.read([&](Session const& session) {
        listed.clear();
        auto const ids = session.column<FindingId>(
            "select s.finding from finding_source s join finding on finding.id = s.finding where s.source = ? and s.series "
            "= ? and " +
                lasting_condition(),
            source, series);
        for (auto const& id : ids) {
            for (auto const& event :
                 events::kept_events(session, finding_table::newest_events(session, id, most_shown_events))) {
                if (auto value = event.stored.event.text("extra.listed")) listed[id].insert(std::move(*value));
            }
        }
    });
    if (!read) return read.error();
    std::set<std::string> all;
    for (auto const& [id, values] : listed) all.insert(values.begin(), values.end());
    auto const known = watched_({all.begin(), all.end()});
    if (!known) return known.error();
    std::set<FindingId> out;
    for (auto const& [id, values] : listed) {
        if (!std::includes(known->begin(), known->end(), values.begin(), values.end())) out.insert(id);
    }
    return out;
}

base::Result<std::size_t> Findings::end_acceptances() {
    std::size_t ended = 0;
    for (std::size_t count = findings_at_once; count == static_cast<std::size_t>(findings_at_once);) {
        auto const now = clock_.now();
        storage::Where due;
        due.add("state = ?", to_text(State::accepted_risk)).add("accepted_until <= ?", now);
        auto const rest = fmt::format(" order by id limit {}", findings_at_once);
        auto const waiting = database_.read(
            [&](Session const& session) { return !finding_table::where(session, due, " limit 1").empty(); });
        if (!waiting) return waiting.error();
        if (!*waiting) break;
        auto const done = database_.write(Priority::bulk, [&](Session& session) {
            auto const findings = finding_table::where(session, due, rest);
            for (auto const& finding : findings) {
                auto const taken = take_step(session, finding.id, {State::reopened}, Party::clock, {own_name});
                base::must(taken.has_value(), "the clock reopens what was accepted until now");
            }
            return findings.size();
        });
        if (!done) return done.error();
        count = *done;
        ended += count;
    }
    return ended;
}

}  // namespace kula::findings
