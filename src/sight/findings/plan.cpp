#include "findings/plan.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace kula::findings {
namespace {

using registry::Contact;
using registry::OrganisationId;

constexpr std::size_t planned_at_once = 1000;

/// Finds who is meant; each organisation is asked for once.
class Addressees {
public:
    Addressees(RoutingContent const& content, registry::Registry const& registry)
        : content_(content), registry_(registry) {}

    /// Whose contacts they are, and those who are meant.
    base::Result<std::vector<Contact>> of(PlannedMessage& message, RoutingRule const& rule) {
        message.addressed = message.organisation;
        if (!message.rung) return of_organisation(message.organisation, rule.roles);
        auto const& rung = rule.ladder[*message.rung];
        if (rung.side == Side::team) {
            message.addressed.reset();
            return team();
        }
        auto roles = rule.roles;
        roles.insert(roles.begin(), rung.role);
        if (rung.side == Side::organisation) return of_organisation(message.organisation, roles);
        auto const other = other_side(message.organisation, rung.side);
        if (!other) return other.error();
        if (!*other) return std::vector<Contact>();
        message.addressed = *other;
        return of_organisation(**other, roles);
    }

private:
    /// Who stands on this side of the organisation; nothing where nobody does, or it is itself the authority.
    base::Result<std::optional<OrganisationId>> other_side(OrganisationId id, Side side) {
        auto const own = find(id);
        if (!own) return own.error();
        if (!*own) return std::optional<OrganisationId>();
        if (side == Side::parent) return (*own)->parent;
        auto const authority = authority_for(content_, (*own)->sector);
        return authority == id ? std::nullopt : authority;
    }
    base::Result<std::vector<Contact>> of_organisation(OrganisationId id, std::vector<std::string> const& roles) {
        auto const found = find(id);
        if (!found) return found.error();
        return *found ? contacts_for((*found)->contacts, roles) : std::vector<Contact>();
    }
    [[nodiscard]] std::vector<Contact> team() const {
        auto const own = registry_.team()->as_contact();
        return own ? std::vector{*own} : std::vector<Contact>();
    }
    /// Null where it is gone.
    base::Result<registry::OrganisationContent const*> find(OrganisationId id) {
        auto known = organisations_.find(id);
        if (known == organisations_.end()) {
            auto found = registry_.find(id, base::Clearance::everything());
            if (!found && found.error().fault != base::Fault::not_found) return found.error();
            auto content = found ? std::optional(std::move(found->content)) : std::nullopt;
            known = organisations_.emplace(id, std::move(content)).first;
        }
        return known->second ? &*known->second : nullptr;
    }

    RoutingContent const& content_;
    registry::Registry const& registry_;
    std::map<OrganisationId, std::optional<registry::OrganisationContent>> organisations_{};
};

class Planner {
public:
    Planner(RoutingContent const& content, base::Instant at, LastTold last_told)
        : content_(content), last_told_(std::move(last_told)) {
        plan_.at = at;
    }

    void take(Finding finding) {
        ++plan_.findings;
        auto const decision = decide(content_, finding, plan_.at, last_told_);
        if (decision.deed == Deed::wait || decision.deed == Deed::rest) return pass_over(decision, std::move(finding));
        // What waits takes no room from what may leave, and is no work that goes on.
        auto& planned = decision.waits ? waiting_ : planned_;
        if (planned == most_planned) {
            plan_.is_whole = plan_.is_whole && decision.waits.has_value();
            return;
        }
        ++planned;
        auto& message = message_for(decision, finding);
        if (decision.deed == Deed::tell) message.deed = Deed::tell;
        message.findings.push_back({std::move(finding), decision.why});
    }

    base::Result<Plan> finish(registry::Registry const& registry) && {
        Addressees addressees(content_, registry);
        for (auto& [key, message] : messages_) {
            auto recipients = addressees.of(message, content_.rules[message.rule]);
            if (!recipients) return recipients.error();
            message.recipients = std::move(*recipients);
            plan_.messages.push_back(std::move(message));
        }
        for (auto& [key, entry] : not_told_) plan_.not_told.push_back(std::move(entry));
        auto const worst = [](PlannedMessage const& message) {
            return std::max_element(
                       message.findings.begin(), message.findings.end(),
                       [](auto const& a, auto const& b) { return a.finding.severity < b.finding.severity; })
                ->finding.severity;
        };
        std::stable_sort(plan_.messages.begin(), plan_.messages.end(), [&](auto const& a, auto const& b) {
            return std::tuple(!a.waits, a.rung.has_value(), worst(a)) >
                   std::tuple(!b.waits, b.rung.has_value(), worst(b));
        });
        return std::move(plan_);
    }

private:
    /// Organisation, rule, rung from 1 on, whether it waits, and what else findings share.
    using Key = std::tuple<OrganisationId, std::size_t, std::size_t, bool, std::string>;

