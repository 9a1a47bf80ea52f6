#pragma once
// What the build compiles in from `data/i18n/sectors.json`.

#include <string_view>

namespace kula::registry {

std::string_view shipped_sectors();

}  // namespace kula::registry
