#include "sequence_tracker.hpp"

#include <gtest/gtest.h>

namespace kula::formats {
namespace {

TEST(SequenceTracker, loses_nothing_while_numbers_follow_one_another) {
    SequenceTracker tracker;
    for (std::uint32_t sequence = 1000; sequence < 2000; sequence += 30) tracker.saw(sequence, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 0U);
}

TEST(SequenceTracker, counts_a_gap) {
    SequenceTracker tracker;
    tracker.saw(0, 30, std::nullopt);
    tracker.saw(90, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 60U);
}

TEST(SequenceTracker, wraps_without_loss_and_with_loss) {
    SequenceTracker tracker;
    tracker.saw(0xFFFFFFFFU - 29, 30, std::nullopt);
    tracker.saw(0, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 0U);
    SequenceTracker other;
    other.saw(0xFFFFFFFFU - 29, 30, std::nullopt);
    other.saw(30, 30, std::nullopt);
    EXPECT_EQ(other.lost(), 30U);
}

TEST(SequenceTracker, takes_back_what_came_late) {
    SequenceTracker tracker;
    tracker.saw(0, 30, std::nullopt);
    tracker.saw(120, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 90U);
    tracker.saw(60, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 60U);
    tracker.saw(30, 30, std::nullopt);
    tracker.saw(90, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 0U);
    tracker.saw(150, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 0U);
}

TEST(SequenceTracker, takes_a_duplicate_back_only_once) {
    SequenceTracker tracker;
    tracker.saw(0, 1, std::nullopt);
    tracker.saw(3, 1, std::nullopt);
    tracker.saw(1, 1, std::nullopt);
    tracker.saw(1, 1, std::nullopt);
    EXPECT_EQ(tracker.lost(), 1U);
}

TEST(SequenceTracker, takes_a_far_fall_as_a_restart) {
    SequenceTracker tracker;
    tracker.saw(1'000'000, 30, std::nullopt);
    tracker.saw(0, 30, std::nullopt);
    tracker.saw(30, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 0U);
    tracker.saw(90, 30, std::nullopt);
    EXPECT_EQ(tracker.lost(), 30U);
}

TEST(SequenceTracker, takes_a_fall_of_the_uptime_as_a_restart) {
    SequenceTracker tracker;
    tracker.saw(100, 10, 500'000);
    tracker.saw(0, 10, 2'000);
    tracker.saw(10, 10, 3'000);
    tracker.saw(30, 10, 4'000);
    EXPECT_EQ(tracker.lost(), 10U);
    tracker.saw(5'000, 10, 100'000);
    EXPECT_EQ(tracker.lost(), 4'970U);
    tracker.saw(90'000, 10, 1'000);
    EXPECT_EQ(tracker.lost(), 4'970U);
}

TEST(SequenceTracker, tells_an_uptime_that_wraps_from_a_restart) {
    SequenceTracker tracker;
    tracker.saw(0, 10, 0xFFFFFFFFU - 1'000);
    tracker.saw(20, 10, 1'000);
    EXPECT_EQ(tracker.lost(), 10U);
}

TEST(SequenceTracker, notices_a_restart_after_a_short_life) {
    SequenceTracker tracker;
    tracker.saw(0, 30, std::nullopt);
    tracker.saw(30, 30, std::nullopt);
    tracker.saw(60, 30, std::nullopt);
    tracker.saw(0, 10, std::nullopt);
    tracker.saw(10, 10, std::nullopt);
    tracker.saw(30, 10, std::nullopt);
    EXPECT_EQ(tracker.lost(), 10U);
}

TEST(SequenceTracker, starts_anew_behind_a_datagram_of_unknown_size) {
    SequenceTracker tracker;
    tracker.saw(0, std::nullopt, std::nullopt);
    tracker.saw(25, 5, std::nullopt);
    tracker.saw(30, 5, std::nullopt);
    EXPECT_EQ(tracker.lost(), 0U);
}

TEST(SequenceTracker, remembers_many_gaps_and_forgets_the_oldest) {
    SequenceTracker tracker;
    for (std::uint32_t sequence = 0; sequence < 200; sequence += 2) tracker.saw(sequence, 1, std::nullopt);
    EXPECT_EQ(tracker.lost(), 99U);
    tracker.saw(197, 1, std::nullopt);
    EXPECT_EQ(tracker.lost(), 98U);
    tracker.saw(1, 1, std::nullopt);
    EXPECT_EQ(tracker.lost(), 98U);
}

}  // namespace
}  // namespace kula::formats
