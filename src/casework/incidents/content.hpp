#pragma once
// What people tell of an incident: held to its rules, in one form, and as JSON.

#include "base/actor.hpp"
#include "base/checks.hpp"
#include "base/result.hpp"
#include "incidents/incidents.hpp"
#include "registry/fold.hpp"

namespace kula::incidents {

/// Trimmed, each entry of a list once, tags in small letters. `invalid` names every field that breaks a rule.
base::Result<IncidentContent> checked(IncidentContent content, base::Clearance const& writer);
/// At most so many bytes of clean UTF-8.
void check_text(base::Checks& checks, std::string_view field, std::string const& text, std::size_t longest,
                registry::LineBreaks line_breaks);
/// Readers stand under TLP:RED, and only there; where nobody is named, whoever writes it is.
void check_readers(base::Checks& checks, base::Marking const& marking, base::Readers& readers,
                   base::Clearance const& writer);
/// One line or several, trimmed; `invalid` names the field.
base::Result<std::string> checked_text(std::string_view field, std::string_view text, std::size_t longest);

/// `before` and `after`, each with the members in which they differ; null where they do not.
Json difference(IncidentContent const& before, IncidentContent const& after);

}  // namespace kula::incidents
