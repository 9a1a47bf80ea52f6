// Access: signing in with a link or a password, and who holds a secret.

#include "access_state.hpp"
#include "password_rules.hpp"
#include "session_table.hpp"
#include "text.hpp"
#include "trail.hpp"
#include "user_rules.hpp"
#include "user_table.hpp"

namespace kula::access {

using storage::Priority;

namespace {

using Unit = storage::Session;

base::Error no_link() { return base::not_found("no such link"); }

/// Whom a sign-in name means, and what their password is compared with.
struct Named {
    std::optional<User> user{};
    std::optional<std::string> password{};
};

Named find_named(Unit const& unit, std::string const& name) {
    Named out;
    if (!is_sign_in_name(name)) return out;
    out.user = user_table::find_by_name(unit, name);
    if (out.user && out.user->state == UserState::active)
        out.password = secret_table::find(unit, out.user->id).password;
    return out;
}

User enrolled(User user, base::Instant now) {
    user.state = UserState::active;
    user.record.changed_at = now;
    user.record.changed_by = trail::subject(user.id);
    ++user.record.version;
    return user;
}

}  // namespace

base::Result<Access::Attempt<SignedIn>> Access::enrol(std::string_view link, std::string_view password,
                                                      Origin const& origin) {
    if (auto const wait = state_->passwords.admit_address(origin.address)) return Attempt<SignedIn>(Delayed{*wait});
    if (link.size() > longest_secret) return no_link();
    auto const digest = digest_of(link);
    auto const user = state_->database.read([&](Unit const& unit) -> base::Result<User> {
        auto const found = secret_table::find_link(unit, digest);
        auto const owner = found ? user_table::find(unit, found->user) : std::nullopt;
        if (!owner || owner->state != UserState::invited || found->expires_at <= state_->clock.now()) return no_link();
        return *owner;
    });
    if (user.has_value() || user.error().fault == base::Fault::unavailable)
        state_->passwords.take_back_address(origin.address);
    if (user.has_error()) return user.error();
    auto const correct = checked_password(password, user->content.name, "password");
    if (correct.has_error()) return correct.error();
    auto const password_made = state_->digest(*correct);
    if (password_made.has_error()) return password_made.error();

    auto const secret = NewSecret::make();
    auto done = state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<SignedIn> {
        auto const before = user_table::find(unit, user->id);
        if (!before || before->state != UserState::invited || !secret_table::take_link(unit, digest)) return no_link();
        auto const after = enrolled(*before, state_->clock.now());
        user_table::update(unit, after);
        secret_table::set_password(unit, after.id, *password_made);
        state_->tell(unit, trail::person(after.id, origin), "user.enrolled", trail::subject(after.id),
                     trail::told(*before), trail::told(after));
        return state_->begin(unit, after, state_->after_password(after), proof::link, origin, secret);
    });
    if (done.has_error()) return done.error();
    if (done->session.state == SignInState::signed_in) state_->remember(*user, origin);
    return Attempt<SignedIn>(std::move(*done));
}

base::Result<Access::Attempt<SignedIn>> Access::sign_in(std::string_view typed_name, std::string_view password,
                                                        Origin const& origin) {
    auto const name = lower_case(typed_name);
    if (auto const wait = state_->passwords.admit(name, origin.address)) return Attempt<SignedIn>(Delayed{*wait});
    auto const verdict = [&]() -> base::Result<std::optional<SignedIn>> {
        auto const named = state_->database.read([&](Unit const& unit) { return find_named(unit, name); });
        if (named.has_error()) return named.error();
        auto const typed = typed_password(password);
        auto const matches = state_->is_right(typed, named->password.value_or(state_->nobodys_password));
        if (matches.has_error()) return matches.error();
        bool const is_right = *matches && named->password.has_value();
        std::optional<std::string> renewed;
        if (is_right && is_of_other_cost(*named->password, state_->options.password_cost)) {
            if (auto made = state_->digest(typed); made.has_value()) renewed = std::move(*made);
        }
        auto const secret = NewSecret::make();
        return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<std::optional<SignedIn>> {
            auto const now_named = find_named(unit, name);
            if (!is_right || now_named.password != named->password) {
                state_->refuse(
                    unit, now_named.user ? trail::subject(now_named.user->id) : trail::unknown_subject("name", name),
                    proof::password, origin);
                return std::optional<SignedIn>();
            }
            auto const& user = *now_named.user;
            if (renewed) secret_table::renew_password(unit, user.id, *named->password, *renewed);
            return std::optional(
                state_->begin(unit, user, state_->after_password(user), proof::password, origin, secret));
        });
    }();
    if (verdict.has_value() && *verdict && (*verdict)->session.state == SignInState::signed_in)
        state_->passwords.remember(name, origin.address);
    return settled(state_->passwords, name, origin, verdict);
}

base::Result<void> Access::sign_out(Session const& session, Origin const& origin) {
    return end_session(session.user, session.id, trail::person(session.user, origin));
}

base::Result<Identity> Access::of_session(std::string_view secret, Origin const& origin, Use use) {
    if (secret.empty() || secret.size() > longest_secret) return base::not_found("no such session");
    auto const now = state_->clock.now();
    auto present = state_->database.read([&](Unit const& unit) -> base::Result<Present> {
        auto found = session_table::find_by_digest(unit, digest_of(secret), state_->moment());
        if (!found) return base::not_found("no such session");
        return state_->present_of(unit, std::move(*found));
    });
    if (present.has_error()) return present.error();
    auto& session = present->session;
    if (use == Use::attended && now - session.last_used_at >= touched_every) {
        auto used = session;
        used.last_used_at = now;
        used.origin = clipped(origin.address, 64);
        used.agent = clipped(origin.agent, 300);
        auto const touched = state_->database.write(Priority::interactive, [&](Unit& unit) {
            session_table::touch(unit, used);
            return session_table::find(unit, used.id, state_->moment());
        });
        if (touched.has_value() && !*touched) return base::not_found("no such session");  // Ended meanwhile.
        // A database that cannot be written just now is no reason to send anybody away.
        if (touched.has_value()) {
            used.expires_at = (*touched)->expires_at;
            session = used;
        }
    }
    Identity out{trail::subject(present->user.id), present->user, session};
    out.organisation = present->user.content.organisation;
    auto const csrf = seals::hmac_sha256(secret, "csrf");
    out.csrf = seals::base64url(std::string(csrf.begin(), csrf.end()));
    out.reads_every_red = session.state == SignInState::signed_in && now < session.red_until;
    if (session.state == SignInState::signed_in)
        out.permissions = state_->roles.permissions_of(present->user.content.roles);
    return out;
}

}  // namespace kula::access
