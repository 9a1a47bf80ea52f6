#pragma once
/// @file
/// Who announces what: a table of AS numbers, as published by those who watch the routing system.
///
/// One entry a line: `first<TAB>last<TAB>AS…` or `prefix<TAB>AS…`; comma, semicolon or blank instead of the tab,
/// `AS64500` or `64500`, further columns ignored, `#` begins a comment. AS number 0 means "nobody" and is passed over.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "indicators/snapshot.hpp"

namespace kula::indicators {

struct AsTable {
    std::vector<AsOrigin> origins{};
    std::uint64_t skipped = 0;        ///< Lines that are no entry.
    std::uint64_t first_skipped = 0;  ///< Line number of the first of them, from 1.
};

AsTable parse_as_table(std::string_view text);

}  // namespace kula::indicators
