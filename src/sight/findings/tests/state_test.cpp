// Who may take a finding from where to where: all of it, so that nobody may more by accident.

#include "findings/state.hpp"

#include <gmock/gmock.h>

#include <string>

namespace kula::findings {
namespace {

using ::testing::ElementsAre;

std::string way(State from, Party party) {
    std::string out;
    for (auto const to : next_states(from, party)) out += (out.empty() ? "" : " ") + std::string(to_text(to));
    return out;
}

TEST(FindingState, is_told_and_read_in_the_same_words) {
    for (auto const state : all_states) EXPECT_EQ(parse_state(to_text(state)), state);
    EXPECT_FALSE(parse_state("fixed").has_value());
}

TEST(FindingState, is_taken_further_by_the_team) {
    constexpr auto forward = "acknowledged claimed_fixed accepted_risk not_ours false_positive";
    EXPECT_EQ(way(State::open, Party::team), "notified " + std::string(forward));
    EXPECT_EQ(way(State::reopened, Party::team), "notified " + std::string(forward));
    EXPECT_EQ(way(State::notified, Party::team), forward);
    EXPECT_EQ(way(State::seen, Party::team), forward);
    EXPECT_EQ(way(State::help_needed, Party::team), forward);
    EXPECT_EQ(way(State::acknowledged, Party::team), "claimed_fixed accepted_risk not_ours false_positive");
    EXPECT_EQ(way(State::claimed_fixed, Party::team), "acknowledged reopened accepted_risk not_ours false_positive");
    EXPECT_EQ(way(State::verified, Party::team), "reopened false_positive");
    EXPECT_EQ(way(State::accepted_risk, Party::team), "claimed_fixed reopened accepted_risk");
    EXPECT_EQ(way(State::not_ours, Party::team), "reopened false_positive");
    EXPECT_EQ(way(State::false_positive, Party::team), "reopened");
}

TEST(FindingState, is_answered_by_its_owner) {
    constexpr auto answers = "acknowledged help_needed claimed_fixed not_ours";
    for (auto const state : {State::open, State::notified, State::reopened})
        EXPECT_EQ(way(state, Party::owner), "seen " + std::string(answers)) << to_text(state);
    EXPECT_EQ(way(State::seen, Party::owner), answers);
    EXPECT_EQ(way(State::acknowledged, Party::owner), "help_needed claimed_fixed not_ours");
    EXPECT_EQ(way(State::help_needed, Party::owner), "acknowledged claimed_fixed not_ours");
    EXPECT_EQ(way(State::claimed_fixed, Party::owner), "acknowledged not_ours");
    EXPECT_EQ(way(State::accepted_risk, Party::owner), "claimed_fixed");
    for (auto const state : {State::verified, State::not_ours, State::false_positive})
        EXPECT_EQ(way(state, Party::owner), "") << to_text(state);
}

TEST(FindingState, is_moved_by_nothing_else_than_news_of_its_owner_evidence_and_dates) {
    for (auto const state : all_states) {
        bool const waits = state == State::open || state == State::reopened;
        EXPECT_EQ(way(state, Party::sender), waits ? "notified seen" : state == State::notified ? "seen" : "");
        EXPECT_EQ(way(state, Party::clock), state == State::accepted_risk ? "reopened" : "");
        std::string by_evidence = is_open(state) || state == State::accepted_risk ? "verified" : "";
        if (state == State::claimed_fixed) by_evidence = "verified reopened";
        if (state == State::verified) by_evidence = "reopened";
        EXPECT_EQ(way(state, Party::evidence), by_evidence) << to_text(state);
    }
}

TEST(FindingState, is_verified_by_evidence_alone) {
    for (auto const state : all_states) {
        for (auto const party : {Party::team, Party::owner, Party::sender, Party::clock})
            EXPECT_FALSE(may_go(state, State::verified, party));
    }
}

}  // namespace
}  // namespace kula::findings
