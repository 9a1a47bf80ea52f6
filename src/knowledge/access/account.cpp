// Access: one's own password, recovery codes and sessions.

#include "access_state.hpp"
#include "password_rules.hpp"
#include "session_table.hpp"
#include "trail.hpp"
#include "user_table.hpp"

namespace kula::access {

using storage::Priority;

namespace {

using Unit = storage::Session;

base::Result<void> check_seen(Unit const& unit, UserId user, base::Actor const& actor) {
    auto const found = user_table::find(unit, user);
    if (!found || !may_see(actor, found->content.organisation)) return base::not_found("no such person");
    return {};
}

}  // namespace

base::Result<Access::Attempt<SignedIn>> Access::change_password(Session const& session, std::string_view present_one,
                                                                std::string_view wanted, Origin const& origin) {
    auto const present = state_->signed_in_now(session.id);
    if (present.has_error()) return present.error();
    auto const& user = present->user;
    auto const correct = checked_password(wanted, user.content.name, "wanted");
    if (correct.has_error()) return correct.error();
    auto const& key = user.content.name;
    if (auto const wait = state_->passwords.admit(key, origin.address)) return Attempt<SignedIn>(Delayed{*wait});

    auto const verdict = [&]() -> base::Result<std::optional<SignedIn>> {
        auto const stored = state_->database.read([&](Unit const& unit) { return secret_table::find(unit, user.id); });
        if (stored.has_error()) return stored.error();
        auto const before = stored->password.value_or(state_->nobodys_password);
        auto const is_right = state_->is_right(typed_password(present_one), before);
        if (is_right.has_error()) return is_right.error();
        auto const after = *is_right ? state_->digest(*correct) : base::Result<std::string>(std::string());
        if (after.has_error()) return after.error();
        auto const secret = NewSecret::make();
        return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<std::optional<SignedIn>> {
            auto const now_present = state_->present(unit, session.id);
            if (now_present.has_error()) return now_present.error();
            if (!*is_right || secret_table::find(unit, user.id).password != before) {
                state_->refuse(unit, trail::subject(user.id), proof::password, origin);
                return std::optional<SignedIn>();
            }
            secret_table::set_password(unit, user.id, *after);
            auto const ended = session_table::remove_all(unit, user.id, session.id);
            state_->tell(unit, trail::person(user.id, origin), "user.password_changed", trail::subject(user.id), {},
                         trail::told({{"ended_sessions", std::to_string(ended)}}));
            return std::optional(state_->raise(unit, *now_present, proof::password, origin, secret));
        });
    }();
    return settled(state_->passwords, key, origin, verdict);
}

base::Result<Access::Attempt<SignedIn>> Access::confirm_password(Session const& session, std::string_view password,
                                                                 Origin const& origin) {
    auto const present = state_->signed_in_now(session.id);
    if (present.has_error()) return present.error();
    auto const& user = present->user;
    auto const& key = user.content.name;
    if (auto const wait = state_->passwords.admit(key, origin.address)) return Attempt<SignedIn>(Delayed{*wait});

    auto const verdict = [&]() -> base::Result<std::optional<SignedIn>> {
        auto const stored = state_->database.read([&](Unit const& unit) { return secret_table::find(unit, user.id); });
        if (stored.has_error()) return stored.error();
        auto const before = stored->password.value_or(state_->nobodys_password);
        auto const is_right = state_->is_right(typed_password(password), before);
        if (is_right.has_error()) return is_right.error();
        auto const secret = NewSecret::make();
        return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<std::optional<SignedIn>> {
            auto const now_present = state_->present(unit, session.id);
            if (now_present.has_error()) return now_present.error();
            if (!*is_right || now_present->session.state != SignInState::signed_in ||
                secret_table::find(unit, user.id).password != before) {
                state_->refuse(unit, trail::subject(user.id), proof::password, origin);
                return std::optional<SignedIn>();
            }
            return std::optional(state_->raise(unit, *now_present, proof::password, origin, secret));
        });
    }();
    return settled(state_->passwords, key, origin, verdict);
}

bool Access::is_confirmed(Session const& session) const {
    return state_->clock.now() - session.confirmed_at < confirmation_lasts;
}

base::Result<Session> Access::open_red(Session const& session, base::Actor const& actor) {
    if (actor.why.find_first_not_of(' ') == std::string::npos) return base::invalid("why: a reason is needed");
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<Session> {
        auto const present = state_->present(unit, session.id);
        if (present.has_error()) return present.error();
        auto const until = state_->clock.now() + red_lasts;
        session_table::open_red(unit, session.id, until);
        state_->tell(unit, actor, "red.opened", trail::subject(present->user.id), {},
                     trail::told({{"session", session.id.text()}, {"until", base::to_seconds_text(until)}}));
        auto opened = present->session;
        opened.red_until = until;
        return opened;
    });
}

base::Result<std::vector<std::string>> Access::new_recovery_codes(Session const& session, Origin const& origin) {
    auto const present = state_->signed_in_now(session.id);
    if (present.has_error()) return present.error();
    auto const id = present->user.id;
    return state_->database.write(Priority::interactive, [&](Unit& unit) {
        auto codes = state_->renew_recovery_codes(unit, id);
        state_->tell(unit, trail::person(id, origin), "user.recovery_codes_renewed", trail::subject(id), {},
                     trail::told({{"recovery_codes", std::to_string(codes.size())}}));
        return codes;
    });
}

base::Result<std::vector<Session>> Access::sessions(UserId user) const {
    return state_->database.read([&](Unit const& unit) -> base::Result<std::vector<Session>> {
        if (!user_table::find(unit, user)) return base::not_found("no such person");
        return session_table::of_user(unit, user, state_->moment());
    });
}

base::Result<std::vector<Session>> Access::all_sessions() const {
    constexpr std::size_t most = 1000;
    return state_->database.read([&](Unit const& unit) { return session_table::all(unit, most, state_->moment()); });
}

base::Result<void> Access::end_session(UserId user, SessionId id, base::Actor const& actor) {
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<void> {
        if (auto const seen = check_seen(unit, user, actor); seen.has_error()) return seen.error();
        auto const found = session_table::find(unit, id, state_->moment());
        if (!found || found->user != user) return base::not_found("no such session");
        session_table::remove(unit, id);
        state_->tell(unit, actor, "session.ended", trail::subject(user), trail::told({{"session", id.text()}}), {});
        return {};
    });
}

base::Result<void> Access::end_sessions(UserId user, base::Actor const& actor) {
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<void> {
        if (auto const seen = check_seen(unit, user, actor); seen.has_error()) return seen.error();
        auto const ended = session_table::remove_all(unit, user);
        if (ended == 0) return {};
        state_->tell(unit, actor, "session.ended", trail::subject(user),
                     trail::told({{"sessions", std::to_string(ended)}}), {});
        return {};
    });
}

}  // namespace kula::access
