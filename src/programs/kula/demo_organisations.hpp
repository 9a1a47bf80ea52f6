#pragma once
/// @file
/// The demo's organisations, by their names.

#include <string>

#include "base/result.hpp"
#include "registry/registry.hpp"

namespace kula {

/// `not_found` where somebody renamed or removed it.
base::Result<registry::OrganisationId> demo_organisation(std::string const& name, registry::Registry const& registry);

}  // namespace kula
