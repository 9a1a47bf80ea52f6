#pragma once
// What all doors of this room share: the parts, and the steps of signing in.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "access/access.hpp"
#include "password.hpp"
#include "password_pool.hpp"
#include "secret.hpp"
#include "secret_table.hpp"
#include "session_table.hpp"
#include "throttle.hpp"

namespace kula::access {

/// A session that is not over, and whose it is; its state is what it is worth now.
struct Present {
    User user;
    Session session;
};

/// How old the stored last use of a session or token may be: not every request is a write.
constexpr std::chrono::minutes touched_every{1};

/// How a session came to its state, as the trail tells it.
namespace proof {
constexpr std::string_view link = "link";
constexpr std::string_view password = "password";
constexpr std::string_view totp = "totp";
constexpr std::string_view recovery_code = "recovery_code";
constexpr std::string_view passkey = "passkey";
}  // namespace proof

struct Access::State {
    State(storage::Database& used_database, journal::Journal& used_journal, seals::SecretBox used_secrets,
          base::Clock const& used_clock, Options used_options);

    // Passwords; the pool's threads work, the caller waits.
    base::Result<std::string> digest(std::string password);
    base::Result<bool> is_right(std::string password, std::string digest);

    [[nodiscard]] session_table::Moment moment() const { return {clock.now(), options.longest_pause}; }

    // Inside a unit of work.
    [[nodiscard]] base::Result<Present> present(storage::Session const& unit, SessionId id) const;
    [[nodiscard]] base::Result<Present> present_of(storage::Session const& unit, Session session) const;
    SignedIn begin(storage::Session& unit, User const& user, SignInState state, std::string_view with,
                   Origin const& origin, NewSecret const& secret);
    /// A new secret for a session that is signed in from now on, or still was.
    SignedIn raise(storage::Session& unit, Present const& present, std::string_view with, Origin const& origin,
                   NewSecret const& secret);
    void refuse(storage::Session& unit, std::string const& subject, std::string_view with, Origin const& origin);
    void tell(storage::Session& unit, base::Actor const& actor, std::string_view deed, std::string subject,
              std::string before, std::string after);
    /// What a new factor brings: with the first one every session ends that has shown none. Yields recovery codes, told
    /// once, where there were none.
    std::vector<std::string> factor_added(storage::Session& unit, Present const& present);
    base::Result<void> revoke(storage::Session& unit, Token token, base::Actor const& actor);
    /// All that are still open: who comes back by a new link makes new ones.
    void end_tokens_of(storage::Session& unit, UserId person, base::Actor const& actor);
    std::vector<std::string> renew_recovery_codes(storage::Session& unit, UserId user);

    /// The session as the database has it now, outside of a unit.
    [[nodiscard]] base::Result<Present> present_now(SessionId id) const;
    /// The same; `refused` unless it is signed in.
    [[nodiscard]] base::Result<Present> signed_in_now(SessionId id) const;
    /// The same; `refused` where a second factor has to be shown first.
    [[nodiscard]] base::Result<Present> may_enrol_now(SessionId id) const;
    [[nodiscard]] base::Result<Present> may_enrol(storage::Session const& unit, SessionId id) const;

    void remember(User const& user, Origin const& origin);
    [[nodiscard]] bool needs_second_factor(User const& user) const;
    /// Where a person stands whose password was right.
    [[nodiscard]] SignInState after_password(User const& user) const;

    storage::Database& database;
    journal::Journal& journal;
    seals::SecretBox const secrets;
    base::Clock const& clock;
    Options const options;
    Roles const& roles = Roles::shipped();
    std::string const nobodys_password;  ///< Compared with where there is no other, so that it takes as long.
    PasswordPool pool;
    Throttle passwords;  ///< By sign-in name.
    Throttle codes;      ///< By the person's id.
};

inline base::Error wrong() { return base::refused("name, password or code is wrong"); }

/// Whoever does not see everything deals with people and tokens of the organisations they see, with nothing of the
/// team's.
inline bool may_see(base::Actor const& actor, std::optional<base::Uuid> const& organisation) {
    return actor.clearance.sees_everything() || (organisation && actor.clearance.may_see(*organisation));
}
bool has_second_factor(User const& user);
std::string totp_purpose(UserId id);

/// What is made of an attempt: nothing means wrong, and stays counted; a fault is nobody's mistake.
template <class T>
base::Result<Access::Attempt<T>> settled(Throttle& throttle, std::string_view name, Origin const& origin,
                                         base::Result<std::optional<T>> verdict) {
    if (verdict.has_error()) {
        throttle.take_back(name, origin.address);
        return verdict.error();
    }
    if (!*verdict) return wrong();
    throttle.was_right(name, origin.address);
    return Access::Attempt<T>(std::move(**verdict));
}

}  // namespace kula::access
