#include "base/clock.hpp"

#include <gtest/gtest.h>

#include <chrono>

using kula::base::from_microseconds;
using kula::base::ManualClock;
using kula::base::SystemClock;
using namespace std::chrono_literals;

TEST(ManualClock, stands_still_until_it_is_moved) {
    ManualClock clock(from_microseconds(5));
    EXPECT_EQ(clock.now(), from_microseconds(5));
    EXPECT_EQ(clock.now(), from_microseconds(5));
    clock.advance(2s);
    EXPECT_EQ(clock.now(), from_microseconds(2'000'005));
    clock.set(from_microseconds(1));
    EXPECT_EQ(clock.now(), from_microseconds(1));
}

TEST(SystemClock, tells_the_time_of_the_machine) {
    auto const before = std::chrono::system_clock::now();
    auto const told = SystemClock().now();
    auto const after = std::chrono::system_clock::now();
    EXPECT_LE(std::chrono::floor<std::chrono::microseconds>(before), told);
    EXPECT_GE(after, told);
}
