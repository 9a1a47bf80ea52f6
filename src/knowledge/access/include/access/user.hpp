#pragma once
/// @file
/// People who may sign in, and service tokens for programs.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/record.hpp"

namespace kula::access {

struct User;
using UserId = base::Id<User>;
struct Token;
using TokenId = base::Id<Token>;

/// What the team tells of a person.
struct UserContent {
    std::string name{};                ///< To sign in with: 2 to 64 of `a-z 0-9 . _ - @`, unique; kept in lower case.
    std::string full_name{};           ///< 1 to 200 bytes.
    std::string email{};               ///< RFC 5321 mailbox, at most 254 bytes; empty where there is none.
    std::string language = "en";       ///< `mk`, `sq` or `en`.
    std::vector<std::string> roles{};  ///< Ids of `Roles`, at least one, all of one side; in the table's order.
    std::optional<base::Uuid> organisation{};  ///< Needed for, and only for, roles of the side `organisation`.
    friend bool operator==(UserContent const&, UserContent const&) = default;
};

enum class UserState : std::uint8_t {
    invited,  ///< Has a one-time link, and no password yet.
    active,
    deactivated,  ///< Cannot sign in; what they did stays named.
};
std::string_view to_text(UserState state);

struct User {
    UserId id;
    UserContent content;
    UserState state = UserState::invited;
    bool has_totp = false;
    std::int64_t passkeys = 0;
    std::int64_t recovery_codes = 0;  ///< Not used yet.
    std::optional<base::Instant> last_sign_in{};
    base::Record record{};
};

struct UserPage {
    std::vector<User> items{};
    std::string next{};
    std::int64_t total = 0;
};

/// A credential of a program: its permissions are those named here, nothing of its maker's.
struct Token {
    TokenId id;
    std::string name;  ///< What it is for: 1 to 200 bytes.
    std::set<std::string, std::less<>> permissions{};
    std::optional<base::Uuid> organisation{};  ///< Sees only this organisation and those below it.
    base::Instant expires_at{};
    std::optional<base::Instant> last_used_at{};
    std::string last_used_from{};
    std::optional<base::Instant> revoked_at{};
    std::optional<UserId> person{};  ///< Whose own it is: it does what this person may at the moment, and no more.
    base::Record record{};
};

}  // namespace kula::access
