#pragma once
// What the trail is told of changes in the registry.

#include "journal/journal.hpp"
#include "registry/registry.hpp"

namespace kula::registry {

/// What the trail is told an organisation is: a JSON object.
std::string told(Organisation const& organisation);
journal::Fact created(Organisation const& organisation);
journal::Fact changed(Organisation const& before, Organisation const& after);
journal::Fact removed(Organisation const& organisation);
journal::Fact replaced(StoredNationalSpace const& before, StoredNationalSpace const& after);
journal::Fact changed(TeamContent const& before, TeamContent const& after);

}  // namespace kula::registry
