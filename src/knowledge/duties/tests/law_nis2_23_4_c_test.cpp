// NIS2 Art. 23(4)(c): "upon the request of a CSIRT or, where applicable, the competent authority, an intermediate
// report on relevant status updates". The law sets no period; a request may.

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

constexpr auto intermediate = "intermediate_report";

Fact wanted_by(std::string_view when, std::string_view wanted) {
    auto fact = requested(intermediate, when);
    fact.wanted_by = at(wanted);
    return fact;
}

TEST(Nis2_23_4_c, is_not_needed_until_it_is_requested) {
    Told const told{{aware("2026-11-25T10:00:00Z")}};
    EXPECT_EQ(clock_of(intermediate, told, "2026-11-30T00:00:00Z").state, ClockState::not_needed);
}

TEST(Nis2_23_4_c, is_due_when_the_request_says) {
    Told const told{{wanted_by("2026-11-27T10:00:00Z", "2026-11-29T10:00:00Z")}};
    auto const clock = clock_of(intermediate, told, "2026-11-28T10:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.due_at, at("2026-11-29T10:00:00Z"));
    EXPECT_DOUBLE_EQ(clock.share_left.value(), 0.5);
    EXPECT_EQ(clock_of(intermediate, told, "2026-11-29T10:00:01Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_c, runs_without_a_date_where_the_request_sets_none) {
    auto const clock =
        clock_of(intermediate, {{requested(intermediate, "2026-11-27T10:00:00Z")}}, "2027-11-28T10:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.due_at, std::nullopt);
    EXPECT_EQ(clock.share_left, std::nullopt);
}

TEST(Nis2_23_4_c, is_not_started_again_by_a_request_that_is_repeated) {
    Told const told{{wanted_by("2026-11-27T10:00:00Z", "2026-11-29T10:00:00Z"),
                     wanted_by("2026-11-28T10:00:00Z", "2026-12-05T10:00:00Z")}};
    EXPECT_EQ(clock_of(intermediate, told, "2026-11-30T00:00:00Z").state, ClockState::overdue);
}

TEST(Nis2_23_4_c, is_owed_again_when_it_is_requested_again_behind_a_report) {
    Told told{
        {wanted_by("2026-11-27T10:00:00Z", "2026-11-29T10:00:00Z"), submitted(intermediate, "2026-11-28T12:00:00Z")}};
    EXPECT_EQ(clock_of(intermediate, told, "2026-12-01T00:00:00Z").state, ClockState::met);
    told.facts.push_back(wanted_by("2026-12-02T10:00:00Z", "2026-12-04T10:00:00Z"));
    auto const again = clock_of(intermediate, told, "2026-12-03T00:00:00Z");
    EXPECT_EQ(again.state, ClockState::running);
    EXPECT_EQ(again.due_at, at("2026-12-04T10:00:00Z"));
    EXPECT_EQ(again.met_at, std::nullopt);
    told.facts.push_back(submitted(intermediate, "2026-12-05T12:00:00Z"));
    told.facts.push_back(submitted(intermediate, "2026-12-06T12:00:00Z"));
    auto const late = clock_of(intermediate, told, "2026-12-07T00:00:00Z");
    EXPECT_EQ(late.state, ClockState::met_late);
    EXPECT_EQ(late.met_at, at("2026-12-05T12:00:00Z"));
}

}  // namespace
}  // namespace kula::duties::law
