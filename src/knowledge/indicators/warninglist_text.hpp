#pragma once
/// @file
/// One warning list as it stands in its file. Inside the room.

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "indicators/warninglist.hpp"

namespace kula::indicators {

/// Which kinds of indicators a list speaks of, by `Kind`.
using Kinds = std::bitset<9>;

struct WarninglistText {
    Warninglist about;
    Kinds kinds;
    std::vector<std::string> entries;
};

/// Fails with `invalid`: no JSON, no name, no list, an unknown type.
base::Result<WarninglistText> parse_warninglist(std::string_view json);

/// `/expression/flags` of PHP as RE2 writes it; fails with `invalid` for a flag or form that RE2 has not.
base::Result<std::string> expression_of(std::string_view php);

}  // namespace kula::indicators
