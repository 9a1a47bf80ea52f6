#pragma once
/// @file
/// What the rules would have sent now: which messages, to whom, with which findings, and what is not told and why.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "findings/findings.hpp"
#include "findings/routing.hpp"
#include "registry/registry.hpp"

namespace kula::findings {

/// Findings in all messages of one plan; what is beyond is planned when these are told.
constexpr std::size_t most_planned = 20'000;
/// Shown of what is not told, for each reason.
constexpr std::size_t most_samples = 5;

struct PlannedFinding {
    Finding finding;
    Why why = Why::is_new;
};

struct PlannedMessage {
    registry::OrganisationId organisation;  ///< Whose findings they are.
    std::size_t rule = 0;                   ///< Place in the list.
    Deed deed = Deed::tell;                 ///< `remind` where nothing in it is new.
    std::optional<std::size_t> rung{};      ///< Of an escalation.
    Side side = Side::organisation;
    std::optional<registry::OrganisationId> addressed{};  ///< Whose contacts are told; absent for the team itself.
    /// With a mail address; the first one first. Nobody: it cannot be sent, and somebody has to find a contact.
    std::vector<registry::Contact> recipients{};
    std::vector<PlannedFinding> findings{};
    std::optional<Waiting> waits{};  ///< It may not leave yet; till then it is planned anew with whatever has come.
};

/// Why, by which rule, and how many.
struct NotTold {
    Why why = Why::without_rule;
    std::optional<std::size_t> rule{};
    std::size_t findings = 0;
    std::vector<Finding> samples{};
};

struct Plan {
    base::Instant at{};
    std::vector<PlannedMessage> messages{};  ///< What leaves now first; escalations first, then by severity.
    std::vector<NotTold> not_told{};
    std::size_t findings = 0;  ///< That were looked at.
    bool is_whole = true;      ///< There was room for all.
};

struct PlanQuery {
    base::Instant at{};
    /// A rehearsal: only what came since, as if nobody had been told of it yet.
    std::optional<base::Instant> received_since{};
};

/// `unavailable` where the database does not answer.
base::Result<Plan> make_plan(RoutingContent const& content, Findings const& findings,
                             registry::Registry const& registry, PlanQuery const& query);

}  // namespace kula::findings
