#pragma once
// SQL of the table organisation_proposal.

#include "registry/proposal.hpp"
#include "storage/session.hpp"

namespace kula::registry::proposal_table {

std::optional<Proposal> find(storage::Session const& session, ProposalId id);
/// The JSON of what may be proposed; of a proposal that is there.
std::string content_of(storage::Session const& session, ProposalId id);
std::int64_t open_of(storage::Session const& session, OrganisationId organisation);
/// `invalid` for a cursor or limit out of bounds.
base::Result<ProposalPage> list(storage::Session const& session, ProposalQuery const& query);

void insert(storage::Session& session, Proposal const& proposal, std::string_view content);
/// State, reason, decision and record.
void update(storage::Session& session, Proposal const& proposal);

}  // namespace kula::registry::proposal_table
