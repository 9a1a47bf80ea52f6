#pragma once
/// @file
/// Who are you, may you: people with passwords and second factors, their sessions, service tokens. Every change and
/// every sign-in, refused ones too, stands in the trail; no secret ever does.
///
/// Passwords are argon2id digests (RFC 9106) worked out by a few threads of their own, so that guessing cannot take the
/// machine; secrets of sessions, links and tokens are kept as SHA-256, second factors' seeds sealed. All members are
/// safe from any thread. `unavailable` wherever the database does not answer.

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/passkey.hpp"
#include "access/password_cost.hpp"
#include "access/role.hpp"
#include "access/session.hpp"
#include "access/user.hpp"
#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "seals/secret_box.hpp"
#include "storage/database.hpp"

namespace kula::access {

/// Who asks: made from a session's secret or a token's.
struct Identity {
    std::string actor;  ///< `user:<id>` or `token:<id>`.
    std::optional<User> user{};
    std::optional<Session> session{};
    std::optional<Token> token{};
    std::set<std::string, std::less<>> permissions{};  ///< None until signing in is finished.
    std::optional<base::Uuid> organisation{};          ///< Absent: sees everything.
    bool reads_every_red = false;                      ///< Opened with a reason, and not over.
    std::string csrf{};  ///< What unsafe requests of this session must carry; empty for tokens.
};

/// Too many wrong attempts: the earliest moment of the next one. Per name and per address, growing; the owner of an
/// account is not locked out by strangers' attempts from elsewhere.
struct Delayed {
    std::chrono::seconds wait;
};

/// A secret that opens one door once: told when it is made, never again.
struct OneTimeLink {
    std::string secret;
    base::Instant expires_at;  ///< 72 h after it was made.
};
struct Invited {
    User user;
    OneTimeLink link;
};
struct MadeToken {
    Token token;
    std::string secret;  ///< `kula_…`
};

/// Open ones of one person.
constexpr std::size_t most_own_tokens = 20;

/// What an authenticator app is told.
struct TotpOffer {
    std::string secret;  ///< Base32 (RFC 4648).
    std::string uri;     ///< `otpauth://totp/…`
};

/// Who never signed in comes first by `last_sign_in`.
enum class UserSort : std::uint8_t { name, name_descending, last_sign_in, last_sign_in_descending };

struct UserQuery {
    std::string search{};
    std::optional<std::string> role{};
    std::optional<UserState> state{};
    UserSort sort = UserSort::name;
    std::string cursor{};
    std::size_t limit = 50;
};

/// Whether roles that need a second factor do.
enum class SecondFactor : std::uint8_t {
    required,
    optional,  ///< For the demo, whose passwords stand on its page.
};

struct Options {
    PasswordCost password_cost{};
    unsigned password_threads = 1;    ///< 1 to 4; each takes the memory of `password_cost` while it works.
    std::size_t password_queue = 16;  ///< Attempts that wait; one more is `unavailable`.
    std::string issuer = "Kula";      ///< In authenticator apps.
    SecondFactor second_factor = SecondFactor::required;
    std::chrono::minutes longest_pause{30};  ///< 5 to 720; a session without use ends.
};

class Access {
public:
    /// Brings the tables up to date. Everything named outlives it.
    static base::Result<std::unique_ptr<Access>> open(storage::Database& database, journal::Journal& journal,
                                                      seals::SecretBox secrets, base::Clock const& clock,
                                                      Options options = {});
    ~Access();
    Access(Access const&) = delete;
    Access& operator=(Access const&) = delete;

    // People.

    /// `invalid` names the field; `conflict` when the name is taken.
    base::Result<Invited> invite(UserContent content, base::Actor const& actor);
    /// `not_found`; `conflict` for another version or a taken name; `refused` when the last administrator would go.
    base::Result<User> replace(UserId id, std::int64_t version, UserContent content, base::Actor const& actor);
    /// Ends all sessions; `refused` when the last administrator would go.
    base::Result<User> deactivate(UserId id, std::int64_t version, base::Actor const& actor);
    /// A new one-time link: for a forgotten password or lost second factors. Password, second factors and sessions go;
    /// the person is `invited` again, also one who was deactivated, and also the last administrator.
    base::Result<Invited> renew_link(UserId id, base::Actor const& actor);
    [[nodiscard]] base::Result<User> find(UserId id) const;
    [[nodiscard]] base::Result<std::optional<User>> find_by_name(std::string_view name) const;
    [[nodiscard]] base::Result<UserPage> list(UserQuery const& query) const;

    // Signing in. `refused` says no more than that name, password or code is wrong.

