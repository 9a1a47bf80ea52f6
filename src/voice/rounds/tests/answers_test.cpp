// A link opens what its mail was about, for as long as it is valid; only an answer changes anything.

#include "rounds/answers.hpp"

#include <gmock/gmock.h>

#include "rounds_house.hpp"

namespace kula::rounds {
namespace {

using base::Fault;
using findings::State;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class AnswersTest : public testing::RoundsHouse {
protected:
    void SetUp() override {
        RoundsHouse::SetUp();
        if (IsSkipped()) return;
        report({"192.0.2.1", "192.0.2.2"});
        round();
        send_all();
    }
};
KULA_ON_BOTH_DATABASES(AnswersTest);

TEST_P(AnswersTest, opening_changes_nothing_and_shows_the_mails_findings_only) {
    report({"192.0.2.3"});
    auto const asked = answers->open(token()).value();
    EXPECT_EQ(asked.organisation, bank);
    EXPECT_EQ(asked.ticket, messages().at(0).ticket);
    ASSERT_THAT(asked.findings, SizeIs(2));
    for (auto const& finding : asked.findings) EXPECT_EQ(finding.state, State::notified);
}

TEST_P(AnswersTest, are_taken_for_all_or_for_some_and_again_without_harm) {
    auto const link = token();
    auto const some = answers->open(link).value().findings.at(0).id;
    EXPECT_EQ(answers->answer(link, {some}, {State::acknowledged}).value().taken, 1U);
    auto const rest = answers->answer(link, {}, {State::claimed_fixed}).value();
    EXPECT_EQ(rest.taken, 2U);
    auto const again = answers->answer(link, {}, {State::claimed_fixed}).value();
    EXPECT_EQ(again.taken, 0U);
    EXPECT_EQ(again.left, 2U);
    auto const steps = findings->story(some, base::Clearance::everything()).value().steps;
    EXPECT_EQ(steps.at(0).to, State::claimed_fixed);
    EXPECT_EQ(steps.at(0).by, "link:" + messages().at(0).id.text());
}

TEST_P(AnswersTest, that_it_is_not_theirs_wants_a_reason) {
    EXPECT_EQ(answers->answer(token(), {}, {State::not_ours}).error().fault, Fault::invalid);
    EXPECT_EQ(answers->answer(token(), {}, {State::not_ours, "sold to Example Hosting"}).value().taken, 2U);
}

TEST_P(AnswersTest, that_are_not_offered_are_refused) {
    EXPECT_EQ(answers->answer(token(), {}, {State::false_positive, "no"}).error().fault, Fault::invalid);
    EXPECT_EQ(answers->answer(token(), {findings::FindingId::make(clock.now())}, {State::seen}).error().fault,
              Fault::invalid);
}

TEST_P(AnswersTest, altered_and_foreign_links_open_nothing) {
    auto const link = token();
    for (std::size_t at = 0; at < link.size(); at += 7) {
        auto altered = link;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(answers->open(altered).error().fault, Fault::not_found) << at;
    }
    EXPECT_EQ(answers->open("").error().fault, Fault::not_found);
    EXPECT_EQ(answers->open(std::string(5000, 'x')).error().fault, Fault::not_found);
    EXPECT_EQ(answers->open(secrets.seal(messages().at(0).id.text() + " 99999999999", "totp")).error().fault,
              Fault::not_found)
        << "sealed for something else";
    auto const unknown = answers->token(notify::MessageId::make(clock.now()), clock.now() + std::chrono::days(1));
    EXPECT_EQ(answers->open(unknown).error().fault, Fault::not_found);
}

TEST_P(AnswersTest, links_end) {
    auto const link = token();
    clock.advance(link_life - std::chrono::seconds(1));
    EXPECT_TRUE(answers->open(link).has_value());
    clock.advance(std::chrono::seconds(2));
    EXPECT_EQ(answers->open(link).error().fault, Fault::not_found);
}

TEST_P(AnswersTest, what_went_to_another_owner_is_not_shown) {
    auto const link = token();
    ASSERT_TRUE(
        database()
            .write(storage::Priority::bulk,
                   [&](storage::Session& session) { session.execute("update finding set organisation = ?", holding); })
            .has_value());
    EXPECT_THAT(answers->open(link).value().findings, IsEmpty());
}

}  // namespace
}  // namespace kula::rounds
