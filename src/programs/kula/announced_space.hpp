#pragma once
/// @file
/// The national space with what its AS numbers announce.

#include <span>

#include "indicators/snapshot.hpp"
#include "registry/national_space.hpp"

namespace kula {

/// The same space, to whose ranges those are added that the table says a national AS number announces. Pure.
registry::NationalSpace with_announced(registry::NationalSpace const& space,
                                       std::span<indicators::AsOrigin const> table);

}  // namespace kula
