#pragma once
/// @file
/// Who may sign in to the demo: one invented person for each role, all with one password that the sign-in page shows.

#include <string>

#include "access/access.hpp"
#include "base/result.hpp"
#include "registry/registry.hpp"

namespace kula {

/// Invites and enrols those who are not there yet. Again is harmless.
base::Result<void> make_demo_people(access::Access& access, registry::Registry const& registry);
/// `/desk/demo.json`: `{"people":[{"name","password","roles"}]}`.
std::string demo_people();

}  // namespace kula
