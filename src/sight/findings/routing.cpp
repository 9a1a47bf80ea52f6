#include "findings/routing.hpp"

#include <algorithm>

namespace kula::findings {
namespace {

/// An empty list leaves the matter open.
template <class T>
bool holds(std::vector<T> const& list, T const& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}
template <class T>
bool holds(std::vector<T> const& list, std::optional<T> const& value) {
    return list.empty() || (value && holds(list, *value));
}

/// An empty list leaves the matter open; else one of them is among those.
bool holds_any(std::vector<std::string> const& list, std::vector<std::string> const& of) {
    return list.empty() || std::find_first_of(list.begin(), list.end(), of.begin(), of.end()) != list.end();
}

bool is_taken_on(State state) { return state == State::acknowledged || state == State::help_needed; }

/// What is to be done about an open finding that was told before.
RoutingDecision follow_up(RoutingRule const& rule, Timetable const& timetable, Finding const& finding,
                          base::Instant now) {
    auto const& told = finding.told;
    bool const is_overdue = finding.due_at <= now;
    bool const waits_for_its_date = is_taken_on(finding.state) && !is_overdue;
    std::optional<base::Instant> climb, remind;
    if (told.rungs < rule.ladder.size() && !is_taken_on(finding.state))
        climb = timetable.after(*told.first, rule.ladder[told.rungs].after, rule.counts);
    if (rule.remind_after) remind = timetable.after(*told.last, *rule.remind_after, rule.counts);
    if (remind && is_taken_on(finding.state)) remind = std::max(*remind, finding.due_at);
    if (climb && *climb <= now) return {Deed::escalate, Why::unanswered, {}, told.rungs};
    if (remind && *remind <= now) return {Deed::remind, is_taken_on(finding.state) ? Why::overdue : Why::unanswered};
    auto const why = waits_for_its_date ? Why::in_hand : Why::told_recently;
    if (!climb && !remind) return {Deed::rest, why};
    return {Deed::wait, why, {}, {}, climb && remind ? std::min(*climb, *remind) : climb ? climb : remind};
}

}  // namespace

bool uses(RoutingRule const& rule, Channel channel) {
    return std::find(rule.channels.begin(), rule.channels.end(), channel) != rule.channels.end();
}

std::optional<registry::OrganisationId> authority_for(RoutingContent const& content,
                                                      std::optional<std::string> const& sector) {
    auto const found = std::find_if(content.authorities.begin(), content.authorities.end(),
                                    [&sector](SectorAuthority const& each) { return each.sector == sector; });
    return found == content.authorities.end() ? std::nullopt : std::optional(found->organisation);
}

bool fits(RoutingRule const& rule, Finding const& finding, base::Instant now) {
    return holds(rule.classes, finding.rsit_class) && holds(rule.types, finding.identity.type) &&
           holds(rule.problems, finding.identity.problem) && holds(rule.sources, finding.last_source) &&
           holds_any(rule.tags, finding.tags) && holds(rule.sectors, finding.sector) &&
           holds(rule.organisations, finding.identity.organisation) &&
           (!rule.at_least || finding.severity >= *rule.at_least) && (!rule.until || now < *rule.until);
}

std::optional<std::size_t> first_that_fits(RoutingContent const& content, Finding const& finding, base::Instant now) {
    auto const found = std::find_if(content.rules.begin(), content.rules.end(),
                                    [&](RoutingRule const& rule) { return fits(rule, finding, now); });
    if (found == content.rules.end()) return std::nullopt;
    return static_cast<std::size_t>(found - content.rules.begin());
}

RoutingDecision decide(RoutingContent const& content, Finding const& finding, base::Instant now,
                       LastTold const& last_told) {
    if (!is_open(finding.state)) return {Deed::rest, Why::settled};
    if (!finding.identity.organisation) return {Deed::rest, Why::without_owner};
    auto const place = first_that_fits(content, finding, now);
    if (!place) return {Deed::rest, Why::without_rule};
    auto const& rule = content.rules[*place];
    Timetable const timetable(content.hours);
    auto const by_rule = [&](RoutingDecision decision) {
        decision.rule = place;
        bool const is_due = decision.deed != Deed::wait && decision.deed != Deed::rest;
        bool const breaks_through = rule.critical_at_once && finding.severity == Severity::critical;
        if (!is_due || breaks_through) return decision;
        decision.waits = timetable.waiting(rule.leaves, now);
        auto const last = last_told.find({*finding.identity.organisation, *place});
        if (!rule.at_most_every || decision.deed == Deed::escalate || last == last_told.end()) return decision;
        auto const next = timetable.after(last->second, *rule.at_most_every, rule.counts);
        if (next > now && (!decision.waits || next > decision.waits->until)) decision.waits = Waiting{next};
        return decision;
    };
    if (!rule.tells) return by_rule({Deed::rest, Why::suppressed});
    if (finding.state == State::help_needed) return by_rule({Deed::rest, Why::help_needed});
    if (!finding.told.last)
        return by_rule({Deed::tell, finding.state == State::reopened ? Why::came_back : Why::is_new});
    return by_rule(follow_up(rule, timetable, finding, now));
}

}  // namespace kula::findings
