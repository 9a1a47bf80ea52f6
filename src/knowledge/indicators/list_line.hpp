#pragma once
/// @file
/// One line of a plain list. Inside the room.

#include <string_view>

#include "indicators/list.hpp"

namespace kula::indicators {

inline constexpr std::size_t longest_comment = 500;
inline constexpr std::size_t longest_skipped_text = 200;

std::string_view trim_blanks(std::string_view text);

/// Nothing to count: empty, or a comment.
bool is_silent_line(std::string_view line);

/// The value, and what stands behind it put into `attributes`, which the caller has cleared.
base::Result<Value> parse_plain_line(std::string_view line, ReservedSpace reserved, Attributes& attributes);

/// At most `longest` bytes, cut between characters; empty if it is no clean UTF-8.
std::string_view clean_start(std::string_view text, std::size_t longest);

/// At most `longest_skipped_text` bytes to show to people: what is not clean is replaced by `?`.
std::string shown(std::string_view text);

}  // namespace kula::indicators
