// NIS2 Art. 23(4)(d): "a final report not later than one month after the submission of the incident notification under
// point (b)".

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

TEST(Nis2_23_4_d, waits_for_the_notification) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("early_warning", "2026-11-25T12:00:00Z")}};
    auto const clock = clock_of("final_report", told, "2027-03-01T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::waiting);
    EXPECT_EQ(to_text(clock.starts_with.value()), "submitted:notification");
}

TEST(Nis2_23_4_d, is_due_a_month_after_the_notification_was_submitted) {
    Told const told{{aware("2026-11-08T10:00:00Z"), submitted("notification", "2026-11-10T09:00:00Z")}};
    auto const clock = clock_of("final_report", told, "2026-11-30T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.article, "23(4)(d)");
    EXPECT_EQ(clock.started_by, submitted("notification", "2026-11-10T09:00:00Z"));
    EXPECT_EQ(clock.due_at, end_of("2026-12-10", 1)) << "not a month of becoming aware; till the day ends there";
}

TEST(Nis2_23_4_d, counts_from_the_first_notification_whatever_is_sent_again) {
    Told told{{submitted("notification", "2026-11-10T09:00:00Z"), submitted("notification", "2026-11-20T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-11-30T00:00:00Z").due_at, end_of("2026-12-10", 1));
}

TEST(Nis2_23_4_d, counts_from_a_notification_that_was_late) {
    Told const told{{aware("2026-11-02T10:00:00Z"), submitted("notification", "2026-11-10T09:00:00Z")}};
    EXPECT_EQ(clock_of("notification", told, "2026-11-30T00:00:00Z").state, ClockState::met_late);
    EXPECT_EQ(clock_of("final_report", told, "2026-11-30T00:00:00Z").due_at, end_of("2026-12-10", 1));
}

TEST(Nis2_23_4_d, is_met_late_behind_its_day) {
    auto const state = [](std::string_view when) {
        Told const told{{submitted("notification", "2026-11-10T09:00:00Z"), submitted("final_report", when)}};
        return clock_of("final_report", told, "2027-01-30T00:00:00Z").state;
    };
    EXPECT_EQ(state("2026-12-10T22:59:59Z"), ClockState::met);
    EXPECT_EQ(state("2026-12-10T23:00:00Z"), ClockState::met_late);
}

TEST(Nis2_23_4_d, is_owed_where_the_incident_was_handled_within_the_month) {
    Told const told{{submitted("notification", "2026-11-10T09:00:00Z"), ongoing("2026-11-15T09:00:00Z"),
                     handled("2026-11-20T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-11T09:00:00Z").state, ClockState::overdue);
    EXPECT_EQ(clock_of("progress_report", told, "2026-12-11T09:00:00Z").state, ClockState::not_needed);
}

TEST(Nis2_23_4_d, is_owed_where_nobody_says_that_the_incident_goes_on) {
    Told const told{{submitted("notification", "2026-11-10T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-11T09:00:00Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_d, stays_met_when_the_incident_is_reopened) {
    Told told{{submitted("notification", "2026-11-10T09:00:00Z"), handled("2026-11-20T09:00:00Z"),
               submitted("final_report", "2026-12-01T09:00:00Z")}};
    auto const before = clock_of("final_report", told, "2027-03-01T00:00:00Z");
    told.facts.push_back(reopened("2026-12-05T09:00:00Z"));
    told.facts.push_back(handled("2027-02-01T09:00:00Z"));
    auto const after = clock_of("final_report", told, "2027-03-01T00:00:00Z");
    EXPECT_EQ(after.state, ClockState::met);
    EXPECT_EQ(after.article, "23(4)(d)");
    EXPECT_EQ(after.due_at, before.due_at);
}

TEST(Nis2_23_4_d, is_met_where_no_notification_came_before_it_and_meets_those_too) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("final_report", "2026-11-26T09:00:00Z")}};
    for (auto const* const stage : {"early_warning", "notification", "final_report"})
        EXPECT_EQ(clock_of(stage, told, "2026-12-30T00:00:00Z").state, ClockState::met) << stage;
}

}  // namespace
}  // namespace kula::duties::law
