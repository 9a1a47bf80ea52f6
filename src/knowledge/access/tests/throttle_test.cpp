#include "throttle.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kula;
using namespace kula::access;
using std::chrono::minutes;
using std::chrono::seconds;

class ThrottleTest : public ::testing::Test {
protected:
    /// Wrong ones, each as soon as it may be.
    void guess(int count, std::string_view name, std::string_view address) {
        for (int i = 0; i < count; ++i) {
            while (auto const wait = throttle.admit(name, address)) clock.advance(*wait);
        }
    }
    static std::string address(int number) {
        return "203.0." + std::to_string(number / 200) + '.' + std::to_string(number % 200 + 1);
    }

    base::ManualClock clock{base::from_microseconds(1'800'000'000'000'000)};
    Throttle throttle{clock, {}};
};

TEST_F(ThrottleTest, lets_five_wrong_attempts_pass_and_doubles_the_wait_from_then_on) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
    for (int const wanted : {1, 2, 4, 8, 16, 32, 64, 128, 256, 512}) {
        auto const wait = throttle.admit("ana", "192.0.2.1");
        ASSERT_TRUE(wait.has_value());
        EXPECT_EQ(wait->count(), wanted);
        clock.advance(*wait);
        EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
    }
    EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), minutes(15)) << "and never more than that";
}

TEST_F(ThrottleTest, counts_no_attempt_that_was_not_let_in) {
    guess(6, "ana", "192.0.2.1");
    auto const wait = throttle.admit("ana", "192.0.2.1");
    for (int i = 0; i < 50; ++i) EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), wait);
}

TEST_F(ThrottleTest, forgets_with_time) {
    guess(8, "ana", "192.0.2.1");
    clock.advance(std::chrono::hours(24));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
}

TEST_F(ThrottleTest, counts_an_address_over_all_names) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle.admit("name" + std::to_string(i), "192.0.2.1"), std::nullopt);
    EXPECT_EQ(throttle.admit("another", "192.0.2.1"), seconds(1));
    EXPECT_EQ(throttle.admit("another", "192.0.2.2"), std::nullopt);
    EXPECT_EQ(throttle.admit_address("192.0.2.1"), seconds(1));
}

TEST_F(ThrottleTest, takes_the_64_of_an_ipv6_address_and_a_mapped_one_for_what_it_is) {
    EXPECT_EQ(Throttle::place_of("2001:db8:1:2:3:4:5:6"), Throttle::place_of("2001:db8:1:2::1"));
    EXPECT_NE(Throttle::place_of("2001:db8:1:2::1"), Throttle::place_of("2001:db8:1:3::1"));
    EXPECT_EQ(Throttle::place_of("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_LE(Throttle::place_of(std::string(10'000, 'x')).size(), 64u);
}

TEST_F(ThrottleTest, does_not_lock_an_owner_out_through_strangers) {
    throttle.remember("ana", "192.0.2.1");
    for (int i = 0; i < 200; ++i) guess(1, "ana", address(i));
    EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt) << "where she signed in before";
    auto const wait = throttle.admit("ana", "192.0.2.99");
    ASSERT_TRUE(wait.has_value()) << "where nobody knows her";
    EXPECT_LE(*wait, seconds(30));
    clock.advance(*wait);
    for (int i = 200; i < 230; ++i) (void)throttle.admit("ana", address(i));
    EXPECT_EQ(throttle.admit("ana", "192.0.2.99"), std::nullopt) << "whatever others do meanwhile";
}

TEST_F(ThrottleTest, slows_down_many_addresses_that_guess_one_name) {
    for (int i = 0; i < 20; ++i) guess(1, "ana", address(i));
    for (int i = 20; i < 60; ++i) EXPECT_TRUE(throttle.admit("ana", address(i)).has_value());
    EXPECT_EQ(throttle.admit("bojan", "192.0.2.50"), std::nullopt) << "other names are not touched";
}

TEST_F(ThrottleTest, keeps_the_delay_of_a_known_place_for_its_own_wrong_attempts) {
    throttle.remember("ana", "192.0.2.1");
    guess(6, "ana", "192.0.2.1");
    EXPECT_TRUE(throttle.admit("ana", "192.0.2.1").has_value());
}

TEST_F(ThrottleTest, does_not_punish_a_known_place_for_its_neighbours) {
    throttle.remember("ana", "192.0.2.1");
    guess(10, "bojan", "192.0.2.1");
    EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
    clock.advance(std::chrono::hours(24 * 31));
    guess(8, "bojan", "192.0.2.1");
    EXPECT_TRUE(throttle.admit("ana", "192.0.2.1").has_value()) << "after a month it is unknown again";
}

TEST_F(ThrottleTest, gives_a_right_attempt_back) {
    guess(4, "ana", "192.0.2.1");
    EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
    throttle.was_right("ana", "192.0.2.1");
    EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
    EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), seconds(1)) << "the address keeps its wrong ones";
}

TEST_F(ThrottleTest, does_not_count_what_was_neither_right_nor_wrong) {
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(throttle.admit("ana", "192.0.2.1"), std::nullopt);
        throttle.take_back("ana", "192.0.2.1");
    }
}

TEST_F(ThrottleTest, lines_codes_up_over_all_addresses) {
    Throttle codes(
        clock,
        {.free_attempts_on_name = 10, .under_attack = Throttle::UnderAttack::one_line, .longest_on_name = minutes(15)});
    for (int i = 0; i < 10; ++i) EXPECT_EQ(codes.admit("id", address(i)), std::nullopt);
    auto const wait = codes.admit("id", address(10));
    ASSERT_TRUE(wait.has_value());
    clock.advance(*wait);
    EXPECT_EQ(codes.admit("id", address(11)), std::nullopt);
    EXPECT_TRUE(codes.admit("id", address(12)).has_value());
    codes.remember("id", "192.0.2.1");
    EXPECT_EQ(codes.admit("id", "192.0.2.1"), std::nullopt);
}

TEST(Lru, forgets_what_was_touched_longest_ago) {
    Lru<int> some(2);
    some.touch("a") = 1;
    some.touch("b") = 2;
    some.touch("a");
    some.touch("c") = 3;
    EXPECT_EQ(some.size(), 2u);
    EXPECT_NE(some.find("a"), nullptr);
    EXPECT_EQ(some.find("b"), nullptr);
    some.erase("a");
    EXPECT_EQ(some.find("a"), nullptr);
}

}  // namespace
