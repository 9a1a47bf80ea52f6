#pragma once
/// @file
/// What may be stored as text on both databases.

#include <string_view>

namespace kula::storage {

/// Well-formed UTF-8 (RFC 3629) without NUL. Anything else that is bound ends its unit of work as `invalid`.
bool is_storable_text(std::string_view text);

}  // namespace kula::storage
