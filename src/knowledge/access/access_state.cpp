#include "access_state.hpp"

#include <algorithm>

#include "session_table.hpp"
#include "text.hpp"
#include "totp.hpp"
#include "trail.hpp"
#include "user_table.hpp"

namespace kula::access {
namespace {

constexpr std::size_t most_sessions = 50;  ///< Of one person in one state; the longest unused ends.
constexpr std::size_t longest_agent = 300;
constexpr std::size_t longest_address = 64;

constexpr Throttle::Rules code_rules{.free_attempts_on_name = 10,
                                     .under_attack = Throttle::UnderAttack::one_line,
                                     .longest_on_name = std::chrono::minutes(15)};

void put_origin(Session& session, Origin const& origin) {
    session.origin = clipped(origin.address, longest_address);
    session.agent = clipped(origin.agent, longest_agent);
}

}  // namespace

bool has_second_factor(User const& user) { return user.has_totp || user.passkeys > 0; }

std::string totp_purpose(UserId id) { return "totp:" + id.text(); }

Access::State::State(storage::Database& used_database, journal::Journal& used_journal, seals::SecretBox used_secrets,
                     base::Clock const& used_clock, Options used_options)
    : database(used_database),
      journal(used_journal),
      secrets(used_secrets),
      clock(used_clock),
      options(std::move(used_options)),
      nobodys_password(password_digest(seals::random_bytes(32), options.password_cost)),
      pool(options.password_threads, options.password_queue),
      passwords(used_clock, {}),
      codes(used_clock, code_rules) {}

bool Access::State::needs_second_factor(User const& user) const {
    if (options.second_factor == SecondFactor::optional) return false;
    auto const& ids = user.content.roles;
    return std::any_of(ids.begin(), ids.end(), [&](auto const& id) { return roles.find(id)->needs_second_factor; });
}

SignInState Access::State::after_password(User const& user) const {
    if (has_second_factor(user)) return SignInState::second_factor_needed;
    return needs_second_factor(user) ? SignInState::second_factor_to_enrol : SignInState::signed_in;
}

base::Result<std::string> Access::State::digest(std::string password) {
    return pool.run(
        [this, password = std::move(password)] { return password_digest(password, options.password_cost); });
}

base::Result<bool> Access::State::is_right(std::string password, std::string digest) {
    return pool.run(
        [password = std::move(password), digest = std::move(digest)] { return is_password(password, digest); });
}

base::Result<Present> Access::State::present(storage::Session const& unit, SessionId id) const {
    auto found = session_table::find(unit, id, moment());
    if (!found) return base::not_found("no such session");
    return present_of(unit, std::move(*found));
}

base::Result<Present> Access::State::present_of(storage::Session const& unit, Session session) const {
    auto user = user_table::find(unit, session.user);
    if (!user || user->state != UserState::active) return base::not_found("no such session");
    // A role that was given since, a factor that is gone or one that is new counts at once.
    bool const lacks_factor = needs_second_factor(*user) && !has_second_factor(*user);
    if (session.state == SignInState::signed_in && lacks_factor) {
        session.state = SignInState::second_factor_to_enrol;
    } else if (session.state == SignInState::second_factor_to_enrol && has_second_factor(*user)) {
        session.state = SignInState::second_factor_needed;
    }
    return Present{std::move(*user), std::move(session)};
}

void Access::State::tell(storage::Session& unit, base::Actor const& actor, std::string_view deed, std::string subject,
                         std::string before, std::string after) {
    journal.append(unit, actor, {std::string(deed), std::move(subject), std::move(before), std::move(after)});
}

void Access::State::refuse(storage::Session& unit, std::string const& subject, std::string_view with,
                           Origin const& origin) {
    tell(unit, trail::stranger(origin), "session.refused", subject, {}, trail::told({{"with", std::string(with)}}));
}

SignedIn Access::State::begin(storage::Session& unit, User const& user, SignInState state, std::string_view with,
                              Origin const& origin, NewSecret const& secret) {
    auto const now = clock.now();
    Session made{SessionId::make(now), user.id, state, now, now};
    made.confirmed_at = now;
    put_origin(made, origin);
    session_table::insert(unit, made, secret.digest);
    session_table::keep_latest(unit, user.id, state, most_sessions);
    if (state == SignInState::signed_in) user_table::signed_in(unit, user.id, now);
    tell(unit, trail::person(user.id, origin), "session.began", trail::subject(user.id), {},
         trail::told({{"session", made.id.text()},
                      {"state", std::string(to_text(state))},
                      {"with", std::string(with)},
                      {"agent", made.agent}}));
    return {*session_table::find(unit, made.id, moment()), secret.text};
}

SignedIn Access::State::raise(storage::Session& unit, Present const& present, std::string_view with,
                              Origin const& origin, NewSecret const& secret) {
    auto const now = clock.now();
    auto changed = present.session;
    bool const is_new = changed.state != SignInState::signed_in;
    changed.state = SignInState::signed_in;
    changed.last_used_at = changed.confirmed_at = now;
    put_origin(changed, origin);
    session_table::rotate(unit, changed, secret.digest);
    if (is_new) {
        session_table::keep_latest(unit, present.user.id, changed.state, most_sessions);
        user_table::signed_in(unit, present.user.id, now);
        tell(unit, trail::person(present.user.id, origin), "session.began", trail::subject(present.user.id), {},
             trail::told({{"session", changed.id.text()},
                          {"state", std::string(to_text(changed.state))},
                          {"with", std::string(with)},
                          {"agent", changed.agent}}));
    }
    return {*session_table::find(unit, changed.id, moment()), secret.text};
}

std::vector<std::string> Access::State::renew_recovery_codes(storage::Session& unit, UserId user) {
    std::vector<std::string> codes_told, digests;
    for (std::size_t i = 0; i < recovery_code_count; ++i) {
        codes_told.push_back(make_recovery_code());
        digests.push_back(digest_of(bare_code(codes_told.back())));
    }
    secret_table::replace_recovery_codes(unit, user, digests);
    return codes_told;
}

std::vector<std::string> Access::State::factor_added(storage::Session& unit, Present const& present) {
    auto const& user = present.user;
    if (!has_second_factor(user)) session_table::remove_all(unit, user.id, present.session.id);
    if (user.recovery_codes > 0) return {};
    return renew_recovery_codes(unit, user.id);
}

base::Result<Present> Access::State::present_now(SessionId id) const {
    return database.read([&](storage::Session const& unit) { return present(unit, id); });
}

base::Result<Present> Access::State::signed_in_now(SessionId id) const {
    auto found = present_now(id);
    if (found.has_value() && found->session.state != SignInState::signed_in)
        return base::refused("signing in is not finished");
    return found;
}

base::Result<Present> Access::State::may_enrol(storage::Session const& unit, SessionId id) const {
    auto found = present(unit, id);
    if (found.has_value() && found->session.state == SignInState::second_factor_needed)
        return base::refused("signing in is not finished");
    return found;
}

base::Result<Present> Access::State::may_enrol_now(SessionId id) const {
    return database.read([&](storage::Session const& unit) { return may_enrol(unit, id); });
}

void Access::State::remember(User const& user, Origin const& origin) {
    passwords.remember(user.content.name, origin.address);
    codes.remember(user.id.text(), origin.address);
}

}  // namespace kula::access
