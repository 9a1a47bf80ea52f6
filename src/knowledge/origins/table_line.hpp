#pragma once
// One line of a table in text: who announces, or which country.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/address.hpp"

namespace kula::origins {

struct LineEntry {
    base::AddressRange range;
    std::uint32_t number;  ///< 0: nobody.
};

/// Without its comment; empty where nothing else is there.
[[nodiscard]] std::string_view without_comment(std::string_view line);
/// `prefix AS`, `first last AS`, `address length AS_AS`.
[[nodiscard]] std::optional<LineEntry> as_number_line(std::string_view line);
/// `prefix CC`, or the prefix alone where the country is told.
[[nodiscard]] std::optional<LineEntry> country_line(std::string_view line, std::string_view country);

}  // namespace kula::origins
