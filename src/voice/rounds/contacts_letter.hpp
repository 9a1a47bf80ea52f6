#pragma once
// Writes the mail that asks whether contacts are right: data/templates, filled in. Pure.

#include <optional>
#include <string>

#include "findings/routing.hpp"
#include "letter_form.hpp"
#include "registry/registry.hpp"

namespace kula::rounds {

/// What is to be written, to whom.
struct ContactsMatter {
    registry::Organisation const& organisation;  ///< Whose contacts they are.
    registry::Freshness step;                    ///< That is taken.
    findings::Side side;                         ///< The reader's.
    registry::Contact const& contact;            ///< Who reads it.
    registry::TeamContent const& team;
    std::optional<AnswerLink> link{};
};

/// That of the organisation, TLP:AMBER at least: these are persons.
base::Marking marking_of(registry::Organisation const& organisation);
/// Without id and ticket.
notify::Letter letter_of(ContactsMatter const& matter, base::Instant now);

}  // namespace kula::rounds
