#pragma once
// Which passwords are taken (NIST SP 800-63B §5.1.1.2): long ones that are not the first to be guessed. No rules about
// kinds of characters.

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kula::access {

/// The password as it is digested: NFKC. `invalid` names `field` and the rule: 12 to 128 characters of UTF-8; not one
/// of the common ones, with or without digits and signs around it; no repetition, no run along the alphabet or
/// keyboard; the sign-in name not in it.
base::Result<std::string> checked_password(std::string_view password, std::string_view name, std::string_view field);

/// To be compared with what was digested; for a text that cannot be a password, one that is none.
std::string typed_password(std::string_view password);

}  // namespace kula::access
