#pragma once
/// @file
/// Domain names in canonical form, and the undoing of defanging. Inside the room: `Value` and the snapshot share it.
/// Pure; safe from any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formats/url.hpp"

namespace kula::indicators {

/// The longest text that is looked at, in bytes; the canonical form keeps to it too.
inline constexpr std::size_t longest_value = formats::longest_url;

/// `formats::canonical_domain` of it. A leading `*.` or `.` is dropped: an indicator of a domain speaks of its
/// subdomains anyway.
std::optional<std::string> canonical_domain(std::string_view text);

/// Undoes `hxxp`, `[.]`, `(dot)`, `[:]` and their like. In a path only if scheme or host were defanged as well, for a
/// path may hold brackets of its own. Nothing if there is nothing to undo.
std::optional<std::string> refanged(std::string_view text);

/// Is every byte part of well-formed UTF-8 and none a control character (a tab is none)?
bool is_clean_text(std::string_view text);

}  // namespace kula::indicators
