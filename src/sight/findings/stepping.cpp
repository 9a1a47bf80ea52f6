#include "stepping.hpp"

#include <algorithm>

namespace kula::findings {

void open_anew(Finding& finding, base::Instant now) {
    finding.way = {.opened_at = now};
    finding.told = {};
    finding.due_at = now + Rules::shipped().due_in(finding.severity);
}

void go(Finding& finding, Step const& step) {
    auto& way = finding.way;
    // What is said to be fixed and then is not, was not: the next claim counts from its own moment.
    if (finding.state == State::claimed_fixed && step.to == State::acknowledged) way.claimed_at.reset();
    finding.accepted_until = step.until;
    finding.state = step.to;
    finding.state_since = step.at;
    finding.record.changed_at = step.at;
    finding.record.changed_by = step.by;
    ++finding.record.version;
    switch (step.to) {
        case State::notified:
            way.notified_at = step.at;
            tell(finding, step.at);
            break;
        case State::seen: way.viewed_at = step.at; break;
        case State::acknowledged:
        case State::help_needed:
            if (!way.acknowledged_at) way.acknowledged_at = step.at;
            break;
        case State::claimed_fixed: way.claimed_at = step.at; break;
        case State::verified: way.verified_at = step.at; break;
        case State::reopened: open_anew(finding, step.at); break;
        case State::open:
        case State::accepted_risk:
        case State::not_ours:
        case State::false_positive: break;
    }
}

void apply_known(Finding& finding, vulnerabilities::ExploitedList const& exploited) {
    finding.is_exploited = std::any_of(finding.vulnerabilities.begin(), finding.vulnerabilities.end(),
                                       [&](std::string const& cve) { return exploited.entries.contains(cve); });
    finding.severity = finding.is_exploited ? Rules::shipped().raised(finding.told_severity) : finding.told_severity;
}

void bring_forward(Finding& finding, base::Instant now) {
    finding.due_at = std::min(finding.due_at, now + Rules::shipped().due_in(finding.severity));
}

void tell(Finding& finding, base::Instant now) {
    if (!finding.told.first) finding.told.first = now;
    finding.told.last = now;
}

}  // namespace kula::findings
