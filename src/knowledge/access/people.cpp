// Access: people, as the team manages them.

#include <fmt/format.h>

#include <algorithm>

#include "access_state.hpp"
#include "passkey_table.hpp"
#include "session_table.hpp"
#include "storage/record.hpp"
#include "text.hpp"
#include "trail.hpp"
#include "user_rules.hpp"
#include "user_table.hpp"

namespace kula::access {

using storage::Priority;

namespace {

using Unit = storage::Session;

constexpr std::chrono::hours link_life{72};

base::Error nobody() { return base::not_found("no such person"); }
base::Error stale(std::int64_t version) {
    return base::conflict(fmt::format("it has been changed meanwhile, to version {}", version));
}

base::Result<User> find_for(Unit const& unit, UserId id, base::Actor const& actor) {
    auto found = user_table::find(unit, id);
    if (!found || !may_see(actor, found->content.organisation)) return nobody();
    return std::move(*found);
}

bool is_active_administrator(User const& user) {
    auto const& roles = user.content.roles;
    return user.state == UserState::active && std::find(roles.begin(), roles.end(), "administrator") != roles.end();
}

/// Somebody has to be left who can let others in.
base::Result<void> check_last(Unit const& unit, User const& before, User const& after) {
    bool const goes = is_active_administrator(before) && !is_active_administrator(after);
    if (goes && user_table::other_administrators(unit, before.id) == 0)
        return base::refused("this is the last active administrator");
    return {};
}

base::Result<void> check_name(Unit const& unit, UserId id, std::string const& name) {
    auto const other = user_table::find_by_name(unit, name);
    if (other && other->id != id) return base::conflict("name: another person has it");
    return {};
}

void stamp(User& user, base::Actor const& actor, base::Instant now) {
    user.record.changed_at = now;
    user.record.changed_by = actor.name;
    ++user.record.version;
}

/// What lets this person in; the tokens of their own are `end_tokens_of`.
void shut_out(Unit& unit, UserId id) {
    secret_table::forget(unit, id);
    secret_table::remove_link(unit, id);
    passkey_table::remove_all(unit, id);
    session_table::remove_all(unit, id);
}

}  // namespace

base::Result<Invited> Access::invite(UserContent content, base::Actor const& actor) {
    auto correct = checked(std::move(content), state_->roles);
    if (correct.has_error()) return correct.error();
    if (!may_see(actor, correct->organisation)) return base::refused("people of other organisations");
    auto const now = state_->clock.now();
    User made{UserId::make(now), *correct};
    made.record = storage::new_record(state_->clock, actor.name);
    auto const secret = NewSecret::make();
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<Invited> {
        if (auto const name = check_name(unit, made.id, made.content.name); name.has_error()) return name.error();
        user_table::insert(unit, made);
        secret_table::replace_link(unit, {made.id, now + link_life}, secret.digest);
        state_->tell(unit, actor, "user.invited", trail::subject(made.id), {}, trail::told(made));
        return Invited{made, {secret.text, now + link_life}};
    });
}

base::Result<User> Access::replace(UserId id, std::int64_t version, UserContent content, base::Actor const& actor) {
    auto correct = checked(std::move(content), state_->roles);
    if (correct.has_error()) return correct.error();
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<User> {
        auto const before = find_for(unit, id, actor);
        if (before.has_error()) return before.error();
        if (before->record.version != version) return stale(before->record.version);
        if (!may_see(actor, correct->organisation)) return base::refused("people of other organisations");
        if (auto const name = check_name(unit, id, correct->name); name.has_error()) return name.error();
        if (before->content == *correct) return *before;
        auto after = *before;
        after.content = *correct;
        if (auto const last = check_last(unit, *before, after); last.has_error()) return last.error();
        stamp(after, actor, state_->clock.now());
        user_table::update(unit, after);
        state_->tell(unit, actor, "user.changed", trail::subject(id), trail::told(*before), trail::told(after));
        return after;
    });
}

base::Result<void> Access::choose_language(Session const& session, std::string_view language, Origin const& origin) {
    auto const present = state_->signed_in_now(session.id);
    if (present.has_error()) return present.error();
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<void> {
        auto const before = *user_table::find(unit, present->user.id);
        if (before.content.language == language) return {};
        auto after = before;
        after.content.language = language;
        auto correct = checked(after.content, state_->roles);
        if (correct.has_error()) return correct.error();
        auto const actor = trail::person(before.id, origin);
        stamp(after, actor, state_->clock.now());
        user_table::update(unit, after);
        state_->tell(unit, actor, "user.changed", trail::subject(before.id), trail::told(before), trail::told(after));
        return {};
    });
}

base::Result<User> Access::deactivate(UserId id, std::int64_t version, base::Actor const& actor) {
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<User> {
        auto const before = find_for(unit, id, actor);
        if (before.has_error()) return before.error();
        if (before->record.version != version) return stale(before->record.version);
        if (before->state == UserState::deactivated) return *before;
        auto after = *before;
        after.state = UserState::deactivated;
        if (auto const last = check_last(unit, *before, after); last.has_error()) return last.error();
        stamp(after, actor, state_->clock.now());
        user_table::update(unit, after);
        shut_out(unit, id);
        state_->end_tokens_of(unit, id, actor);
        state_->tell(unit, actor, "user.deactivated", trail::subject(id), trail::told(*before), trail::told(after));
        return *user_table::find(unit, id);
    });
}

base::Result<Invited> Access::renew_link(UserId id, base::Actor const& actor) {
    auto const secret = NewSecret::make();
    auto const now = state_->clock.now();
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<Invited> {
        auto const before = find_for(unit, id, actor);
        if (before.has_error()) return before.error();
        auto after = *before;
        after.state = UserState::invited;
        stamp(after, actor, now);
        user_table::update(unit, after);
        shut_out(unit, id);
        state_->end_tokens_of(unit, id, actor);
        secret_table::replace_link(unit, {id, now + link_life}, secret.digest);
        state_->tell(unit, actor, "user.link_renewed", trail::subject(id), trail::told(*before), trail::told(after));
        return Invited{*user_table::find(unit, id), {secret.text, now + link_life}};
    });
}

base::Result<User> Access::find(UserId id) const {
    return state_->database.read([id](Unit const& unit) -> base::Result<User> {
        auto found = user_table::find(unit, id);
        if (!found) return nobody();
        return std::move(*found);
    });
}

base::Result<std::optional<User>> Access::find_by_name(std::string_view name) const {
    auto const wanted = lower_case(name);
    if (!is_sign_in_name(wanted)) return std::optional<User>();
    return state_->database.read([&wanted](Unit const& unit) { return user_table::find_by_name(unit, wanted); });
}

base::Result<UserPage> Access::list(UserQuery const& query) const {
    return state_->database.read([&query](Unit const& unit) { return user_table::list(unit, query); });
}

}  // namespace kula::access
