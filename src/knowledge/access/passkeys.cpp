// Access: passkeys.

#include "access_state.hpp"
#include "passkey_table.hpp"
#include "storage/record.hpp"
#include "text.hpp"
#include "trail.hpp"
#include "user_table.hpp"
#include "webauthn.hpp"

namespace kula::access {

using storage::Priority;

namespace {

using Unit = storage::Session;

constexpr std::chrono::minutes challenge_life{5};
constexpr std::int64_t most_challenges =
    10'000;  ///< Open ones to sign in with; anybody may ask for one, and then the oldest goes.
constexpr std::int64_t most_passkeys = 20;  ///< Of one person.

std::string handle_of(UserId id) {
    auto const& bytes = id.uuid().bytes();
    return {bytes.begin(), bytes.end()};
}

base::Error unknown_challenge() { return base::invalid("client_data: its challenge is not open"); }

/// Whose passkey signed this, when everything about it is right.
std::optional<passkey_table::StoredPasskey> signer(Unit& unit, PasskeyAssertion const& assertion,
                                                   UsedCredential const& used, base::Instant now) {
    bool const is_open = passkey_table::take_challenge(unit, digest_of(used.challenge), std::nullopt, now);
    auto stored = passkey_table::find_by_credential(unit, seals::base64url(assertion.credential_id));
    if (!is_open || !stored || assertion.user_handle != handle_of(stored->user)) return std::nullopt;
    auto const key = parse_cose_key(stored->public_key);
    bool const is_signed = key && is_signed_by(key->key, assertion);
    if (!is_signed || !passkey_table::use(unit, stored->passkey.id, used.uses, now)) return std::nullopt;
    return stored;
}

/// For the trail: whose passkey it names, or what groups attempts with an unknown one.
std::string named_by(Unit const& unit, PasskeyAssertion const& assertion) {
    auto const credential = seals::base64url(assertion.credential_id);
    auto const stored = passkey_table::find_by_credential(unit, credential);
    return stored ? trail::subject(stored->user) : trail::unknown_subject("passkey", credential);
}

}  // namespace

base::Result<PasskeyChallenge> Access::passkey_challenge() {
    auto const challenge = NewSecret::make();
    auto const now = state_->clock.now();
    return state_->database.write(Priority::interactive, [&](Unit& unit) {
        passkey_table::remove_old_challenges(unit, now);
        passkey_table::keep_latest_challenges(unit, most_challenges - 1);
        passkey_table::insert_challenge(unit, challenge.digest, std::nullopt, now + challenge_life);
        return PasskeyChallenge{challenge.text};
    });
}

base::Result<Access::Attempt<SignedIn>> Access::sign_in_with_passkey(PasskeyAssertion const& assertion,
                                                                     RelyingParty const& party, Origin const& origin) {
    if (auto const wait = state_->passwords.admit_address(origin.address)) return Attempt<SignedIn>(Delayed{*wait});
    auto const used = checked_assertion(assertion, party);
    bool const is_plausible = used.has_value() && assertion.credential_id.size() <= longest_credential_id;
    auto const secret = NewSecret::make();
    std::optional<User> owner;
    auto verdict =
        state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<std::optional<SignedIn>> {
            auto const by = is_plausible ? signer(unit, assertion, *used, state_->clock.now()) : std::nullopt;
            owner = by ? user_table::find(unit, by->user) : std::nullopt;
            if (!owner || owner->state != UserState::active) {
                state_->refuse(unit, named_by(unit, assertion), proof::passkey, origin);
                return std::optional<SignedIn>();
            }
            return std::optional(state_->begin(unit, *owner, SignInState::signed_in, proof::passkey, origin, secret));
        });
    if (verdict.has_value() && !*verdict) return wrong();
    state_->passwords.take_back_address(origin.address);
    if (verdict.has_error()) return verdict.error();
    state_->remember(*owner, origin);
    return Attempt<SignedIn>(std::move(**verdict));
}

