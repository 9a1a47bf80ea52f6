#pragma once
/// @file
/// Text inside of markup. Pure.

#include <string>
#include <string_view>

namespace kula::formats {

/// `&`, `<`, `>`, `"` and `'` as references; for text and attributes alike, in HTML and XML. What XML 1.0 (§2.2) has no
/// place for, not even as a reference, is left out: control characters but tab and line ends, U+FFFE, U+FFFF, and what
/// is no UTF-8.
std::string escaped(std::string_view text);

}  // namespace kula::formats
