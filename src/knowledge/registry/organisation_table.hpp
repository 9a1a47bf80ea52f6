#pragma once
// SQL of the tables organisation, organisation_network and organisation_contact.

#include <optional>
#include <string_view>
#include <vector>

#include "registry/attribution.hpp"
#include "registry/freshness.hpp"
#include "registry/organisation.hpp"
#include "storage/session.hpp"

namespace kula::registry::organisation_table {

std::optional<Organisation> find(storage::Session const& session, OrganisationId id);
std::optional<OrganisationId> find_by_key(storage::Session const& session, std::string_view name_key);

void insert(storage::Session& session, Organisation const& organisation);
/// Everything but the creation; networks and contacts that stay keep their rows. Changed contacts are confirmed ones.
void update(storage::Session& session, Organisation& organisation);
void confirm_contacts(storage::Session& session, OrganisationId id, base::Instant at);
/// Those with contacts that were confirmed at this moment or before, the longest unconfirmed first.
std::vector<StaleContacts> stale_contacts(storage::Session const& session, base::Instant confirmed_until,
                                          std::size_t limit);
void remove(storage::Session& session, OrganisationId id);

/// All organisations with their networks, for the attribution.
std::vector<Attribution::Claimant> claimants(storage::Session const& session);

}  // namespace kula::registry::organisation_table
