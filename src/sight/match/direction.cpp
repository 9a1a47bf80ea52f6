#include "match/direction.hpp"

#include <algorithm>
#include <array>

namespace kula::match {
namespace {

constexpr std::array<std::string_view, 5> words{"outbound", "inbound", "internal", "transit", "unknown"};

}  // namespace

std::string_view to_text(Direction direction) { return words.at(static_cast<std::size_t>(direction)); }

std::optional<Direction> parse_direction(std::string_view text) {
    auto const found = std::find(words.begin(), words.end(), text);
    if (found == words.end()) return std::nullopt;
    return static_cast<Direction>(found - words.begin());
}

}  // namespace kula::match
