// NIS2 Art. 23(4)(b): "within 72 hours of becoming aware of the significant incident, an incident notification"; second
// subparagraph: of a trust service provider, where its trust services are affected, within 24 hours.

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

TEST(Nis2_23_4_b, runs_for_72_hours_of_becoming_aware) {
    auto const clock = clock_of("notification", {{aware("2026-11-25T10:00:00Z")}}, "2026-11-25T16:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.article, "23(4)(b)");
    EXPECT_EQ(clock.due_at, at("2026-11-28T10:00:00Z"));
}

TEST(Nis2_23_4_b, runs_for_24_hours_at_a_trust_service_provider) {
    Told const told{{aware("2026-11-25T10:00:00Z")}, "trust_service_provider"};
    auto const clock = clock_of("notification", told, "2026-11-26T10:00:01Z");
    EXPECT_EQ(clock.state, ClockState::overdue);
    EXPECT_EQ(clock.article, "23(4), second subparagraph");
    EXPECT_EQ(clock.due_at, at("2026-11-26T10:00:00Z"));
}

TEST(Nis2_23_4_b, is_not_moved_by_the_early_warning_or_by_a_weekend) {
    Told const told{{aware("2026-11-26T10:00:00Z"), submitted("early_warning", "2026-11-27T09:00:00Z")}};
    EXPECT_EQ(clock_of("notification", told, "2026-11-27T16:00:00Z").due_at, at("2026-11-29T10:00:00Z"))
        << "a Sunday; Regulation 1182/71 Art. 3(4) does not move hours";
}

TEST(Nis2_23_4_b, is_not_met_by_the_early_warning) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("early_warning", "2026-11-25T11:00:00Z")}};
    EXPECT_EQ(clock_of("notification", told, "2026-11-28T10:00:01Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_b, counts_the_first_submission_whatever_is_sent_again) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("notification", "2026-11-27T09:00:00Z"),
                     submitted("notification", "2026-11-30T09:00:00Z")}};
    auto const clock = clock_of("notification", told, "2026-12-01T00:00:00Z");
    EXPECT_EQ(clock.state, ClockState::met);
    EXPECT_EQ(clock.met_at, at("2026-11-27T09:00:00Z"));
}

}  // namespace
}  // namespace kula::duties::law
