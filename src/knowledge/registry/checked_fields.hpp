#pragma once
// The part of `checked` that looks at each field by itself: for a row of an import, which may speak of some fields
// only.

#include "registry/organisation.hpp"

namespace kula::registry {

base::Result<OrganisationContent> checked_fields(OrganisationContent content);

}  // namespace kula::registry
