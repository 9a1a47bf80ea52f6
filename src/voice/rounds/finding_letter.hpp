#pragma once
// Writes the mail about findings: data/templates, filled in. Pure.

#include <optional>
#include <string>

#include "findings/plan.hpp"
#include "findings/routing.hpp"
#include "letter_form.hpp"
#include "notify/letter.hpp"
#include "registry/team.hpp"
#include "reports.hpp"

namespace kula::rounds {

/// Shown in the text of each kind; the rest is in the table.
constexpr std::size_t most_listed = 10;
/// Kinds of findings in one text; of others it is said how many findings they are.
constexpr std::size_t most_kinds = 25;

/// What is to be written, to whom.
struct Matter {
    findings::PlannedMessage const& message;
    findings::RoutingRule const& rule;
    std::string const& organisation;  ///< Name of the one that the findings are at.
    registry::Contact const& contact;
    registry::TeamContent const& team;
    std::optional<AnswerLink> link{};
    Reports reports{};
};

/// The strictest of what it tells.
base::Marking marking_of(findings::PlannedMessage const& message);
/// That of the rule, else as of any letter.
base::Language language_of(Matter const& matter);
/// Without id and ticket.
notify::Letter letter_of(Matter const& matter);

}  // namespace kula::rounds
