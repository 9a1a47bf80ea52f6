// Access: service tokens.

#include <algorithm>
#include <iterator>

#include "access_state.hpp"
#include "base/checks.hpp"
#include "base/must.hpp"
#include "storage/record.hpp"
#include "text.hpp"
#include "token_table.hpp"
#include "trail.hpp"
#include "user_table.hpp"

namespace kula::access {

using storage::Priority;

namespace {

using Unit = storage::Session;
using Permissions = std::set<std::string, std::less<>>;

constexpr std::string_view prefix = "kula_";
constexpr std::chrono::hours longest_life{731 * 24};
constexpr std::chrono::hours shown_for{90 * 24};

base::Error no_token() { return base::not_found("no such token"); }

Permissions holdable(std::optional<base::Uuid> const& organisation) {
    return Roles::shipped().permissions_of_tokens(organisation ? Side::organisation : Side::team);
}

std::optional<base::Error> fault_of(std::string const& name, Permissions const& permissions,
                                    std::optional<base::Uuid> const& organisation, base::Instant expires_at,
                                    base::Instant now) {
    base::Checks checks;
    bool const is_blank = name.find_first_not_of(' ') == std::string::npos;
    checks.expect(!is_blank && name.size() <= 200 && is_clean(name), "name", "is not 1 to 200 bytes of text");
    checks.expect(!permissions.empty(), "permissions", "at least one is needed");
    for (auto const& permission : permissions) {
        checks.expect(Roles::shipped().is_permission(permission), "permissions", "holds one that is not known");
        checks.expect(holdable(organisation).contains(permission), "permissions",
                      "holds one that no such token may have");
    }
    checks.expect(expires_at > now && expires_at - now <= longest_life, "expires_at",
                  "is not within the next two years");
    return checks.error();
}

bool has_all(Permissions const& held, Permissions const& wanted) {
    return std::includes(held.begin(), held.end(), wanted.begin(), wanted.end());
}

Permissions common(Permissions const& a, Permissions const& b) {
    Permissions out;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
    return out;
}

bool is_open(Token const& token, base::Instant now) { return !token.revoked_at && token.expires_at > now; }

}  // namespace

base::Result<MadeToken> Access::make_token(std::string name, Permissions permissions,
                                           std::optional<base::Uuid> organisation, base::Instant expires_at,
                                           base::Actor const& actor) {
    auto const now = state_->clock.now();
    if (auto fault = fault_of(name, permissions, organisation, expires_at, now)) return *std::move(fault);
    if (!may_see(actor, organisation)) return base::refused("tokens that see more than their maker");
    Token made{TokenId::make(now), std::move(name), std::move(permissions), organisation, expires_at};
    made.record = storage::new_record(state_->clock, actor.name);
    auto const secret = NewSecret::make(prefix);
    return state_->database.write(Priority::interactive, [&](Unit& unit) {
        token_table::insert(unit, made, secret.digest);
        state_->tell(unit, actor, "token.made", trail::subject(made.id), {}, trail::told(made));
        return MadeToken{made, secret.text};
    });
}

base::Result<MadeToken> Access::make_own_token(UserId person, std::string name, Permissions permissions,
                                               base::Instant expires_at, base::Actor const& actor) {
    auto const now = state_->clock.now();
    auto const secret = NewSecret::make(prefix);
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<MadeToken> {
        auto const owner = user_table::find(unit, person);
        if (!owner || owner->state != UserState::active || !owner->content.organisation)
            return base::refused("tokens of one's own are for active people of an organisation");
        auto const& organisation = owner->content.organisation;
        if (auto fault = fault_of(name, permissions, organisation, expires_at, now)) return *std::move(fault);
        if (!has_all(state_->roles.permissions_of(owner->content.roles), permissions))
            return base::refused("a permission that is not among your own");
        auto const own = token_table::of_person(unit, person, now);
        auto const open = std::count_if(own.begin(), own.end(), [&](Token const& each) { return is_open(each, now); });
        if (static_cast<std::size_t>(open) >= most_own_tokens)
            return base::conflict("there are 20 open tokens of yours; revoke one first");
        Token made{TokenId::make(now), std::move(name), std::move(permissions), organisation, expires_at};
        made.person = person;
        made.record = storage::new_record(state_->clock, actor.name);
        token_table::insert(unit, made, secret.digest);
        state_->tell(unit, actor, "token.made", trail::subject(made.id), {}, trail::told(made));
        return MadeToken{made, secret.text};
    });
}

base::Result<void> Access::State::revoke(Unit& unit, Token token, base::Actor const& actor) {
    if (token.revoked_at) return {};
    token.revoked_at = token.record.changed_at = clock.now();
    token.record.changed_by = actor.name;
    ++token.record.version;
    token_table::revoke(unit, token);
    tell(unit, actor, "token.revoked", trail::subject(token.id), trail::told(token), {});
    return {};
}

void Access::State::end_tokens_of(Unit& unit, UserId person, base::Actor const& actor) {
    for (auto& token : token_table::of_person(unit, person, clock.now())) {
        auto const done = revoke(unit, std::move(token), actor);
        base::must(done.has_value(), "a token that is there can be revoked");
    }
}

base::Result<void> Access::revoke_token(TokenId id, base::Actor const& actor) {
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<void> {
        auto found = token_table::find(unit, id);
        if (!found || !may_see(actor, found->organisation)) return no_token();
        return state_->revoke(unit, std::move(*found), actor);
    });
}

base::Result<void> Access::revoke_own_token(UserId person, TokenId id, base::Actor const& actor) {
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<void> {
        auto found = token_table::find(unit, id);
        if (!found || found->person != person) return no_token();
        return state_->revoke(unit, std::move(*found), actor);
    });
}

base::Result<std::vector<Token>> Access::own_tokens(UserId person) const {
    return state_->database.read(
        [&](Unit const& unit) { return token_table::of_person(unit, person, state_->clock.now() - shown_for); });
}

base::Result<std::vector<Token>> Access::tokens() const {
    return state_->database.read(
        [this](Unit const& unit) { return token_table::since(unit, state_->clock.now() - shown_for); });
}

base::Result<Identity> Access::of_token(std::string_view secret, Origin const& origin) {
    if (!secret.starts_with(prefix) || secret.size() > longest_secret) return no_token();
    auto const now = state_->clock.now();
    auto token = state_->database.read([&](Unit const& unit) -> base::Result<Token> {
        auto found = token_table::find_by_digest(unit, digest_of(secret));
        if (!found || !is_open(*found, now)) return no_token();
        if (!found->person) return std::move(*found);
        // It can do no more than its person can now, and nothing where that person cannot sign in.
        auto const person = user_table::find(unit, *found->person);
        bool const is_theirs = person && person->state == UserState::active && person->content.organisation &&
                               person->content.organisation == found->organisation;
        if (!is_theirs) return no_token();
        found->permissions = common(found->permissions, state_->roles.permissions_of(person->content.roles));
        return std::move(*found);
    });
    if (token.has_error()) return token.error();
    if (!token->last_used_at || now - *token->last_used_at >= touched_every) {
        token->last_used_at = now;
        token->last_used_from = clipped(origin.address, 64);
        // A database that cannot be written just now is no reason to send a program away.
        (void)state_->database.write(Priority::interactive, [&](Unit& unit) {
            token_table::touch(unit, token->id, now, token->last_used_from);
        });
    }
    Identity out{trail::subject(token->id)};
    out.permissions = token->permissions;
    out.organisation = token->organisation;
    out.token = std::move(*token);
    return out;
}

}  // namespace kula::access
