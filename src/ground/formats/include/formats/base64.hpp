#pragma once
/// @file
/// Bytes as text in base64 (RFC 4648 §4). Pure.

#include <optional>
#include <string>
#include <string_view>

namespace kula::formats {

/// With padding, in one line.
std::string to_base64(std::string_view bytes);
/// Line ends do not count, padding may be left out. Nothing for other letters, or any behind the padding.
std::optional<std::string> from_base64(std::string_view text);
/// Whether it is what `to_base64` writes of something.
bool is_base64(std::string_view text);

}  // namespace kula::formats
