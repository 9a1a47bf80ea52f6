// NIS2 Art. 23(5): the CSIRT answers "without undue delay and where possible within 24 hours of receiving the early
// warning".

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

constexpr auto csirt_answer = "csirt_answer";

TEST(Nis2_23_5, runs_for_24_hours_of_receiving_the_early_warning) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("early_warning", "2026-11-26T08:00:00Z"),
                     received("early_warning", "2026-11-26T09:00:00Z")}};
    auto const clock = clock_of(csirt_answer, told, "2026-11-26T12:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.owed_by, Owner::csirt);
    EXPECT_EQ(clock.started_by, received("early_warning", "2026-11-26T09:00:00Z")) << "not of sending it";
    EXPECT_EQ(clock.due_at, at("2026-11-27T09:00:00Z"));
}

TEST(Nis2_23_5, takes_what_was_submitted_for_received_where_nothing_else_is_told) {
    Told const told{{submitted("early_warning", "2026-11-26T08:00:00Z")}};
    EXPECT_EQ(clock_of(csirt_answer, told, "2026-11-26T12:00:00Z").due_at, at("2026-11-27T08:00:00Z"));
}

TEST(Nis2_23_5, waits_for_a_report) {
    EXPECT_EQ(clock_of(csirt_answer, {{aware("2026-11-25T10:00:00Z")}}, "2026-11-27T00:00:00Z").state,
              ClockState::waiting);
}

TEST(Nis2_23_5, runs_for_a_notification_without_an_early_warning) {
    Told const told{{received("notification", "2026-11-26T09:00:00Z")}};
    EXPECT_EQ(clock_of(csirt_answer, told, "2026-11-26T12:00:00Z").due_at, at("2026-11-27T09:00:00Z"));
}

TEST(Nis2_23_5, is_not_started_again_by_a_resend) {
    Told const told{{received("early_warning", "2026-11-26T09:00:00Z"),
                     received("early_warning", "2026-11-27T08:00:00Z"),
                     received("notification", "2026-11-27T08:30:00Z")}};
    EXPECT_EQ(clock_of(csirt_answer, told, "2026-11-27T09:00:01Z").state, ClockState::overdue);
}

TEST(Nis2_23_5, is_owed_to_whoever_reports) {
    Told told{{received("early_warning", "2026-11-26T09:00:00Z")}, ""};
    EXPECT_EQ(clock_of(csirt_answer, told, "2026-11-26T12:00:00Z").state, ClockState::running);
    told.facts.push_back(submitted(csirt_answer, "2026-11-27T10:00:00Z"));
    EXPECT_EQ(clock_of(csirt_answer, told, "2026-11-28T12:00:00Z").state, ClockState::met_late);
}

}  // namespace
}  // namespace kula::duties::law
