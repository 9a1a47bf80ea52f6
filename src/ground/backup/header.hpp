#pragma once
/// @file
/// The first lines of a backup, in the clear: its format and who can find the key of what follows.

#include <string>
#include <string_view>

#include "backup/content.hpp"

namespace kula::backup {

constexpr std::size_t longest_header = 8192;
constexpr std::size_t most_recipients = 16;

/// The header's text for a key; `invalid` for a recipient that is none.
base::Result<std::string> header_for(seals::StreamKey const& key, Sealing const& sealing);

/// How long the header is in these first bytes; nothing while its end is not among them.
std::optional<std::size_t> header_length(std::string_view bytes);

/// The key. `invalid` for what is no header, a newer format, or where none of the keys opens it (which says so).
base::Result<seals::StreamKey> key_from(std::string_view header, Keys const& keys);

}  // namespace kula::backup
