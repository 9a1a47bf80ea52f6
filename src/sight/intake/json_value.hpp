#pragma once
// JSON values in a text that comes piece by piece. Pure.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "row.hpp"

namespace kula::intake {

/// Deeper values are no rows: what writes them calls itself for every level.
constexpr std::size_t deepest_value = 64;

struct ValueEnd {
    std::size_t length;
    std::size_t depth;
};

/// Where the JSON value ends that the text begins with; nothing while its end has not come. One that is never closed
/// ends in front of a line that begins with a brace where no value can stand, so that it takes no other with it.
std::optional<ValueEnd> end_of_value(std::string_view text);

/// The value; nothing where it is none that a row can be, which `sink` was told.
std::optional<Json> parse_value(std::string_view text, std::size_t depth, std::uint64_t line, RowSink& sink);

/// One row, with these cells beside it; what is no object is broken.
void take_object(Json const& value, std::string_view raw, std::uint64_t line, RowSink& sink,
                 Cells const* beside = nullptr);

}  // namespace kula::intake
