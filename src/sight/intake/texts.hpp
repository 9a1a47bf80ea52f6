#pragma once
// Bytes as text.

#include <cstddef>
#include <span>
#include <string_view>

#include "base/ascii.hpp"

namespace kula::intake {

inline std::string_view as_text(std::span<std::byte const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Bytes that file systems take.
inline constexpr std::size_t longest_file_name = 255;

inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// Takes the mark off a text's beginning; false while it cannot be told whether one is there.
inline bool step_over_mark(std::string_view& text, bool more_may_come) {
    bool const may_come = text.size() < byte_order_mark.size() && byte_order_mark.starts_with(text);
    if (may_come && more_may_come) return false;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    return true;
}

using base::trimmed;

}  // namespace kula::intake
