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
/// `refused` for a folder of a demo: its passwords are public.
base::Result<void> refuse_demo_people(access::Access const& access);
/// `refused` for a folder with people of its own: a demo would let anybody in beside them.
base::Result<void> refuse_others_than_demo_people(access::Access const& access);
/// `/desk/demo.json`: `{"people":[{"name","password","roles"}]}`.
std::string demo_people();

}  // namespace kula
