#pragma once
/// @file
/// What working out a password's digest costs.

#include <cstdint>

namespace kula::access {

/// Of argon2id (RFC 9106 §4, second recommended option), with one lane because one thread works at it; above what
/// OWASP's password storage sheet asks for (19 MiB, 2 passes). Passwords of another cost are digested anew at the next
/// sign-in.
struct PasswordCost {
    std::uint32_t memory_kib = 64 * 1024;  ///< From 8; less than the default is for tests.
    std::uint32_t passes = 3;              ///< From 1.
};

}  // namespace kula::access
