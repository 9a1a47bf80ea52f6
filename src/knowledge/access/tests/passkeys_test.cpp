#include "access_fixture.hpp"
#include "authenticator.hpp"

namespace {

using namespace kula;
using namespace kula::access;
using access_testing::Authenticator;
using access_testing::good_password;
using ::testing::ElementsAre;

class PasskeyTest : public access_testing::AccessTest {
protected:
    static std::string handle(UserId id) { return {id.uuid().bytes().begin(), id.uuid().bytes().end()}; }

    base::Result<Access::Enrolled> add(Session const& session, Authenticator const& authenticator) {
        return access->accept_passkey(session, authenticator.attest(access->offer_passkey(session, party)->challenge),
                                      party, here);
    }
    base::Result<Access::Attempt<SignedIn>> use(Authenticator const& authenticator, UserId owner) {
        return access->sign_in_with_passkey(
            authenticator.assert_for(access->passkey_challenge()->challenge, handle(owner)), party, here);
    }

    RelyingParty const party{"localhost", "http://localhost:8080"};
    Authenticator key{Authenticator::Kind::es256};
};
KULA_ON_BOTH_DATABASES(PasskeyTest);

TEST_P(PasskeyTest, is_both_factors) {
    auto const begun = enrol(invite("ana"));
    auto const enrolled = add(begun.session, key);
    ASSERT_TRUE(enrolled.has_value()) << enrolled.error().detail;
    EXPECT_EQ(enrolled->signed_in.session.state, SignInState::signed_in);
    EXPECT_EQ(enrolled->recovery_codes.size(), 10u);
    auto const again = done(use(key, begun.session.user));
    EXPECT_EQ(again.session.state, SignInState::signed_in);
    EXPECT_TRUE(access->of_session(again.secret, here)->permissions.contains("users.manage"));
    EXPECT_EQ(access->passkeys(begun.session.user)->front().last_used_at, clock.now());
    EXPECT_EQ(access->passkeys(begun.session.user)->front().name, "Key on my desk");
    EXPECT_EQ(sign_in("ana").session.state, SignInState::second_factor_needed);
    EXPECT_EQ(told("user.passkey_added").size(), 1u);
}

TEST_P(PasskeyTest, may_be_of_either_algorithm) {
    auto const begun = enrol(invite("ana"));
    Authenticator const other(Authenticator::Kind::eddsa);
    auto const enrolled = add(begun.session, other).value();
    EXPECT_EQ(done(use(other, begun.session.user)).session.state, SignInState::signed_in);
    EXPECT_THAT(access->offer_passkey(enrolled.signed_in.session, party)->excluded,
                ElementsAre(seals::base64url(other.credential_id)));
}

TEST_P(PasskeyTest, signs_a_challenge_once_and_within_five_minutes) {
    auto const begun = enrol(invite("ana"));
    ASSERT_TRUE(add(begun.session, key).has_value());
    auto const challenge = access->passkey_challenge()->challenge;
    EXPECT_EQ(challenge.size(), 43u);
    auto const assertion = key.assert_for(challenge, handle(begun.session.user));
    done(access->sign_in_with_passkey(assertion, party, here));
    EXPECT_TRUE(is_refused(access->sign_in_with_passkey(assertion, party, here)));
    auto const late = key.assert_for(access->passkey_challenge()->challenge, handle(begun.session.user));
    clock.advance(std::chrono::minutes(5));
    EXPECT_TRUE(is_refused(access->sign_in_with_passkey(late, party, here)));
    EXPECT_TRUE(
        is_refused(access->sign_in_with_passkey(key.assert_for("made-up", handle(begun.session.user)), party, here)));
}

TEST_P(PasskeyTest, takes_no_challenge_of_another_person_or_purpose) {
    auto const ana = enrol(invite("ana"));
    auto const goran = enrol(invite("goran"));
    auto const of_goran = access->offer_passkey(goran.session, party)->challenge;
    EXPECT_EQ(access->accept_passkey(ana.session, key.attest(of_goran), party, here).error().fault,
              base::Fault::invalid);
    auto const to_sign_in = access->passkey_challenge()->challenge;
    EXPECT_EQ(access->accept_passkey(ana.session, key.attest(to_sign_in), party, here).error().fault,
              base::Fault::invalid);
    auto const mine = access->offer_passkey(ana.session, party)->challenge;
    auto const enrolled = access->accept_passkey(ana.session, key.attest(mine), party, here).value();
    EXPECT_TRUE(access->accept_passkey(enrolled.signed_in.session, key.attest(mine), party, here).has_error());
    auto const to_add = access->offer_passkey(enrolled.signed_in.session, party)->challenge;
    EXPECT_TRUE(
        is_refused(access->sign_in_with_passkey(key.assert_for(to_add, handle(ana.session.user)), party, here)));
}

TEST_P(PasskeyTest, notices_a_copied_authenticator_by_its_count) {
    auto const begun = enrol(invite("ana"));
    key.uses = 5;
    ASSERT_TRUE(add(begun.session, key).has_value());
    EXPECT_TRUE(is_refused(use(key, begun.session.user)));
    key.uses = 6;
    EXPECT_EQ(done(use(key, begun.session.user)).session.state, SignInState::signed_in);
    key.uses = 4;
    EXPECT_TRUE(is_refused(use(key, begun.session.user)));
    key.uses = 0;
    EXPECT_TRUE(is_refused(use(key, begun.session.user)));
    EXPECT_EQ(told("session.refused").size(), 3u);
    EXPECT_EQ(told("session.refused")[0].fact.subject, "user:" + begun.session.user.text());
}

TEST_P(PasskeyTest, belongs_to_one_person) {
    auto const ana = enrol(invite("ana"));
    auto const goran = enrol(invite("goran"));
    ASSERT_TRUE(add(ana.session, key).has_value());
    EXPECT_EQ(add(goran.session, key).error().fault, base::Fault::conflict);
    EXPECT_TRUE(is_refused(use(key, goran.session.user))) << "the handle names another";
    EXPECT_TRUE(is_refused(use(Authenticator(Authenticator::Kind::es256), ana.session.user))) << "nobody's passkey";
}

TEST_P(PasskeyTest, stays_while_a_role_needs_it) {
    auto const begun = enrol(invite("ana"));
    auto session = add(begun.session, key)->signed_in.session;
    auto const first = access->passkeys(begun.session.user)->front().id;
    EXPECT_TRUE(is_refused(access->remove_passkey(session, first, here)));
    EXPECT_EQ(access->passkeys(begun.session.user)->size(), 1u);
    session = add(session, Authenticator(Authenticator::Kind::eddsa))->signed_in.session;
    EXPECT_TRUE(access->remove_passkey(session, first, here).has_value());
    EXPECT_EQ(access->remove_passkey(session, first, here).error().fault, base::Fault::not_found);
    EXPECT_TRUE(is_refused(use(key, begun.session.user)));
    EXPECT_EQ(told("user.passkey_removed").size(), 1u);
}

TEST_P(PasskeyTest, goes_from_a_person_who_needs_none) {
    auto const begun = enrol(invite(constituent("ina")));
    auto const session = add(begun.session, key)->signed_in.session;
    ASSERT_TRUE(access->remove_passkey(session, access->passkeys(session.user)->front().id, here).has_value());
    EXPECT_EQ(access->find(session.user)->recovery_codes, 0);
    EXPECT_EQ(sign_in("ina").session.state, SignInState::signed_in);
}

TEST_P(PasskeyTest, opens_nothing_for_a_deactivated_person) {
    auto const begun = enrol(invite(constituent("ina")));
    ASSERT_TRUE(add(begun.session, key).has_value());
    ASSERT_TRUE(access->deactivate(begun.session.user, 2, console).has_value());
    EXPECT_TRUE(is_refused(use(key, begun.session.user)));
}

TEST_P(PasskeyTest, is_delayed_after_wrong_ones) {
    auto const begun = enrol(invite("ana"));
    ASSERT_TRUE(add(begun.session, key).has_value());
    for (int i = 0; i < 5; ++i) {
        auto assertion = key.assert_for(access->passkey_challenge()->challenge, handle(begun.session.user));
        assertion.signature = "x";
        EXPECT_TRUE(is_refused(access->sign_in_with_passkey(assertion, party, elsewhere)));
    }
    EXPECT_TRUE(
        wait(access->sign_in_with_passkey(
                 key.assert_for(access->passkey_challenge()->challenge, handle(begun.session.user)), party, elsewhere))
            .has_value());
}

}  // namespace
