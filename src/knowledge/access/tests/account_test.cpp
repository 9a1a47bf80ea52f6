#include "access_fixture.hpp"

namespace {

using namespace kula;
using namespace kula::access;
using access_testing::good_password;
using access_testing::other_password;
using ::testing::HasSubstr;
using ::testing::Not;

class AccountTest : public access_testing::AccessTest {
protected:
    SignedIn ina() { return enrol(invite(constituent("ina"))); }
    /// Uses the session after each pause, in minutes.
    void stay(SignedIn const& signed_in, std::initializer_list<int> pauses) {
        for (int const pause : pauses) {
            clock.advance(std::chrono::minutes(pause));
            ASSERT_TRUE(access->of_session(signed_in.secret, here).has_value()) << pause;
        }
    }
};
KULA_ON_BOTH_DATABASES(AccountTest);

TEST_P(AccountTest, changes_a_password_and_ends_the_other_sessions) {
    auto const first = ina();
    auto const second = sign_in("ina");
    auto const changed = done(access->change_password(second.session, good_password, other_password, here));
    EXPECT_TRUE(access->of_session(first.secret, here).has_error());
    EXPECT_TRUE(access->of_session(second.secret, here).has_error()) << "the secret has rotated";
    EXPECT_TRUE(access->of_session(changed.secret, here).has_value());
    EXPECT_TRUE(is_refused(access->sign_in("ina", good_password, here)));
    EXPECT_EQ(done(access->sign_in("ina", other_password, here)).session.state, SignInState::signed_in);
    EXPECT_EQ(told("user.password_changed").size(), 1u);
}

TEST_P(AccountTest, chooses_the_language_in_which_one_is_written_to) {
    auto const begun = ina();
    auto const was = access->find(begun.session.user).value();
    ASSERT_NE(was.content.language, "sq");
    ASSERT_TRUE(access->choose_language(begun.session, "sq", here).has_value());
    auto const is = access->find(begun.session.user).value();
    EXPECT_EQ(is.content.language, "sq");
    EXPECT_EQ(is.record.version, was.record.version + 1) << "who changes this person meanwhile is told";
    EXPECT_EQ(is.content.roles, was.content.roles);
    ASSERT_TRUE(access->choose_language(begun.session, "sq", here).has_value());
    EXPECT_EQ(told("user.changed").size(), 1u) << "the same again is no change";
    EXPECT_THAT(access->choose_language(begun.session, "de", here).error().detail, HasSubstr("language: "));
}

TEST_P(AccountTest, changes_no_password_without_the_present_one) {
    auto const begun = ina();
    EXPECT_TRUE(is_refused(access->change_password(begun.session, other_password, other_password, here)));
    auto const weak = access->change_password(begun.session, good_password, "password12345", here);
    EXPECT_THAT(weak.error().detail, HasSubstr("wanted: "));
    EXPECT_TRUE(access->of_session(begun.secret, here).has_value());
    for (int i = 0; i < 4; ++i) (void)access->change_password(begun.session, other_password, other_password, here);
    EXPECT_TRUE(wait(access->change_password(begun.session, good_password, other_password, here)).has_value());
}

TEST_P(AccountTest, takes_an_app_only_with_a_code_of_it) {
    auto const begun = ina();
    EXPECT_EQ(access->accept_totp(begun.session, "123456", here).error().fault, base::Fault::invalid) << "none offered";
    auto const offer = access->offer_totp(begun.session).value();
    EXPECT_EQ(offer.secret.size(), 32u);
    EXPECT_THAT(offer.uri, HasSubstr("otpauth://totp/Kula:ina?secret=" + offer.secret));
    EXPECT_TRUE(is_refused(access->accept_totp(begun.session, "000000", here)));
    EXPECT_FALSE(access->find(begun.session.user)->has_totp);
    auto const seed = access_testing::from_base32(offer.secret);
    stay(begun, {29, 29});
    clock.advance(std::chrono::minutes(1));
    auto const enrolled = done(access->accept_totp(begun.session, totp_code(seed, totp_step(clock.now())), here));
    EXPECT_EQ(enrolled.recovery_codes.size(), 10u);
    EXPECT_NE(enrolled.signed_in.secret, begun.secret);
    EXPECT_TRUE(access->find(begun.session.user)->has_totp);
    EXPECT_EQ(told("user.totp_added").size(), 1u);
}

TEST_P(AccountTest, lets_an_offer_lapse_after_an_hour) {
    auto const begun = ina();
    auto const seed = access_testing::from_base32(access->offer_totp(begun.session)->secret);
    stay(begun, {25, 25});
    clock.advance(std::chrono::minutes(11));
    auto const late = access->accept_totp(begun.session, totp_code(seed, totp_step(clock.now())), here);
    EXPECT_EQ(late.error().fault, base::Fault::invalid);
}

TEST_P(AccountTest, puts_a_new_app_in_the_place_of_the_old_one) {
    auto const ana = member("ana");
    auto const seed = access_testing::from_base32(access->offer_totp(ana.signed_in.session)->secret);
    auto const again = done(access->accept_totp(ana.signed_in.session, totp_code(seed, totp_step(clock.now())), here));
    EXPECT_TRUE(again.recovery_codes.empty()) << "there are some already";
    clock.advance(std::chrono::seconds(60));
    auto const begun = sign_in("ana");
    EXPECT_TRUE(is_refused(access->confirm_totp(begun.session, code(ana), here)));
    EXPECT_EQ(done(access->confirm_totp(begun.session, totp_code(seed, totp_step(clock.now())), here)).session.state,
              SignInState::signed_in);
}

TEST_P(AccountTest, makes_old_recovery_codes_void) {
    auto const ana = member("ana");
    auto const codes = access->new_recovery_codes(ana.signed_in.session, here).value();
    EXPECT_EQ(codes.size(), 10u);
    auto const begun = sign_in("ana");
    EXPECT_TRUE(is_refused(access->use_recovery_code(begun.session, ana.recovery_codes[0], here)));
    EXPECT_EQ(done(access->use_recovery_code(begun.session, codes[0], here)).session.state, SignInState::signed_in);
    EXPECT_EQ(told("user.recovery_codes_renewed").size(), 1u);
}

TEST_P(AccountTest, lists_open_sessions_and_ends_them) {
    auto const first = ina();
    clock.advance(std::chrono::minutes(2));
    auto const second = done(access->sign_in("ina", good_password, elsewhere));
    auto const open = access->sessions(first.session.user).value();
    ASSERT_EQ(open.size(), 2u);
    EXPECT_EQ(open[0].id, second.session.id);
    EXPECT_EQ(open[0].agent, "Browser 2");
    auto const stranger = enrol(invite(constituent("iva")));
    EXPECT_EQ(access->end_session(stranger.session.user, first.session.id, console).error().fault,
              base::Fault::not_found);
    EXPECT_TRUE(access->end_session(first.session.user, first.session.id, console).has_value());
    EXPECT_TRUE(access->of_session(first.secret, here).has_error());
    EXPECT_TRUE(access->sign_out(second.session, here).has_value());
    EXPECT_TRUE(access->of_session(second.secret, here).has_error());
    EXPECT_EQ(told("session.ended").size(), 2u);
    sign_in("ina");
    sign_in("ina");
    EXPECT_TRUE(access->end_sessions(first.session.user, console).has_value());
    EXPECT_TRUE(access->sessions(first.session.user)->empty());
    EXPECT_EQ(access->sessions(UserId::make(clock.now())).error().fault, base::Fault::not_found);
}

TEST_P(AccountTest, bounds_the_sessions_of_one_person) {
    auto const first = ina();
    for (int i = 0; i < 50; ++i) sign_in("ina");
    EXPECT_EQ(access->sessions(first.session.user)->size(), 50u);
    EXPECT_TRUE(access->of_session(first.secret, here).has_error());
}

TEST_P(AccountTest, cuts_what_a_browser_says_of_itself) {
    enrol(invite(constituent("ina")));
    Origin const odd{"192.0.2.7", std::string(299, 'x') + "ж and more"};
    EXPECT_EQ(done(access->sign_in("ina", good_password, odd)).session.agent, std::string(299, 'x'));
    Origin const broken{"192.0.2.7", "\xff\xfe"};
    EXPECT_EQ(done(access->sign_in("ina", good_password, broken)).session.agent, "");
}

TEST_P(AccountTest, tidies_what_is_over) {
    ina();
    invite("goran");
    ASSERT_TRUE(access->passkey_challenge().has_value());
    clock.advance(std::chrono::hours(73));
    ASSERT_TRUE(access->tidy().has_value());
    for (auto const* const sql : {"select count(*) from access_session", "select count(*) from one_time_link",
                                  "select count(*) from passkey_challenge"})
        EXPECT_EQ(
            database().read([sql](storage::Session const& unit) { return unit.value<std::int64_t>(sql); }).value(), 0);
}

class TokenTest : public access_testing::AccessTest {
protected:
    MadeToken make(std::chrono::hours life = std::chrono::hours(24)) {
        return access->make_token("feed of partner", {"sightings.read"}, std::nullopt, clock.now() + life, console)
            .value();
    }
};
KULA_ON_BOTH_DATABASES(TokenTest);

TEST_P(TokenTest, may_what_it_names_and_nothing_else) {
    auto const made = access
                          ->make_token("feed", {"organisations.read", "sightings.read"}, organisation,
                                       clock.now() + std::chrono::hours(1), console)
                          .value();
    EXPECT_TRUE(made.secret.starts_with("kula_"));
    EXPECT_EQ(made.secret.size(), 48u);
    auto const identity = access->of_token(made.secret, here).value();
    EXPECT_EQ(identity.actor, "token:" + made.token.id.text());
    EXPECT_EQ(identity.permissions, (std::set<std::string, std::less<>>{"organisations.read", "sightings.read"}));
    EXPECT_EQ(identity.organisation, organisation);
    EXPECT_TRUE(identity.csrf.empty());
    EXPECT_FALSE(identity.user.has_value());
    EXPECT_THAT(whole_trail(), Not(HasSubstr(made.secret)));
    EXPECT_THAT(told("token.made")[0].fact.after, HasSubstr("sightings.read"));
}

TEST_P(TokenTest, is_over_when_it_expires_or_is_revoked) {
    auto const one = make(), other = make(std::chrono::hours(48));
    clock.advance(std::chrono::hours(24));
    EXPECT_EQ(access->of_token(one.secret, here).error().fault, base::Fault::not_found);
    EXPECT_TRUE(access->of_token(other.secret, here).has_value());
    EXPECT_TRUE(access->revoke_token(other.token.id, console).has_value());
    EXPECT_TRUE(access->revoke_token(other.token.id, console).has_value()) << "twice is once";
    EXPECT_EQ(told("token.revoked").size(), 1u);
    EXPECT_TRUE(access->of_token(other.secret, here).has_error());
    EXPECT_EQ(access->tokens()->size(), 2u);
    clock.advance(std::chrono::hours(24 * 90));
    EXPECT_TRUE(access->tokens()->empty());
    EXPECT_EQ(access->revoke_token(TokenId::make(clock.now()), console).error().fault, base::Fault::not_found);
}

TEST_P(TokenTest, shows_its_last_use_to_the_minute) {
    auto const made = make();
    ASSERT_TRUE(access->of_token(made.secret, here).has_value());
    auto const first = clock.now();
    clock.advance(std::chrono::seconds(30));
    ASSERT_TRUE(access->of_token(made.secret, elsewhere).has_value());
    auto shown = access->tokens()->front();
    EXPECT_EQ(shown.last_used_at, first);
    EXPECT_EQ(shown.last_used_from, "192.0.2.7");
    clock.advance(std::chrono::seconds(30));
    ASSERT_TRUE(access->of_token(made.secret, elsewhere).has_value());
    EXPECT_EQ(access->tokens()->front().last_used_from, "198.51.100.9");
}

TEST_P(TokenTest, breaks_no_rule) {
    auto const later = clock.now() + std::chrono::hours(1);
    auto const fault = [&](std::string name, std::set<std::string, std::less<>> permissions, base::Instant expires_at) {
        auto const made = access->make_token(std::move(name), std::move(permissions), {}, expires_at, console);
        return made.has_error() ? made.error().detail : std::string();
    };
    EXPECT_EQ(fault("x", {"status.read"}, later), "");
    EXPECT_THAT(fault("", {"status.read"}, later), HasSubstr("name: "));
    EXPECT_THAT(fault(std::string(201, 'x'), {"status.read"}, later), HasSubstr("name: "));
    EXPECT_THAT(fault("x", {}, later), HasSubstr("permissions: "));
    EXPECT_THAT(fault("x", {"everything"}, later), HasSubstr("permissions: "));
    EXPECT_THAT(fault("x", {"status.read"}, clock.now()), HasSubstr("expires_at: "));
    EXPECT_THAT(fault("x", {"status.read"}, clock.now() + std::chrono::hours(24 * 732)), HasSubstr("expires_at: "));
    base::Actor limited{"user:1"};
    limited.clearance = base::Clearance::of({organisation});
    EXPECT_TRUE(is_refused(access->make_token("x", {"sightings.read"}, std::nullopt, later, limited)));
    EXPECT_TRUE(access->make_token("x", {"sightings.read"}, organisation, later, limited).has_value());
}

}  // namespace
