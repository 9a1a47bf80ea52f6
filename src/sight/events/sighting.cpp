#include "events/sighting.hpp"

#include <algorithm>
#include <array>

namespace kula::events {
namespace {

constexpr std::array<std::string_view, direction_count> directions{"outbound", "inbound", "internal", "transit",
                                                                   "unknown"};
constexpr std::array<std::string_view, 6> sides{"source", "destination", "query", "host", "sni", "file"};

template <class Value, std::size_t size>
std::optional<Value> find(std::array<std::string_view, size> const& names, std::string_view text) {
    auto const found = std::find(names.begin(), names.end(), text);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Value>(found - names.begin()));
}

}  // namespace

std::string_view to_text(Direction direction) { return directions.at(static_cast<std::size_t>(direction)); }
std::string_view to_text(Side side) { return sides.at(static_cast<std::size_t>(side)); }
std::optional<Direction> parse_direction(std::string_view text) { return find<Direction>(directions, text); }
std::optional<Side> parse_side(std::string_view text) { return find<Side>(sides, text); }

}  // namespace kula::events
