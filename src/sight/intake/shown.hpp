#pragma once
// Bytes for the eye.

#include <string>
#include <string_view>

namespace kula::intake {

/// Well-formed UTF-8 on one line: what is none is taken for ISO 8859-1, control characters are pictures of themselves
/// (U+2400), and what turns the direction of text is U+FFFD.
std::string shown(std::string_view bytes);

}  // namespace kula::intake
