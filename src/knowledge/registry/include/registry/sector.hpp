#pragma once
/// @file
/// The sectors that organisations belong to (NIS2, annexes I and II, and a few more), in every language of the desk.
/// Data, not code: `data/i18n/sectors.json`.

#include <string>
#include <string_view>
#include <vector>

namespace kula::registry {

struct Sector {
    std::string id;
    std::string en;
    std::string mk;
    std::string sq;
};

/// In the order to show them.
std::vector<Sector> const& sectors();
bool is_sector(std::string_view id);

}  // namespace kula::registry
