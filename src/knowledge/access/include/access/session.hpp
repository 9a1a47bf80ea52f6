#pragma once
/// @file
/// A signed-in person's session, kept at the server; the browser holds a random secret, the database its digest.

#include <chrono>
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
    base::Instant expires_at{};  ///< 12 h after it began, or `Options::longest_pause` without use, whichever is first.
    base::Instant confirmed_at{};  ///< When its person last showed who they are: password, code or passkey.
    base::Instant red_until{};     ///< Until then its person reads what is TLP:RED without being named.
    std::string origin{};          ///< Address it was last used from.
    std::string agent{};           ///< The browser as it calls itself, at most 300 bytes.
};

/// What is grave (second factors, roles, tokens) is done only so long after its person showed who they are.
constexpr std::chrono::minutes confirmation_lasts{10};
/// How long what is TLP:RED stays open to somebody who opened it with a reason.
constexpr std::chrono::minutes red_lasts{15};

/// Whether a request is its person's, or what an open desk asks by itself: that is no use, so that a session which
/// nobody attends ends.
enum class Use : std::uint8_t { attended, background };

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
