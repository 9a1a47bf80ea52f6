#pragma once
// Digests of passwords: argon2id (RFC 9106) in PHC text. Slow and large by intention: see PasswordPool.

#include <string>
#include <string_view>

#include "access/password_cost.hpp"

namespace kula::access {

/// `$argon2id$v=19$m=65536,t=3,p=1$<salt>$<digest>`: 16 bytes of salt, its own each time, 32 bytes of digest.
std::string password_digest(std::string_view password, PasswordCost cost);
/// Compares in constant time. False as well for a text that is no digest.
bool is_password(std::string_view password, std::string const& digest);
/// Whether it was made at another cost than this.
bool is_of_other_cost(std::string_view digest, PasswordCost cost);

}  // namespace kula::access
