#include "batch.hpp"

#include <algorithm>
#include <iterator>

#include "finding_table.hpp"
#include "stepping.hpp"
#include "storage/record.hpp"

namespace kula::findings {
namespace {

using events::DeliveredEvent;
using events::Telling;

/// A source's clock may run ahead; what it tells was so when it came at the latest.
base::Instant first_of(DeliveredEvent const& event, intake::FinishedDelivery const& delivery) {
    return std::min(event.moment, delivery.received_at);
}
base::Instant last_of(DeliveredEvent const& event, intake::FinishedDelivery const& delivery) {
    return std::min(event.last, delivery.received_at);
}

/// Deliveries of this series without it, until it is gone as far as this series tells. Of hours in which somebody
/// looked, so many as it has to be silent.
std::int64_t needed_of(Finding const& finding, intake::FinishedDelivery const& delivery) {
    if (delivery.series != intake::hourly_series) return finding.deliveries;
    auto const hours = std::chrono::ceil<std::chrono::hours>(finding.silence).count();
    return std::max<std::int64_t>(finding.deliveries, hours);
}

/// Events that are as new as each other tell of one moment together.
void take_tags(Finding& finding, base::Instant moment, std::vector<std::string> const& tags) {
    if (moment < finding.last_seen) return;
    if (moment > finding.last_seen) finding.tags.clear();
    std::vector<std::string> both;
    std::set_union(finding.tags.begin(), finding.tags.end(), tags.begin(), tags.end(), std::back_inserter(both));
    both.resize(std::min(both.size(), most_tags));
    finding.tags = std::move(both);
}

}  // namespace

Outcome Batch::apply(std::vector<DeliveredEvent> const& told, Telling telling) {
    std::vector<Problem> problems;
    std::vector<DeliveredEvent const*> events;
    for (auto const& event : told) {
        auto problem = problem_of(event, national_);
        if (!problem) continue;
        problems.push_back(std::move(*problem));
        events.push_back(&event);
    }
    load(problems);
    auto const linked = finding_table::linked(session_, told);
    std::vector<Finding> made, changed, of_others;
    for (std::size_t at = 0; at < problems.size(); ++at) {
        auto const found = known_.find(key_of(problems[at].identity));
        auto& known = found != known_.end() ? found->second : open(problems[at], *events[at]);
        renew(known, problems[at], *events[at], telling);
        finding_table::Link link{known.finding.id, events[at]->stored.id};
        if (linked.count(link) > 0 || !links_.insert(link).second) continue;
        ++known.finding.events;
    }
    for (auto const& [key, known] : known_) {
        if (known.is_changed) (known.is_new ? made : changed).push_back(known.finding);
        if (known.is_of_others) of_others.push_back(known.finding);
    }
    finding_table::insert(session_, made);
    finding_table::update(session_, changed);
    finding_table::store_vulnerabilities(session_, of_others, exploited_);
    finding_table::link(session_, links_);
    write_sources();
    return std::move(outcome_);
}

void Batch::load(std::vector<Problem> const& problems) {
    std::vector<std::string> keys;
    keys.reserve(problems.size());
    for (auto const& problem : problems) keys.push_back(key_of(problem.identity));
    storage::Where among;
    among.add_among("identity", keys);
    for (auto& finding : finding_table::where(session_, among)) {
        auto key = key_of(finding.identity);
        known_[std::move(key)].finding = std::move(finding);
    }
}

Batch::Known& Batch::open(Problem const& problem, DeliveredEvent const& event) {
    auto& known = known_[key_of(problem.identity)];
    known.is_new = true;
    auto& finding = known.finding;
    finding.id = FindingId::make(now_);
    finding.identity = problem.identity;
    weigh(known, problem);
    finding.state = State::open;
    finding.state_since = now_;
    finding.first_seen = first_of(event, delivery_);
    finding.last_seen = last_of(event, delivery_);
    finding.record = storage::new_record(clock_, own_name, event.marking, "delivery:" + delivery_.id);
    open_anew(finding, now_);
    known.steps.push_back({{}, State::open, now_, own_name, {}, {}, delivery_.id, {}});
    outcome_.opened.push_back(finding.id);
    return known;
}

void Batch::renew(Known& known, Problem const& problem, DeliveredEvent const& event, Telling telling) {
    auto& finding = known.finding;
    auto const moment = last_of(event, delivery_);
    bool const is_newer = (known.is_new && known.told == 0) || moment > finding.last_seen;
    bool const is_after_claim = !finding.way.claimed_at || moment > *finding.way.claimed_at;
    if (finding.state == State::claimed_fixed && is_newer && is_after_claim) reopen(known, moment);
    if (finding.state == State::verified) {
        // An hour that is told anew is no new sight.
        bool const is_listed_again = telling == Telling::again && delivery_.series != intake::hourly_series &&
                                     event.stored.source == delivery_.source && event.stored.delivery != delivery_.id &&
                                     was_absent_here(finding.id);
        if (is_newer && is_after_claim) {
            reopen(known, moment);
        } else if (is_listed_again) {
            reopen(known, delivery_.received_at);
        }
    }
    known.is_changed = true;
    ++known.told;
    finding.first_seen = std::min(finding.first_seen, first_of(event, delivery_));
    take_tags(finding, moment, problem.tags);
    if (is_newer) {
        finding.last_seen = moment;
        finding.last_source = delivery_.source;
        finding.rsit_class = problem.rsit_class;
        weigh(known, problem);
        finding.sector = event.sector;
        finding.deliveries = problem.rule.deliveries;
        finding.silence = problem.rule.silence;
    }
    finding.last_received = std::max(finding.last_received, delivery_.received_at);
    auto const marking = base::strictest(finding.record.marking, event.marking);
    // Whoever decided by the label of before has to decide anew.
    if (marking.tlp != finding.record.marking.tlp || marking.pap != finding.record.marking.pap)
        ++finding.record.version;
    finding.record.marking = marking;
}

void Batch::weigh(Known& known, Problem const& problem) const {
    auto& finding = known.finding;
    known.is_of_others =
        known.is_of_others || (!problem.vulnerabilities.empty() && finding.vulnerabilities != problem.vulnerabilities);
    // Whoever names none does not say that there are none.
    if (!problem.vulnerabilities.empty()) finding.vulnerabilities = problem.vulnerabilities;
    finding.told_severity = problem.severity.value_or(problem.rule.severity);
    bool const was_exploited = finding.is_exploited;
    apply_known(finding, exploited_);
    if (!known.is_new && finding.is_exploited && !was_exploited) bring_forward(finding, now_);
}

void Batch::reopen(Known& known, base::Instant seen) {
    auto& finding = known.finding;
    Step step{finding.state, State::reopened, now_, own_name, {}, {}, delivery_.id, seen - finding.last_seen};
    go(finding, step);
    ++finding.relapses;
    known.steps.push_back(std::move(step));
    outcome_.reopened.push_back(finding.id);
    // Whoever has not shown it since is no witness of it any more.
    session_.execute("delete from finding_source where finding = ?", finding.id);
}

bool Batch::was_absent_here(FindingId id) const {
    return session_
        .row<std::int64_t>(
            "select absent from finding_source where finding = ? and source = ? and series = ? and absent > 0", id,
            delivery_.source, delivery_.series)
        .has_value();
}

void Batch::write_sources() {
    for (auto const& [key, known] : known_) {
        if (!known.is_changed) continue;
        for (auto const& step : known.steps) finding_table::add_step(session_, known.finding.id, step);
        // Stale evidence about what is verified changes nothing about who has to be without it.
        if (known.finding.state == State::verified) continue;
        finding_table::count_absence_anew(session_, known.finding.id);
        session_.execute(
            "insert into finding_source (finding, source, series, first_received, last_received, last_delivery, told, "
            "absent, needed) values (?, ?, ?, ?, ?, ?, ?, 0, ?) on conflict (finding, source, series) do update set last_delivery = "
            "case when excluded.last_received >= finding_source.last_received then excluded.last_delivery else "
            "finding_source.last_delivery end, last_received = case when excluded.last_received > "
            "finding_source.last_received then excluded.last_received else finding_source.last_received end, told = "
            "finding_source.told + excluded.told, absent = 0, needed = excluded.needed",
            known.finding.id, delivery_.source, delivery_.series, delivery_.received_at, delivery_.received_at,
            delivery_.id, known.told, needed_of(known.finding, delivery_));
    }
}

}  // namespace kula::findings
