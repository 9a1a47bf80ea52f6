#pragma once
// SQL of the tables organisation, organisation_network and organisation_contact.

#include <optional>
#include <string_view>
#include <vector>

#include "registry/attribution.hpp"
#include "registry/registry.hpp"
#include "storage/session.hpp"
#include "storage/where.hpp"

namespace kula::registry::organisation_table {

std::optional<Organisation> find(storage::Session const& session, OrganisationId id);
std::optional<OrganisationId> find_by_key(storage::Session const& session, std::string_view name_key);

void insert(storage::Session& session, Organisation const& organisation);
/// Everything but the creation; networks and contacts that stay keep their rows. Changed contacts are confirmed ones.
void update(storage::Session& session, Organisation& organisation);
void confirm_contacts(storage::Session& session, OrganisationId id, base::Instant at);
/// Only those with contacts whose `freshness_of` is this one, or further.
void add_freshness(storage::Where& where, Freshness from, base::Instant now);
/// Those that are due, the longest unconfirmed first.
std::vector<StaleContacts> stale_contacts(storage::Session const& session, base::Instant now, std::size_t limit);
/// Organisations about whose contacts somebody was asked later than this.
std::size_t asked_since(storage::Session const& session, base::Instant moment);
/// False where it is no longer as it was.
bool take_step(storage::Session& session, StaleContacts const& before, ContactsAsking const& after);
void remove(storage::Session& session, OrganisationId id);

/// All organisations with their networks, for the attribution.
std::vector<Attribution::Claimant> claimants(storage::Session const& session);

}  // namespace kula::registry::organisation_table
