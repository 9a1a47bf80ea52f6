// NIS2 Art. 23(4)(e): "in the event of an ongoing incident at the time of the submission of the final report, ... a
// progress report at that time and a final report within one month of their handling of the incident".

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

Fact const notified = submitted("notification", "2026-11-10T09:00:00Z");  // A month of it ends on 10 December.

TEST(Nis2_23_4_e, wants_a_progress_report_when_the_final_one_would_be_due) {
    Told const told{{notified, ongoing("2026-11-25T09:00:00Z")}};
    auto const progress = clock_of("progress_report", told, "2026-11-30T00:00:00Z");
    EXPECT_EQ(progress.state, ClockState::running);
    EXPECT_EQ(progress.article, "23(4)(e)");
    EXPECT_EQ(progress.due_at, end_of("2026-12-10", 1));
    auto const final_report = clock_of("final_report", told, "2026-11-30T00:00:00Z");
    EXPECT_EQ(final_report.state, ClockState::waiting);
    EXPECT_EQ(to_text(final_report.starts_with.value()), "handled");
}

TEST(Nis2_23_4_e, wants_the_final_report_within_a_month_of_handling) {
    Told const told{{notified, ongoing("2026-11-25T09:00:00Z"), submitted("progress_report", "2026-12-10T09:00:00Z"),
                     handled("2027-01-20T09:00:00Z")}};
    auto const clock = clock_of("final_report", told, "2027-02-01T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.started_by, handled("2027-01-20T09:00:00Z"));
    EXPECT_EQ(clock.due_at, end_of("2027-02-22", 1)) << "20 February is a Saturday";
    EXPECT_EQ(clock_of("progress_report", told, "2027-02-01T00:00:00Z").state, ClockState::met);
}

TEST(Nis2_23_4_e, holds_where_it_is_told_late_that_the_incident_went_on) {
    Told const told{{notified, ongoing("2026-12-15T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-14T00:00:00Z").state, ClockState::overdue);
    EXPECT_EQ(clock_of("final_report", told, "2026-12-16T00:00:00Z").state, ClockState::waiting);
    EXPECT_EQ(clock_of("progress_report", told, "2026-12-16T00:00:00Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_e, holds_where_it_was_handled_behind_the_month) {
    Told const told{{notified, handled("2026-12-20T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-22T00:00:00Z").due_at, end_of("2027-01-20", 1));
    EXPECT_EQ(clock_of("progress_report", told, "2026-12-22T00:00:00Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_e, holds_for_whoever_sends_a_progress_report) {
    Told const told{{notified, submitted("progress_report", "2026-12-09T09:00:00Z")}};
    EXPECT_EQ(clock_of("progress_report", told, "2026-12-20T00:00:00Z").state, ClockState::met);
    EXPECT_EQ(clock_of("final_report", told, "2026-12-20T00:00:00Z").state, ClockState::waiting);
}

TEST(Nis2_23_4_e, holds_where_the_incident_was_reopened_within_the_month) {
    Told const told{{notified, handled("2026-11-20T09:00:00Z"), reopened("2026-12-01T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-05T00:00:00Z").state, ClockState::waiting);
    EXPECT_EQ(clock_of("progress_report", told, "2026-12-11T00:00:00Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_e, does_not_excuse_what_was_overdue_before_the_incident_was_reopened) {
    Told const told{{notified, handled("2026-11-20T09:00:00Z"), reopened("2026-12-15T09:00:00Z")}};
    auto const clock = clock_of("final_report", told, "2026-12-20T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::overdue);
    EXPECT_EQ(clock.article, "23(4)(d)");
}

TEST(Nis2_23_4_e, counts_from_the_last_handling_where_one_was_taken_back_in_time) {
    Told told{
        {notified, ongoing("2026-12-01T09:00:00Z"), handled("2026-12-14T09:00:00Z"), reopened("2026-12-16T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-15T00:00:00Z").due_at, end_of("2027-01-14", 1));
    EXPECT_EQ(clock_of("final_report", told, "2026-12-17T00:00:00Z").state, ClockState::waiting);
    told.facts.push_back(handled("2027-01-11T09:00:00Z"));
    EXPECT_EQ(clock_of("final_report", told, "2027-01-20T00:00:00Z").due_at, end_of("2027-02-11", 1));
    told.facts.push_back(reopened("2027-02-15T09:00:00Z"));
    EXPECT_EQ(clock_of("final_report", told, "2027-02-16T00:00:00Z").state, ClockState::overdue)
        << "behind its day it excuses nothing";
}

TEST(Nis2_23_4_e, does_not_count_from_a_handling_that_was_taken_back_before_the_month_ended) {
    Told const told{{handled("2026-11-01T09:00:00Z"), notified, reopened("2026-12-05T09:00:00Z")}};
    EXPECT_EQ(clock_of("final_report", told, "2026-12-20T00:00:00Z").state, ClockState::waiting);
}

TEST(Nis2_23_4_e, is_not_judged_anew_when_the_final_report_is_in) {
    Told const told{{notified, submitted("final_report", "2026-12-08T09:00:00Z"), ongoing("2026-12-09T09:00:00Z")}};
    auto const clock = clock_of("final_report", told, "2026-12-20T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::met);
    EXPECT_EQ(clock.article, "23(4)(d)");
}

}  // namespace
}  // namespace kula::duties::law