base::Result<PasskeyOffer> Access::offer_passkey(Session const& session, RelyingParty const&) {
    auto const present = state_->may_enrol_now(session.id);
    if (present.has_error()) return present.error();
    auto const id = present->user.id;
    auto const challenge = NewSecret::make();
    auto const now = state_->clock.now();
    return state_->database.write(Priority::interactive, [&](Unit& unit) {
        passkey_table::remove_old_challenges(unit, now);
        passkey_table::insert_challenge(unit, challenge.digest, id, now + challenge_life);
        return PasskeyOffer{challenge.text, seals::base64url(handle_of(id)), passkey_table::credentials(unit, id)};
    });
}

base::Result<Access::Enrolled> Access::accept_passkey(Session const& session, PasskeyAttestation const& attestation,
                                                      RelyingParty const& party, Origin const& origin) {
    auto const present = state_->may_enrol_now(session.id);
    if (present.has_error()) return present.error();
    auto const& name = attestation.name;
    if (name.find_first_not_of(' ') == std::string::npos || name.size() > 100 || !is_clean(name))
        return base::invalid("name: is not 1 to 100 bytes of text");
    auto const made = checked_attestation(attestation, party);
    if (made.has_error()) return made.error();
    auto const id = present->user.id;
    auto const now = state_->clock.now();
    auto const is_open = state_->database.write(Priority::interactive, [&](Unit& unit) {
        return passkey_table::take_challenge(unit, digest_of(made->challenge), id, now);
    });
    if (is_open.has_error()) return is_open.error();
    if (!*is_open) return unknown_challenge();

    passkey_table::StoredPasskey const stored{
        {PasskeyId::make(now), name, now}, id, seals::base64url(made->id), made->public_key, made->uses};
    auto const secret = NewSecret::make();
    auto done = state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<Enrolled> {
        auto const now_present = state_->may_enrol(unit, session.id);
        if (now_present.has_error()) return now_present.error();
        if (now_present->user.passkeys >= most_passkeys) return base::invalid("passkeys: are 20 already");
        if (passkey_table::find_by_credential(unit, stored.credential)) return base::conflict("this passkey is known");
        auto const actor = trail::person(id, origin);
        passkey_table::insert(unit, stored, storage::new_record(state_->clock, actor.name));
        auto codes = state_->factor_added(unit, *now_present);
        state_->tell(unit, actor, "user.passkey_added", trail::subject(id), {},
                     trail::told({{"passkey", stored.passkey.id.text()},
                                  {"name", name},
                                  {"recovery_codes", std::to_string(codes.size())}}));
        return Enrolled{state_->raise(unit, *now_present, proof::passkey, origin, secret), std::move(codes)};
    });
    if (done.has_value()) state_->remember(present->user, origin);
    return done;
}

base::Result<std::vector<Passkey>> Access::passkeys(UserId user) const {
    return state_->database.read([&](Unit const& unit) { return passkey_table::of_user(unit, user); });
}

base::Result<void> Access::remove_passkey(Session const& session, PasskeyId id, Origin const& origin) {
    auto const present = state_->signed_in_now(session.id);
    if (present.has_error()) return present.error();
    return state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<void> {
        auto const user = *user_table::find(unit, present->user.id);
        if (!passkey_table::remove(unit, user.id, id)) return base::not_found("no such passkey");
        bool const is_last = !user.has_totp && user.passkeys == 1;
        if (is_last && state_->needs_second_factor(user))
            return base::refused("a role of this person needs a second factor");
        // Without a factor that they stand in for, nobody would ask for them.
        if (is_last) secret_table::replace_recovery_codes(unit, user.id, {});
        state_->tell(unit, trail::person(user.id, origin), "user.passkey_removed", trail::subject(user.id),
                     trail::told({{"passkey", id.text()}}), {});
        return {};
    });
}

}  // namespace kula::access
