// NIS2 Art. 23(4)(a): "without undue delay and in any event within 24 hours of becoming aware of the significant
// incident, an early warning".

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

constexpr auto early_warning = "early_warning";

TEST(Nis2_23_4_a, runs_for_24_hours_of_becoming_aware) {
    Told const told{{aware("2026-11-25T10:00:00Z")}};
    auto const clock = clock_of(early_warning, told, "2026-11-25T16:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.owed_by, Owner::entity);
    EXPECT_EQ(clock.article, "23(4)(a)");
    EXPECT_EQ(clock.due_at, at("2026-11-26T10:00:00Z"));
    EXPECT_DOUBLE_EQ(clock.share_left.value(), 0.75);
}

TEST(Nis2_23_4_a, shows_what_started_it) {
    auto const clock = clock_of(early_warning, {{aware("2026-11-25T10:00:00Z")}}, "2026-11-25T16:00:00Z");
    EXPECT_EQ(clock.started_by, aware("2026-11-25T10:00:00Z"));
    EXPECT_EQ(to_text(clock.starts_with.value()), "became_aware");
}

TEST(Nis2_23_4_a, is_near_in_its_last_quarter) {
    Told const told{{aware("2026-11-25T10:00:00Z")}};
    EXPECT_FALSE(clock_of(early_warning, told, "2026-11-26T03:59:59Z").is_near());
    EXPECT_TRUE(clock_of(early_warning, told, "2026-11-26T04:00:00Z").is_near());
    EXPECT_FALSE(clock_of(early_warning, told, "2026-11-26T10:00:01Z").is_near()) << "it is over";
}

TEST(Nis2_23_4_a, waits_until_the_entity_is_aware) {
    auto const clock = clock_of(early_warning, {}, "2026-11-25T16:00:00Z");
    EXPECT_EQ(clock.state, ClockState::waiting);
    EXPECT_EQ(clock.due_at, std::nullopt);
    EXPECT_EQ(clock_of(early_warning, {{aware("2026-11-25T16:00:01Z")}}, "2026-11-25T16:00:00Z").state,
              ClockState::waiting)
        << "what has not happened yet starts nothing";
}

TEST(Nis2_23_4_a, is_met_at_the_last_moment_and_late_behind_it) {
    auto const state = [](std::string_view when, std::string_view now) {
        return clock_of(early_warning, {{aware("2026-11-25T10:00:00Z"), submitted(early_warning, when)}}, now).state;
    };
    EXPECT_EQ(state("2026-11-26T10:00:00Z", "2026-11-27T00:00:00Z"), ClockState::met);
    EXPECT_EQ(state("2026-11-26T10:00:00.000001Z", "2026-11-27T00:00:00Z"), ClockState::met_late);
    EXPECT_EQ(state("2026-11-26T12:00:00Z", "2026-11-26T10:00:00Z"), ClockState::running);
    EXPECT_EQ(state("2026-11-26T12:00:00Z", "2026-11-26T10:00:00.000001Z"), ClockState::overdue);
}

TEST(Nis2_23_4_a, counts_the_first_submission_whatever_is_sent_again) {
    Told const told{{submitted(early_warning, "2026-11-28T09:00:00Z"), aware("2026-11-25T10:00:00Z"),
                     submitted(early_warning, "2026-11-25T20:00:00Z")}};
    auto const clock = clock_of(early_warning, told, "2026-11-29T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::met);
    EXPECT_EQ(clock.met_at, at("2026-11-25T20:00:00Z"));
}

TEST(Nis2_23_4_a, is_met_by_a_notification_that_comes_at_once) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("notification", "2026-11-26T09:00:00Z")}};
    EXPECT_EQ(clock_of(early_warning, told, "2026-11-27T00:00:00Z").state, ClockState::met);
    Told const late{{aware("2026-11-25T10:00:00Z"), submitted("notification", "2026-11-26T11:00:00Z")}};
    EXPECT_EQ(clock_of(early_warning, late, "2026-11-27T00:00:00Z").state, ClockState::met_late);
}

TEST(Nis2_23_4_a, is_not_started_again_by_a_reopening_or_by_being_aware_again) {
    Told told{{aware("2026-11-25T10:00:00Z"), submitted(early_warning, "2026-11-25T12:00:00Z")}};
    auto const before = clock_of(early_warning, told, "2026-12-24T00:00:00Z");
    told.facts.push_back(handled("2026-12-01T00:00:00Z"));
    told.facts.push_back(reopened("2026-12-20T00:00:00Z"));
    told.facts.push_back(aware("2026-12-20T00:00:00Z"));
    auto const after = clock_of(early_warning, told, "2026-12-24T00:00:00Z");
    EXPECT_EQ(after.state, ClockState::met);
    EXPECT_EQ(after.started_by, before.started_by);
    EXPECT_EQ(after.due_at, before.due_at);
}

TEST(Nis2_23_4_a, is_owed_by_those_who_must_alone) {
    Told told{{aware("2026-11-25T10:00:00Z")}, "important"};
    EXPECT_EQ(clock_of(early_warning, told, "2026-11-25T16:00:00Z").state, ClockState::running);
    told.entity = "";
    auto const clock = clock_of(early_warning, told, "2026-11-25T16:00:00Z");
    EXPECT_EQ(clock.state, ClockState::not_needed);
    EXPECT_EQ(clock.due_at, std::nullopt);
    told.facts.push_back(submitted(early_warning, "2026-11-25T12:00:00Z"));
    EXPECT_EQ(clock_of(early_warning, told, "2026-11-25T16:00:00Z").state, ClockState::met)
        << "whoever reports has reported";
}

}  // namespace
}  // namespace kula::duties::law
