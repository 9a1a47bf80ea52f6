#pragma once
/// @file
/// YAML (1.1, as libyaml reads it) of reports that machines write: small, without anchors. Pure.
///
/// Every scalar is a text: what a number or a moment is, the reader of the report knows. Aliases are refused, so that
/// nothing grows when it is unfolded; a name that an object tells twice is refused, since one of its values would be
/// lost.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace kula::formats {

struct YamlValue {
    enum class Kind : std::uint8_t { nothing, text, list, object };
    Kind kind = Kind::nothing;  ///< `nothing`: empty, `~` or `null`, without quotes.
    std::string text{};
    std::vector<YamlValue> elements{};
    std::vector<std::pair<std::string, YamlValue>> members{};  ///< In their order.
};

constexpr std::size_t longest_yaml = 1 << 20;  ///< Bytes.
constexpr std::size_t deepest_yaml = 64;       ///< Lists and objects one in the other.
constexpr std::size_t most_yaml_values = 100'000;

/// All documents of the text, which is UTF-8 or UTF-16 by its mark. `invalid` says what is wrong, and in which line.
base::Result<std::vector<YamlValue>> parse_yaml(std::string_view text);

}  // namespace kula::formats
