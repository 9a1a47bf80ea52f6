#pragma once
// Pages of organisations.

#include "base/result.hpp"
#include "registry/registry.hpp"
#include "storage/session.hpp"

namespace kula::registry {

base::Result<OrganisationPage> list_organisations(storage::Session const& session, OrganisationQuery const& query);

}  // namespace kula::registry
