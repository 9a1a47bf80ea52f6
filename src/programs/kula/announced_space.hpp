#pragma once
/// @file
/// The national space with what its AS numbers announce.

#include "origins/table.hpp"
#include "registry/national_space.hpp"

namespace kula {

/// The same space, to whose ranges those are added that the table says a national AS number announces. Pure.
registry::NationalSpace with_announced(registry::NationalSpace const& space, origins::AsTable const& table);

}  // namespace kula
