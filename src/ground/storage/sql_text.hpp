#pragma once
// SQL as text: places for values, statements of a script.

#include <string>
#include <string_view>
#include <vector>

namespace kula::storage {

/// Every `?` outside quotes and comments becomes `prefix` and its number, from 1: `:v1` for SOCI, `$1` for libpq.
std::string numbered_places(std::string_view sql, std::string_view prefix);

/// The statements of a script, split at `;` outside quotes and comments, without empty ones.
std::vector<std::string> split_statements(std::string_view script);

}  // namespace kula::storage
