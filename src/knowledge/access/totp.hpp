#pragma once
// Codes of authenticator apps: RFC 6238 with HMAC-SHA-1, 30 s, 6 digits (what every app can do), and recovery codes.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace kula::access {

/// 160 bits, as RFC 4226 §4 recommends.
constexpr std::size_t totp_seed_size = 20;

std::int64_t totp_step(base::Instant at);
/// RFC 4226 §5.3 for the counter `step`: 6 digits.
std::string totp_code(std::string_view seed, std::int64_t step);
/// The step that the code belongs to, from one before to one behind the present one and later than `last_used`. Blanks
/// and dashes in the code do not count.
std::optional<std::int64_t> totp_match(std::string_view seed, std::string_view code, base::Instant now,
                                       std::int64_t last_used);
/// `otpauth://totp/Kula:name?secret=…&issuer=Kula`; the seed as base32.
std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view name);

constexpr std::size_t recovery_code_count = 10;
/// 80 random bits as `ABCD-EFGH-IJKL-MNOP`.
std::string make_recovery_code();
/// As it is digested: without blanks and dashes, in upper case.
std::string bare_code(std::string_view code);

}  // namespace kula::access
