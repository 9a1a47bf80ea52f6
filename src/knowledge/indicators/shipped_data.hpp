#pragma once
/// @file
/// What the build compiles in from `data/`. Inside the room.

#include <string_view>

namespace kula::indicators {

std::string_view shipped_rsit();   ///< `data/rsit.json`
std::string_view shipped_decay();  ///< `data/indicator_decay.json`

}  // namespace kula::indicators
