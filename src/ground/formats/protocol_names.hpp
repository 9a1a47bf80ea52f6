#pragma once
/// @file
/// Keywords of IP protocols. Source: IANA, Assigned Internet Protocol Numbers, and what common tools write. Pure.

#include <cstdint>
#include <optional>
#include <string_view>

namespace kula::formats {

/// The number of a keyword in lower case.
[[nodiscard]] std::optional<std::uint8_t> protocol_number(std::string_view keyword);

}  // namespace kula::formats
