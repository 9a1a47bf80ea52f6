#pragma once
/// @file
/// SHA-256 (FIPS 180-4): for keys that follow from a content, so that the same thing stored twice is one row.

#include <array>
#include <cstdint>
#include <string_view>

namespace kula::storage {

std::array<std::uint8_t, 32> sha256(std::string_view bytes);

}  // namespace kula::storage
