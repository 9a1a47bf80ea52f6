#include "access_fixture.hpp"

namespace {

using namespace kula;
using namespace kula::access;
using access_testing::good_password;
using access_testing::other_password;
using ::testing::HasSubstr;
using ::testing::Not;

class SignInTest : public access_testing::AccessTest {};
KULA_ON_BOTH_DATABASES(SignInTest);

TEST_P(SignInTest, asks_a_team_member_for_a_second_factor_before_anything_else) {
    auto const invited = invite("ana");
    auto const begun = enrol(invited);
    EXPECT_EQ(begun.session.state, SignInState::second_factor_to_enrol);
    auto const identity = access->of_session(begun.secret, here);
    ASSERT_TRUE(identity.has_value());
    EXPECT_TRUE(identity->permissions.empty());
    EXPECT_TRUE(is_refused(access->change_password(begun.session, good_password, other_password, here)));
    EXPECT_TRUE(is_refused(access->new_recovery_codes(begun.session, here)));
    EXPECT_FALSE(access->find(invited.user.id)->last_sign_in.has_value());
}

TEST_P(SignInTest, lets_a_constituent_in_with_the_password_alone) {
    auto const begun = enrol(invite(constituent("ina")));
    EXPECT_EQ(begun.session.state, SignInState::signed_in);
    auto const identity = access->of_session(begun.secret, here).value();
    EXPECT_TRUE(identity.permissions.contains("organisations.read"));
    EXPECT_EQ(identity.organisation, organisation);
    EXPECT_EQ(sign_in("ina").session.state, SignInState::signed_in);
}

TEST_P(SignInTest, asks_a_constituent_for_the_factor_that_they_enrolled) {
    auto const begun = enrol(invite(constituent("ina")));
    auto const seed = access_testing::from_base32(access->offer_totp(begun.session)->secret);
    done(access->accept_totp(begun.session, totp_code(seed, totp_step(clock.now())), here));
    EXPECT_EQ(sign_in("ina").session.state, SignInState::second_factor_needed);
}

TEST_P(SignInTest, takes_a_link_once_and_for_72_hours) {
    auto const first = invite("ana");
    EXPECT_EQ(first.link.expires_at, clock.now() + std::chrono::hours(72));
    auto const short_password = access->enrol(first.link.secret, "short", here);
    EXPECT_EQ(short_password.error().fault, base::Fault::invalid);
    EXPECT_THAT(short_password.error().detail, HasSubstr("password: "));
    enrol(first);
    EXPECT_EQ(access->enrol(first.link.secret, good_password, here).error().fault, base::Fault::not_found);
    auto const late = invite("goran");
    clock.advance(std::chrono::hours(72));
    EXPECT_EQ(access->enrol(late.link.secret, good_password, here).error().fault, base::Fault::not_found);
    EXPECT_EQ(access->enrol("", good_password, here).error().fault, base::Fault::not_found);
}

TEST_P(SignInTest, signs_in_with_password_and_code) {
    auto const ana = member("ana");
    auto const begun = sign_in("ANA");
    EXPECT_EQ(begun.session.state, SignInState::second_factor_needed);
    auto const whole = done(access->confirm_totp(begun.session, code(ana), here));
    EXPECT_EQ(whole.session.state, SignInState::signed_in);
    EXPECT_EQ(whole.session.id, begun.session.id);
    EXPECT_NE(whole.secret, begun.secret);
    EXPECT_TRUE(access->of_session(begun.secret, here).has_error()) << "the secret of before is void";
    auto const identity = access->of_session(whole.secret, here).value();
    EXPECT_EQ(identity.actor, "user:" + ana.user.id.text());
    EXPECT_TRUE(identity.permissions.contains("users.manage"));
    EXPECT_EQ(identity.csrf.size(), 43u);
    EXPECT_EQ(access->find(ana.user.id)->last_sign_in, clock.now());
}

TEST_P(SignInTest, takes_each_code_once) {
    auto const ana = member("ana");
    auto const first = sign_in("ana"), second = sign_in("ana");
    auto const shown = code(ana);
    EXPECT_EQ(done(access->confirm_totp(first.session, shown, here)).session.state, SignInState::signed_in);
    EXPECT_TRUE(is_refused(access->confirm_totp(second.session, shown, here)));
    EXPECT_TRUE(is_refused(access->confirm_totp(first.session, shown, here))) << "nothing is to be confirmed any more";
}

TEST_P(SignInTest, takes_each_recovery_code_once) {
    auto const ana = member("ana");
    ASSERT_EQ(ana.recovery_codes.size(), 10u);
    auto const first = sign_in("ana");
    EXPECT_EQ(done(access->use_recovery_code(first.session, ana.recovery_codes[3], here)).session.state,
              SignInState::signed_in);
    EXPECT_EQ(access->find(ana.user.id)->recovery_codes, 9);
    auto const second = sign_in("ana");
    EXPECT_TRUE(is_refused(access->use_recovery_code(second.session, ana.recovery_codes[3], here)));
    EXPECT_EQ(told("user.recovery_code_used").size(), 1u);
}

TEST_P(SignInTest, lets_nobody_enrol_a_factor_who_did_not_show_the_one_there_is) {
    member("ana");
    auto const begun = sign_in("ana");
    EXPECT_TRUE(is_refused(access->offer_totp(begun.session)));
    EXPECT_TRUE(is_refused(access->accept_totp(begun.session, "123456", here)));
    EXPECT_TRUE(is_refused(access->offer_passkey(begun.session, {"localhost", "http://localhost"})));
}

TEST_P(SignInTest, ends_the_sessions_that_showed_no_factor_with_the_first_one) {
    auto const invited = invite("ana");
    auto const thief = enrol(invited);
    auto const ana = sign_in("ana");
    auto const seed = access_testing::from_base32(access->offer_totp(ana.session)->secret);
    auto const enrolled = done(access->accept_totp(ana.session, totp_code(seed, totp_step(clock.now())), here));
    EXPECT_TRUE(access->of_session(thief.secret, here).has_error());
    EXPECT_TRUE(access->offer_totp(thief.session).has_error());
    EXPECT_TRUE(access->of_session(enrolled.signed_in.secret, here).has_value());
}

TEST_P(SignInTest, answers_the_same_whatever_was_wrong) {
    enrol(invite(constituent("ina")));
    invite(constituent("iva"));  // Has no password yet.
    auto const expected = access->sign_in("ina", other_password, here).error().detail;
    EXPECT_EQ(access->sign_in("nobody", good_password, elsewhere).error().detail, expected);
    EXPECT_EQ(access->sign_in("iva", good_password, elsewhere).error().detail, expected);
    EXPECT_EQ(access->sign_in("ina", std::string(5'000, 'x'), elsewhere).error().detail, expected);
    EXPECT_EQ(access->sign_in("ina", "\xff", elsewhere).error().detail, expected);
}

TEST_P(SignInTest, delays_guessing_and_lets_the_owner_in_from_where_they_are_known) {
    enrol(invite(constituent("ina")));
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(is_refused(access->sign_in("ina", other_password, elsewhere)));
    EXPECT_EQ(wait(access->sign_in("ina", good_password, elsewhere)), std::chrono::seconds(1));
    EXPECT_EQ(sign_in("ina").session.state, SignInState::signed_in);
    clock.advance(std::chrono::seconds(1));
    EXPECT_EQ(done(access->sign_in("ina", good_password, elsewhere)).session.state, SignInState::signed_in);
}

TEST_P(SignInTest, delays_the_guessing_of_codes) {
    auto const ana = member("ana");
    auto const begun = sign_in("ana");
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(is_refused(access->confirm_totp(begun.session, "000000", elsewhere)));
    EXPECT_TRUE(wait(access->confirm_totp(begun.session, code(ana), elsewhere)).has_value());
    EXPECT_TRUE(wait(access->use_recovery_code(begun.session, ana.recovery_codes[0], elsewhere)).has_value());
}

TEST_P(SignInTest, tells_the_trail_of_every_attempt_and_never_what_was_typed) {
    auto const ana = member("ana");
    auto const begun = sign_in("ana");
    done(access->confirm_totp(begun.session, code(ana), here));
    (void)access->sign_in("ana", "a guess of mine, no 1", elsewhere);
    (void)access->sign_in("my-password-typed-here", good_password, elsewhere);
    auto const refused = told("session.refused");
    ASSERT_EQ(refused.size(), 2u);
    EXPECT_THAT(refused[0].fact.subject, HasSubstr("name:"));
    EXPECT_EQ(refused[1].fact.subject, "user:" + ana.user.id.text());
    EXPECT_EQ(refused[1].origin, "198.51.100.9");
    auto const began = told("session.began");
    ASSERT_GE(began.size(), 2u);
    EXPECT_EQ(began[0].actor, "user:" + ana.user.id.text());
    EXPECT_THAT(began[0].fact.after, HasSubstr("signed_in"));
    auto const everything = whole_trail();
    for (auto const& secret : {std::string(good_password), std::string("a guess of mine"), std::string("my-password"),
                               begun.secret, digest_of(begun.secret), ana.recovery_codes[0], std::string("argon2")})
        EXPECT_THAT(everything, Not(HasSubstr(secret)));
    EXPECT_TRUE(trail->verify(std::nullopt).has_value());
}

TEST_P(SignInTest, digests_a_password_anew_when_the_cost_has_changed) {
    enrol(invite(constituent("ina")));
    auto const stored = [this] {
        return database()
            .read([](storage::Session const& unit) {
                return unit.value<std::string>("select password from person_secret where password is not null");
            })
            .value();
    };
    EXPECT_THAT(stored(), HasSubstr("m=8,t=1"));
    restart({.memory_kib = 16, .passes = 2});
    EXPECT_TRUE(is_refused(access->sign_in("ina", other_password, here)));
    EXPECT_THAT(stored(), HasSubstr("m=8,t=1"));
    sign_in("ina");
    EXPECT_THAT(stored(), HasSubstr("m=16,t=2"));
    EXPECT_EQ(sign_in("ina").session.state, SignInState::signed_in);
}

TEST_P(SignInTest, ends_a_session_after_half_an_hour_without_use_and_after_twelve_hours_in_all) {
    auto const idle = enrol(invite(constituent("ina")));
    EXPECT_EQ(idle.session.expires_at, clock.now() + std::chrono::minutes(30));
    clock.advance(std::chrono::minutes(30));
    EXPECT_EQ(access->of_session(idle.secret, here).error().fault, base::Fault::not_found);
    auto const used = sign_in("ina");
    for (int i = 1; i < 36; ++i) {
        clock.advance(std::chrono::minutes(20));
        ASSERT_TRUE(access->of_session(used.secret, here).has_value()) << i;
    }
    EXPECT_EQ(access->of_session(used.secret, here)->session->expires_at,
              used.session.began_at + std::chrono::hours(12));
    clock.advance(std::chrono::minutes(20));
    EXPECT_TRUE(access->of_session(used.secret, here).has_error());
}

TEST_P(SignInTest, writes_the_last_use_once_a_minute) {
    auto const begun = enrol(invite(constituent("ina")));
    clock.advance(std::chrono::seconds(59));
    EXPECT_EQ(access->of_session(begun.secret, elsewhere)->session->last_used_at, begun.session.last_used_at);
    clock.advance(std::chrono::seconds(1));
    auto const moved = access->of_session(begun.secret, elsewhere)->session;
    EXPECT_EQ(moved->last_used_at, clock.now());
    EXPECT_EQ(moved->origin, "198.51.100.9");
}

TEST_P(SignInTest, knows_nobody_by_a_wrong_secret) {
    auto const begun = enrol(invite(constituent("ina")));
    for (auto const& secret : {std::string(), std::string("x"), begun.secret + "x", begun.secret.substr(1),
                               std::string(100'000, 'x'), digest_of(begun.secret)})
        EXPECT_EQ(access->of_session(secret, here).error().fault, base::Fault::not_found);
}

TEST_P(SignInTest, lets_a_new_role_count_at_once) {
    auto const invited = invite(constituent("ina"));
    auto const begun = enrol(invited);
    auto wanted = content("ina", {"auditor"});
    ASSERT_TRUE(access->replace(invited.user.id, 2, wanted, console).has_value());
    auto const identity = access->of_session(begun.secret, here).value();
    EXPECT_EQ(identity.session->state, SignInState::second_factor_to_enrol);
    EXPECT_TRUE(identity.permissions.empty());
}

TEST_P(SignInTest, keeps_no_secret_in_the_clear) {
    auto const ana = member("ana");
    auto const link = invite("goran").link.secret;
    auto const columns =
        database()
            .read([](storage::Session const& unit) {
                auto out = unit.column<std::string>("select digest from access_session");
                for (auto const* const sql : {"select digest from one_time_link", "select digest from recovery_code",
                                              "select totp from person_secret where totp is not null"})
                    for (auto& value : unit.column<std::string>(sql)) out.push_back(std::move(value));
                return out;
            })
            .value();
    EXPECT_GE(columns.size(), 13u);
    for (auto const& stored : columns) {
        EXPECT_THAT(stored, Not(HasSubstr(ana.signed_in.secret)));
        EXPECT_THAT(stored, Not(HasSubstr(link)));
        EXPECT_THAT(stored, Not(HasSubstr(ana.seed)));
        EXPECT_THAT(stored, Not(HasSubstr(ana.recovery_codes[0])));
    }
}

}  // namespace
