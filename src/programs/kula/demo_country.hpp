#pragma once
/// @file
/// The invented country of `kula demo`: what is shipped in data/demo, brought into the rooms as an operator would.

#include "base/result.hpp"
#include "indicators/store.hpp"
#include "indicators/warninglist.hpp"
#include "registry/registry.hpp"
#include "simulation/traffic.hpp"

namespace kula {

/// Organisations, national space, the team and indicator lists, by the same imports that an operator uses. Again is harmless.
base::Result<void> import_demo_country(registry::Registry& registry, indicators::Store& indicators);

/// The same country as its traffic sees it.
simulation::Country demo_traffic_country();

/// What the demo knows to be harmless.
base::Result<indicators::Warninglists> demo_warninglists();

/// Text of the demo's table of countries.
std::string_view demo_countries();

}  // namespace kula
