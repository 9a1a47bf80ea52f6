// NIS2 Art. 23(6): of an incident that concerns two or more states the CSIRT informs, "without undue delay, the other
// affected Member States and ENISA"; with 23(1), third subparagraph (the single point of contact is told) and 23(8) (it
// forwards on request).

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

TEST(Nis2_23_6, needs_nothing_while_no_other_state_is_concerned) {
    Told const told{{aware("2026-11-25T10:00:00Z"), received("early_warning", "2026-11-25T12:00:00Z")}};
    for (auto const* const stage : {"contact_point_informed", "states_informed", "forwarded"})
        EXPECT_EQ(clock_of(stage, told, "2026-11-30T00:00:00Z").state, ClockState::not_needed) << stage;
}

TEST(Nis2_23_6, runs_from_when_it_is_known_without_a_set_period) {
    Told told{{aware("2026-11-25T10:00:00Z"), cross_border("2026-11-26T10:00:00Z")}};
    for (auto const* const stage : {"contact_point_informed", "states_informed"}) {
        auto const clock = clock_of(stage, told, "2026-12-30T00:00:00Z");
        EXPECT_EQ(clock.state, ClockState::running) << stage;
        EXPECT_EQ(clock.owed_by, Owner::csirt) << stage;
        EXPECT_EQ(clock.started_by, cross_border("2026-11-26T10:00:00Z")) << stage;
        EXPECT_EQ(clock.due_at, std::nullopt) << stage;
    }
    told.facts.push_back(submitted("states_informed", "2026-11-26T12:00:00Z"));
    EXPECT_EQ(clock_of("states_informed", told, "2026-12-30T00:00:00Z").state, ClockState::met);
    EXPECT_EQ(clock_of("contact_point_informed", told, "2026-12-30T00:00:00Z").state, ClockState::running);
}

TEST(Nis2_23_6, is_owed_whoever_the_entity_is) {
    Told const told{{cross_border("2026-11-26T10:00:00Z")}, ""};
    EXPECT_EQ(clock_of("states_informed", told, "2026-11-30T00:00:00Z").state, ClockState::running);
}

TEST(Nis2_23_8, forwards_on_request) {
    Told told{{cross_border("2026-11-26T10:00:00Z"), requested("forwarded", "2026-11-27T10:00:00Z")}};
    EXPECT_EQ(clock_of("forwarded", told, "2026-11-30T00:00:00Z").state, ClockState::running);
    told.facts.push_back(submitted("forwarded", "2026-11-27T12:00:00Z"));
    EXPECT_EQ(clock_of("forwarded", told, "2026-11-30T00:00:00Z").state, ClockState::met);
}

}  // namespace
}  // namespace kula::duties::law
