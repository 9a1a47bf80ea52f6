#pragma once
/// @file
/// A signed-in person's session, kept at the server; the browser holds a random secret, the database its digest.

#include <cstdint>
#include <string>
#include <string_view>

#include "access/user.hpp"

namespace kula::access {

struct Session;
using SessionId = base::Id<Session>;

/// How far signing in has come. Only `signed_in` may do anything but finish signing in.
enum class SignInState : std::uint8_t {
    second_factor_needed,    ///< The password was right; a code or passkey is to come.
    second_factor_to_enrol,  ///< The role needs a second factor and the person has none yet.
    signed_in,
};
std::string_view to_text(SignInState state);

struct Session {
    SessionId id;
    UserId user;
    SignInState state = SignInState::second_factor_needed;
    base::Instant began_at{}, last_used_at{};
    base::Instant expires_at{};  ///< 12 h after it began, or 60 min without use, whichever is first.
    std::string origin{};        ///< Address it was last used from.
    std::string agent{};         ///< The browser as it calls itself, at most 300 bytes.
};

/// Where a request to sign in comes from.
struct Origin {
    std::string address;
    std::string agent{};
};

/// What the browser gets. The secret is told once and rotates when `state` changes.
struct SignedIn {
    Session session;
    std::string secret;
};

}  // namespace kula::access