    template <class T>
    using Attempt = std::variant<T, Delayed>;
    /// With the secret of a one-time link: sets the password and signs in so far. `not_found` for a link that is none,
    /// was used or is over; `invalid` for a password that breaks a rule (12 to 128 characters, not common, not the
    /// name).
    base::Result<Attempt<SignedIn>> enrol(std::string_view link, std::string_view password, Origin const& origin);
    base::Result<Attempt<SignedIn>> sign_in(std::string_view name, std::string_view password, Origin const& origin);
    /// RFC 6238, one step to either side, each code once. Of a session that is signed in it shows again who is there.
    base::Result<Attempt<SignedIn>> confirm_totp(Session const& session, std::string_view code, Origin const& origin);
    base::Result<Attempt<SignedIn>> use_recovery_code(Session const& session, std::string_view code,
                                                      Origin const& origin);
    base::Result<PasskeyChallenge> passkey_challenge();
    base::Result<Attempt<SignedIn>> sign_in_with_passkey(PasskeyAssertion const& assertion, RelyingParty const& party,
                                                         Origin const& origin);
    base::Result<void> sign_out(Session const& session, Origin const& origin);
    /// Shows again who is there, before something grave: `Session::confirmed_at`.
    base::Result<Attempt<SignedIn>> confirm_password(Session const& session, std::string_view password,
                                                     Origin const& origin);
    [[nodiscard]] bool is_confirmed(Session const& session) const;
    /// Opens what is TLP:RED to this session for `red_lasts`, without its person being named; `actor.why` tells the
    /// trail the reason, `invalid` without one.
    base::Result<Session> open_red(Session const& session, base::Actor const& actor);

    /// Who holds this secret; `not_found` for nobody. Attended use moves the session's last use on (once a minute).
    [[nodiscard]] base::Result<Identity> of_session(std::string_view secret, Origin const& origin,
                                                    Use use = Use::attended);
    [[nodiscard]] base::Result<Identity> of_token(std::string_view secret, Origin const& origin);

    // One's own account.

    /// In which one is written to, as `UserContent::language`; choosing the same again changes nothing.
    base::Result<void> choose_language(Session const& session, std::string_view language, Origin const& origin);
    /// Needs the present password; ends the other sessions.
    base::Result<Attempt<SignedIn>> change_password(Session const& session, std::string_view present,
                                                    std::string_view wanted, Origin const& origin);
    base::Result<TotpOffer> offer_totp(Session const& session);
    /// The first code proves that the app has the secret; yields ten recovery codes when there were none, and a session
    /// that is signed in.
    struct Enrolled {
        SignedIn signed_in;
        std::vector<std::string> recovery_codes{};
    };
    base::Result<Attempt<Enrolled>> accept_totp(Session const& session, std::string_view code, Origin const& origin);
    /// The old ones are void.
    base::Result<std::vector<std::string>> new_recovery_codes(Session const& session, Origin const& origin);
    base::Result<PasskeyOffer> offer_passkey(Session const& session, RelyingParty const& party);
    base::Result<Enrolled> accept_passkey(Session const& session, PasskeyAttestation const& attestation,
                                          RelyingParty const& party, Origin const& origin);
    [[nodiscard]] base::Result<std::vector<Passkey>> passkeys(UserId user) const;
    /// `refused` for the last second factor of a role that needs one.
    base::Result<void> remove_passkey(Session const& session, PasskeyId id, Origin const& origin);
    /// Open ones, the latest used first.
    [[nodiscard]] base::Result<std::vector<Session>> sessions(UserId user) const;
    /// Everybody's; at most 1,000.
    [[nodiscard]] base::Result<std::vector<Session>> all_sessions() const;
    base::Result<void> end_session(UserId user, SessionId id, base::Actor const& actor);
    base::Result<void> end_sessions(UserId user, base::Actor const& actor);

    // Service tokens.

    base::Result<MadeToken> make_token(std::string name, std::set<std::string, std::less<>> permissions,
                                       std::optional<base::Uuid> organisation, base::Instant expires_at,
                                       base::Actor const& actor);
    base::Result<void> revoke_token(TokenId id, base::Actor const& actor);
    /// All that are neither revoked nor over for more than 90 days, the newest first; those of persons' own among them.
    [[nodiscard]] base::Result<std::vector<Token>> tokens() const;

    // Tokens of a person's own, for their programs: they see what their person sees, and do what both may. They end
    // with the person's account, and with a new link to it.

    /// `invalid` names the field; `refused` for a person who is not active or sees everything, and for a permission
    /// that is not theirs; `conflict` where `most_own_tokens` are open.
    base::Result<MadeToken> make_own_token(UserId person, std::string name,
                                           std::set<std::string, std::less<>> permissions, base::Instant expires_at,
                                           base::Actor const& actor);
    /// As `tokens`.
    [[nodiscard]] base::Result<std::vector<Token>> own_tokens(UserId person) const;
    /// `not_found` for another's.
    base::Result<void> revoke_own_token(UserId person, TokenId id, base::Actor const& actor);

    /// Takes away sessions, links and challenges that are over; to be called every hour or so.
    base::Result<void> tidy();

private:
    struct State;
    explicit Access(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::access