    PlannedMessage& message_for(RoutingDecision const& decision, Finding const& finding) {
        auto const& rule = content_.rules[*decision.rule];
        std::string shared;
        if (rule.together == Together::type) shared = finding.identity.type;
        if (rule.together == Together::finding) shared = finding.id.text();
        auto const organisation = *finding.identity.organisation;
        Key key{organisation, *decision.rule, decision.rung ? *decision.rung + 1 : 0, decision.waits.has_value(),
                std::move(shared)};
        auto const [found, is_new] =
            messages_.try_emplace(std::move(key), PlannedMessage{organisation, *decision.rule});
        if (is_new) {
            found->second.deed = decision.deed;
            found->second.rung = decision.rung;
            found->second.waits = decision.waits;
            if (decision.rung) found->second.side = rule.ladder[*decision.rung].side;
        }
        return found->second;
    }
    void pass_over(RoutingDecision const& decision, Finding finding) {
        auto& entry = not_told_[{decision.why, decision.rule}];
        entry.why = decision.why;
        entry.rule = decision.rule;
        ++entry.findings;
        if (entry.samples.size() < most_samples) entry.samples.push_back(std::move(finding));
    }

    RoutingContent const& content_;
    LastTold const last_told_;
    Plan plan_{};
    std::size_t planned_ = 0, waiting_ = 0;
    std::map<Key, PlannedMessage> messages_{};
    std::map<std::pair<Why, std::optional<std::size_t>>, NotTold> not_told_{};
};

std::vector<State> open_states() {
    std::vector<State> out;
    std::copy_if(all_states.begin(), all_states.end(), std::back_inserter(out), is_open);
    return out;
}

/// Calls `take` with all that the query means.
template <class Take>
base::Result<void> each_found(Findings const& findings, FindingQuery query, Take take) {
    query.limit = planned_at_once;
    query.clearance = base::Clearance::everything();
    do {
        auto page = findings.list(query);
        if (!page) return page.error();
        for (auto& finding : page->items) take(std::move(finding));
        query.cursor = page->next;
    } while (!query.cursor.empty());
    return {};
}

/// By all rules that keep an interval; what was told by a finding that is settled counts as well.
base::Result<LastTold> last_told_by(RoutingContent const& content, Findings const& findings, base::Instant at) {
    LastTold out;
    std::chrono::days longest{0};
    for (auto const& rule : content.rules) longest = std::max(longest, rule.at_most_every.value_or(longest));
    if (longest == std::chrono::days(0)) return out;
    // Of working days so many are in thrice as many days.
    auto const done = each_found(findings, {.told_since = at - 3 * longest}, [&](Finding const& finding) {
        auto const place = first_that_fits(content, finding, at);
        if (!place || !finding.identity.organisation) return;
        auto& last = out[{*finding.identity.organisation, *place}];
        last = std::max(last, *finding.told.last);
    });
    if (!done) return done.error();
    return out;
}

}  // namespace

base::Result<Plan> make_plan(RoutingContent const& content, Findings const& findings,
                             registry::Registry const& registry, PlanQuery const& query) {
    // A rehearsal is as if nobody had been told.
    auto last_told =
        query.received_since ? base::Result<LastTold>(LastTold()) : last_told_by(content, findings, query.at);
    if (!last_told) return last_told.error();
    Planner planner(content, query.at, std::move(*last_told));
    auto const taken =
        each_found(findings, {.states = open_states(), .sort = FindingSort::severity_descending}, [&](Finding finding) {
            if (query.received_since && finding.last_received < *query.received_since) return;
            if (query.received_since) finding.told = {};
            planner.take(std::move(finding));
        });
    if (!taken) return taken.error();
    return std::move(planner).finish(registry);
}

}  // namespace kula::findings
