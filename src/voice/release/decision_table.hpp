#pragma once
// SQL of the tables release_decision and plain_agreement.

#include "release/gate.hpp"
#include "storage/session.hpp"

namespace kula::release::decision_table {

void insert(storage::Session& session, DecisionRecord const& record);
std::optional<DecisionRecord> find(storage::Session const& session, DecisionId id);
/// Oldest first.
std::vector<DecisionRecord> about(storage::Session const& session, std::string const& about);

std::optional<PlainAgreement> agreement(storage::Session const& session, registry::OrganisationId organisation);
/// New, or in place of what was.
void put_agreement(storage::Session& session, registry::OrganisationId organisation, PlainAgreement const& agreement);
/// Whether there was one.
bool remove_agreement(storage::Session& session, registry::OrganisationId organisation);

}  // namespace kula::release::decision_table
