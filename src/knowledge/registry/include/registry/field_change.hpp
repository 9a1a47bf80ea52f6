#pragma once
/// @file
/// What differs between two contents of an organisation, field by field, as people are shown it. Pure.

#include <optional>
#include <string>
#include <vector>

#include "registry/organisation.hpp"

namespace kula::registry {

struct FieldChange {
    std::string field;                    ///< As in the API: `sector`, `networks`, `contacts`, `contacts.email`, `tlp`.
    std::optional<std::string> of{};      ///< Of a contact's field: the contact's name.
    std::optional<std::string> before{};  ///< Absent where there was nothing: added.
    std::optional<std::string> after{};   ///< Absent where nothing is left: removed.
    friend bool operator==(FieldChange const&, FieldChange const&) = default;
};

/// In the order of a form. A network or contact that came or went is one change; a contact that stays, by its name, is
/// told field by field; keys by their fingerprints, the parent by its id.
std::vector<FieldChange> changes_between(OrganisationContent const& before, OrganisationContent const& after);
std::vector<FieldChange> changes_between(base::Marking const& before, base::Marking const& after);

}  // namespace kula::registry
