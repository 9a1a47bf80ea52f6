#pragma once
/// @file
/// Direction of a flow relative to the national address space.

#include <cstdint>
#include <optional>
#include <string_view>

namespace kula::match {

enum class Direction : std::uint8_t {
    outbound,  ///< The source is national, the destination is not.
    inbound,   ///< The destination is national, the source is not.
    internal,  ///< Both ends are national.
    transit,   ///< Neither end is.
    unknown,   ///< The national space is not known.
};

/// `outbound`, `inbound`, `internal`, `transit`, `unknown`.
std::string_view to_text(Direction direction);
std::optional<Direction> parse_direction(std::string_view text);

constexpr Direction direction_of(bool source_is_national, bool destination_is_national) {
    if (source_is_national) return destination_is_national ? Direction::internal : Direction::outbound;
    return destination_is_national ? Direction::inbound : Direction::transit;
}

}  // namespace kula::match
