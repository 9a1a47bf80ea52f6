#pragma once
// What the trail is told of changes in the registry.

#include "journal/journal.hpp"
#include "registry/registry.hpp"

namespace kula::registry {

journal::Fact created(Organisation const& organisation);
journal::Fact changed(Organisation const& before, Organisation const& after);
journal::Fact removed(Organisation const& organisation);
/// With how many there are.
journal::Fact contacts_confirmed(Organisation const& organisation);
/// With the step, and what was written; without that where nobody could be written to.
journal::Fact contacts_asked(StaleContacts const& before, Freshness step, std::string const& about);
/// With what would change; a refusal with its reason.
journal::Fact proposal_made(Proposal const& proposal);
journal::Fact proposal_decided(Proposal const& proposal);
journal::Fact replaced(StoredNationalSpace const& before, StoredNationalSpace const& after);
journal::Fact changed(TeamContent const& before, TeamContent const& after);

}  // namespace kula::registry
