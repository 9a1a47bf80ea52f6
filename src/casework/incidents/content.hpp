#pragma once
// What people tell of an incident: held to its rules, in one form, and as JSON.

#include "base/actor.hpp"
#include "base/checks.hpp"
#include "base/result.hpp"
#include "incidents/incidents.hpp"

namespace kula::incidents {

/// Trimmed, each entry of a list once, tags in small letters. `invalid` names every field that breaks a rule.
base::Result<IncidentContent> checked(IncidentContent content, base::Clearance const& writer);
/// One line or several, trimmed; `invalid` names the field.
base::Result<std::string> checked_text(std::string_view field, std::string_view text, std::size_t longest);

/// `before` and `after`, each with the members in which they differ; null where they do not.
Json difference(IncidentContent const& before, IncidentContent const& after);

}  // namespace kula::incidents
