#pragma once
// SQL as text: places for values, statements of a script, what may be stored as text.

#include <string>
#include <string_view>
#include <vector>

namespace kula::storage {

/// Every `?` outside quotes and comments becomes `prefix` and its number, from 1: `:v1` for SOCI, `$1` for libpq.
std::string numbered_places(std::string_view sql, std::string_view prefix);

/// The statements of a script, split at `;` outside quotes and comments, without empty ones.
std::vector<std::string> split_statements(std::string_view script);

/// Well-formed UTF-8 (RFC 3629) without NUL: what both databases keep unchanged.
bool is_storable_text(std::string_view text);

}  // namespace kula::storage
