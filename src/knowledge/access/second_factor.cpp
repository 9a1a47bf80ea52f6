// Access: the second factors that are codes.

#include "access_state.hpp"
#include "base32.hpp"
#include "totp.hpp"
#include "trail.hpp"

namespace kula::access {

using storage::Priority;

namespace {

using Unit = storage::Session;
using Verdict = base::Result<std::optional<SignedIn>>;

constexpr std::chrono::minutes offer_life{60};

}  // namespace

base::Result<Access::Attempt<SignedIn>> Access::confirm_totp(Session const& session, std::string_view code,
                                                             Origin const& origin) {
    auto const present = state_->present_now(session.id);
    if (present.has_error()) return present.error();
    auto const& user = present->user;
    if (present->session.state == SignInState::second_factor_to_enrol || !user.has_totp) return wrong();
    auto const key = user.id.text();
    if (auto const wait = state_->codes.admit(key, origin.address)) return Attempt<SignedIn>(Delayed{*wait});

    auto const secret = NewSecret::make();
    auto const verdict = state_->database.write(Priority::interactive, [&](Unit& unit) -> Verdict {
        auto const now_present = state_->present(unit, session.id);
        if (now_present.has_error()) return now_present.error();
        auto const stored = secret_table::find(unit, user.id);
        if (now_present->session.state == SignInState::second_factor_to_enrol || !stored.totp)
            return std::optional<SignedIn>();
        auto const seed = state_->secrets.open(*stored.totp, totp_purpose(user.id));
        if (seed.has_error()) return base::unavailable("a second factor's seed cannot be opened with the secret key");
        auto const step = totp_match(*seed, code, state_->clock.now(), stored.totp_step);
        if (!step || !secret_table::use_totp_step(unit, user.id, *step)) {
            state_->refuse(unit, trail::subject(user.id), proof::totp, origin);
            return std::optional<SignedIn>();
        }
        return std::optional(state_->raise(unit, *now_present, proof::totp, origin, secret));
    });
    if (verdict.has_value() && *verdict) state_->remember(user, origin);
    return settled(state_->codes, key, origin, verdict);
}

base::Result<Access::Attempt<SignedIn>> Access::use_recovery_code(Session const& session, std::string_view code,
                                                                  Origin const& origin) {
    auto const present = state_->present_now(session.id);
    if (present.has_error()) return present.error();
    auto const& user = present->user;
    if (present->session.state != SignInState::second_factor_needed) return wrong();
    auto const key = user.id.text();
    if (auto const wait = state_->codes.admit(key, origin.address)) return Attempt<SignedIn>(Delayed{*wait});

    auto const digest = digest_of(bare_code(code));
    auto const secret = NewSecret::make();
    auto const verdict = state_->database.write(Priority::interactive, [&](Unit& unit) -> Verdict {
        auto const now_present = state_->present(unit, session.id);
        if (now_present.has_error()) return now_present.error();
        if (now_present->session.state != SignInState::second_factor_needed) return std::optional<SignedIn>();
        if (!secret_table::use_recovery_code(unit, user.id, digest, state_->clock.now())) {
            state_->refuse(unit, trail::subject(user.id), proof::recovery_code, origin);
            return std::optional<SignedIn>();
        }
        auto const left = std::to_string(now_present->user.recovery_codes - 1);
        state_->tell(unit, trail::person(user.id, origin), "user.recovery_code_used", trail::subject(user.id), {},
                     trail::told({{"left", left}}));
        return std::optional(state_->raise(unit, *now_present, proof::recovery_code, origin, secret));
    });
    if (verdict.has_value() && *verdict) state_->remember(user, origin);
    return settled(state_->codes, key, origin, verdict);
}

base::Result<TotpOffer> Access::offer_totp(Session const& session) {
    auto const present = state_->may_enrol_now(session.id);
    if (present.has_error()) return present.error();
    auto const& user = present->user;
    auto const seed = seals::random_bytes(totp_seed_size);
    auto const sealed = state_->secrets.seal(seed, totp_purpose(user.id));
    auto const offered = state_->database.write(Priority::interactive, [&](Unit& unit) {
        secret_table::offer_totp(unit, user.id, sealed, state_->clock.now());
    });
    if (offered.has_error()) return offered.error();
    auto const secret = base32(seed);
    return TotpOffer{secret, totp_uri(secret, state_->options.issuer, user.content.name)};
}

base::Result<Access::Attempt<Access::Enrolled>> Access::accept_totp(Session const& session, std::string_view code,
                                                                    Origin const& origin) {
    auto const present = state_->may_enrol_now(session.id);
    if (present.has_error()) return present.error();
    auto const& user = present->user;
    auto const key = user.id.text();
    if (auto const wait = state_->codes.admit(key, origin.address)) return Attempt<Enrolled>(Delayed{*wait});

    auto const secret = NewSecret::make();
    auto const verdict =
        state_->database.write(Priority::interactive, [&](Unit& unit) -> base::Result<std::optional<Enrolled>> {
            auto const now = state_->clock.now();
            auto const now_present = state_->may_enrol(unit, session.id);
            if (now_present.has_error()) return now_present.error();
            auto const stored = secret_table::find(unit, user.id);
            if (!stored.totp_offer || now - *stored.totp_offered_at > offer_life)
                return base::invalid("code: no authenticator app was offered within the last hour");
            auto const seed = state_->secrets.open(*stored.totp_offer, totp_purpose(user.id));
            if (seed.has_error())
                return base::unavailable("a second factor's seed cannot be opened with the secret key");
            auto const step = totp_match(*seed, code, now, 0);
            if (!step || !secret_table::accept_totp(unit, user.id, *stored.totp_offer, *step))
                return std::optional<Enrolled>();
            auto codes = state_->factor_added(unit, *now_present);
            state_->tell(unit, trail::person(user.id, origin), "user.totp_added", trail::subject(user.id), {},
                         trail::told({{"recovery_codes", std::to_string(codes.size())}}));
            return std::optional(
                Enrolled{state_->raise(unit, *now_present, proof::totp, origin, secret), std::move(codes)});
        });
    if (verdict.has_value() && *verdict) state_->remember(user, origin);
    return settled(state_->codes, key, origin, verdict);
}

}  // namespace kula::access
