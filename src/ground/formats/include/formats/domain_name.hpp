#pragma once
/// @file
/// Domain names in the one form that is stored and compared. Pure; safe from any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kula::formats {

/// RFC 1035 §2.3.4, as text without the root's dot.
inline constexpr std::size_t longest_domain_name = 253;

/// ASCII (UTS #46, non-transitional, for a name with other letters), lower case, no final dot. Nothing where the text
/// is no name: at least two labels of 1 to 63 letters, digits, `-` or `_`, and a last label of two or more that begins
/// with a letter (so that a broken address is no domain).
std::optional<std::string> canonical_domain(std::string_view text);

/// As `canonical_domain`, and also a name of one label, as machines have them: `localhost`, `wpad`, `com`.
std::optional<std::string> canonical_host_name(std::string_view text);

}  // namespace kula::formats
