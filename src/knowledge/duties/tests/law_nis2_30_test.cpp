// NIS2 Art. 30: notices of near misses, threats and incidents may be given by anybody; they are processed as Art. 23
// says and "shall not result in the imposition of any additional obligations upon the notifying entity".

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

class Nis2_30 : public ::testing::TestWithParam<Notice> {};

TEST_P(Nis2_30, asks_nothing_of_whoever_gives_it) {
    Told const told{{aware("2026-11-25T10:00:00Z"), submitted("voluntary_notice", "2026-11-25T12:00:00Z"),
                     cross_border("2026-11-25T12:00:00Z"), ongoing("2026-11-25T12:00:00Z")},
                    "essential",
                    GetParam()};
    for (auto const& clock : clocks_of(told, "2027-02-01T00:00:00Z")) {
        if (clock.owed_by != Owner::entity) continue;
        EXPECT_EQ(clock.stage, "voluntary_notice");
        EXPECT_EQ(clock.due_at, std::nullopt);
        EXPECT_EQ(clock.state, ClockState::met);
    }
}

TEST_P(Nis2_30, is_not_needed_before_it_is_given) {
    Told const told{{aware("2026-11-25T10:00:00Z")}, "essential", GetParam()};
    EXPECT_EQ(clock_of("voluntary_notice", told, "2026-11-30T00:00:00Z").state, ClockState::not_needed);
    EXPECT_EQ(clock_of("voluntary_answer", told, "2026-11-30T00:00:00Z").state, ClockState::waiting);
}

TEST_P(Nis2_30, is_answered_as_a_duty_would_be) {
    Told const told{{received("voluntary_notice", "2026-11-25T12:00:00Z")}, "", GetParam()};
    auto const clock = clock_of("voluntary_answer", told, "2026-11-25T18:00:00Z");
    EXPECT_EQ(clock.state, ClockState::running);
    EXPECT_EQ(clock.owed_by, Owner::csirt);
    EXPECT_EQ(clock.article, "30(2), 23(5)");
    EXPECT_EQ(clock.due_at, at("2026-11-26T12:00:00Z"));
}

INSTANTIATE_TEST_SUITE_P(of_each_kind, Nis2_30, ::testing::Values(Notice::near_miss, Notice::threat, Notice::voluntary),
                         [](auto const& notice) { return std::string(to_text(notice.param)); });

}  // namespace
}  // namespace kula::duties::law
