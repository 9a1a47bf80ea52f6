#pragma once
// Pages of organisations.

#include "base/result.hpp"
#include "registry/registry.hpp"
#include "storage/session.hpp"

namespace kula::registry {

base::Result<OrganisationPage> list_organisations(storage::Session const& session, OrganisationQuery const& query,
                                                  base::Instant now);
base::Result<std::vector<OrganisationSummary>> organisations_among(storage::Session const& session,
                                                                   std::vector<OrganisationId> const& ids,
                                                                   OrganisationQuery const& query, base::Instant now);

}  // namespace kula::registry
