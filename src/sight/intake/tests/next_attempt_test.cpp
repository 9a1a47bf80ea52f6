// When a feed that failed is looked for again.

#include <gtest/gtest.h>

#include "intake/feed.hpp"

namespace kula::intake {
namespace {

TEST(NextAttempt, is_never_a_day_away) {
    auto const now = *base::parse_instant("2026-11-21T10:00:00Z");
    EXPECT_EQ(next_attempt(1, std::nullopt, now), now + std::chrono::minutes(1));
    EXPECT_EQ(next_attempt(1'000'000, std::nullopt, now), now + std::chrono::hours(1));
    EXPECT_EQ(next_attempt(1, now + std::chrono::hours(1000), now), now + std::chrono::hours(24));
    EXPECT_EQ(next_attempt(3, now - std::chrono::hours(1), now), now + std::chrono::minutes(4));
}

}  // namespace
}  // namespace kula::intake
