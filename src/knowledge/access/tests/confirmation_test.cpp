// Proves: a session that nobody attends ends, what is grave asks who is there, and TLP:RED is opened with a reason.
#include <gmock/gmock.h>

#include "access_fixture.hpp"

namespace kula::access {
namespace {

using namespace std::chrono_literals;
using access_testing::AccessTest;
using access_testing::good_password;
using testing::HasSubstr;

class ConfirmationTest : public AccessTest {};
KULA_ON_BOTH_DATABASES(ConfirmationTest);

TEST_P(ConfirmationTest, what_a_desk_asks_by_itself_is_no_use) {
    auto const secret = member("ana").signed_in.secret;
    for (int minute = 0; minute < 28; ++minute) {
        clock.advance(1min);
        ASSERT_TRUE(access->of_session(secret, here, Use::background)) << minute;
    }
    clock.advance(2min);
    EXPECT_EQ(access->of_session(secret, here, Use::background).error().fault, base::Fault::not_found);
}

TEST_P(ConfirmationTest, attended_use_keeps_a_session) {
    auto const secret = member("ana").signed_in.secret;
    for (int round = 0; round < 3; ++round) {
        clock.advance(25min);
        ASSERT_TRUE(access->of_session(secret, here)) << round;
    }
}

TEST_P(ConfirmationTest, the_longest_pause_is_what_was_configured) {
    stop();
    Options options;
    options.longest_pause = 15min;
    start(options);
    auto const made = member("ana").signed_in;
    EXPECT_LE(made.session.expires_at, clock.now() + 15min);
    clock.advance(15min);
    EXPECT_FALSE(access->of_session(made.secret, here));
}

TEST_P(ConfirmationTest, is_of_the_last_ten_minutes) {
    auto const begun = member("ana").signed_in;
    auto const session = access->of_session(begun.secret, here)->session;
    EXPECT_TRUE(access->is_confirmed(*session));
    clock.advance(10min);
    EXPECT_FALSE(access->is_confirmed(*session));
    auto const again = done(access->confirm_password(*session, good_password, here));
    EXPECT_TRUE(access->is_confirmed(again.session));
    EXPECT_NE(again.secret, begun.secret);
    EXPECT_FALSE(access->of_session(begun.secret, here));
    EXPECT_TRUE(access->is_confirmed(*access->of_session(again.secret, here)->session));
}

TEST_P(ConfirmationTest, takes_a_code_of_the_app_too_and_nothing_wrong) {
    auto const ana = member("ana");
    clock.advance(20min);
    auto const& session = ana.signed_in.session;
    EXPECT_TRUE(is_refused(access->confirm_password(session, "not this one at all", here)));
    EXPECT_TRUE(is_refused(access->confirm_totp(session, "000000", here)));
    EXPECT_FALSE(access->is_confirmed(*access->of_session(ana.signed_in.secret, here)->session));
    EXPECT_TRUE(access->is_confirmed(done(access->confirm_totp(session, code(ana), here)).session));
    EXPECT_EQ(told("session.began").size(), 2U);  // The password's and the factor's; a confirmation begins none.
}

TEST_P(ConfirmationTest, guessing_at_it_is_delayed) {
    auto const session = member("ana").signed_in.session;
    bool is_delayed = false;
    for (int attempt = 0; attempt < 20 && !is_delayed; ++attempt)
        is_delayed = wait(access->confirm_password(session, "not this one at all", here)).has_value();
    EXPECT_TRUE(is_delayed);
}

TEST_P(ConfirmationTest, red_is_opened_for_a_while_and_with_a_reason) {
    auto const head = member("head", {"head_of_team"});
    auto const& session = head.signed_in.session;
    base::Actor actor{"user:" + head.user.id.text(), "192.0.2.7"};
    EXPECT_EQ(access->open_red(session, actor).error().fault, base::Fault::invalid);
    EXPECT_FALSE(access->of_session(head.signed_in.secret, here)->reads_every_red);
    actor.why = "Ana is ill";
    ASSERT_TRUE(access->open_red(session, actor));
    EXPECT_TRUE(access->of_session(head.signed_in.secret, here)->reads_every_red);
    ASSERT_EQ(told("red.opened").size(), 1U);
    EXPECT_EQ(told("red.opened")[0].why, "Ana is ill");
    clock.advance(15min);
    EXPECT_FALSE(access->of_session(head.signed_in.secret, here)->reads_every_red);
}

TEST_P(ConfirmationTest, all_sessions_are_listed) {
    member("ana");
    member("boro");
    EXPECT_EQ(access->all_sessions()->size(), 2U);
}

}  // namespace
}  // namespace kula::access
