#pragma once
// The part of `checked` that looks at each field by itself: for a row of an import, which may speak of some fields
// only.

#include "checks.hpp"
#include "registry/organisation.hpp"

namespace kula::registry {

/// Puts the content in its canonical form; what is wrong with it goes to `checks`.
void check_fields(OrganisationContent& content, Checks& checks);

}  // namespace kula::registry
