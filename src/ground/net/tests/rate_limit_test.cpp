#include "rate_limit.hpp"

#include <gtest/gtest.h>

#include "address_of.hpp"

namespace kula::net {
namespace {

using testing::address_of;

using std::chrono::milliseconds;
using Moment = RateLimit::Moment;

auto const someone = address_of("198.51.100.7");

TEST(RateLimit, lets_a_burst_through_and_then_the_steady_rate) {
    RateLimit limit({10, 3, 100});
    Moment now{};
    for (int request = 0; request < 3; ++request) EXPECT_FALSE(limit.refuse(someone, now)) << request;
    EXPECT_EQ(limit.refuse(someone, now), milliseconds(100));
    EXPECT_EQ(limit.refuse(someone, now + milliseconds(60)), milliseconds(40));
    EXPECT_FALSE(limit.refuse(someone, now + milliseconds(100)));
    EXPECT_TRUE(limit.refuse(someone, now + milliseconds(150)));
    now += std::chrono::hours(1);
    for (int request = 0; request < 3; ++request) EXPECT_FALSE(limit.refuse(someone, now)) << request;
    EXPECT_TRUE(limit.refuse(someone, now)) << "a long rest fills the bucket, not more";
}

TEST(RateLimit, counts_each_client_alone) {
    RateLimit limit({1, 1, 100});
    EXPECT_FALSE(limit.refuse(someone, {}));
    EXPECT_TRUE(limit.refuse(someone, {}));
    EXPECT_FALSE(limit.refuse(address_of("198.51.100.8"), {}));
}

TEST(RateLimit, takes_an_ipv6_network_for_one_client) {
    RateLimit limit({1, 1, 100});
    EXPECT_FALSE(limit.refuse(address_of("2001:db8:0:1::1"), {}));
    EXPECT_TRUE(limit.refuse(address_of("2001:db8:0:1:ffff::2"), {}));
    EXPECT_FALSE(limit.refuse(address_of("2001:db8:0:2::1"), {}));
    EXPECT_EQ(limit.clients(), 2u);
}

TEST(RateLimit, forgets_who_was_not_seen_for_longest) {
    RateLimit limit({1, 1, 2});
    static_cast<void>(limit.refuse(address_of("192.0.2.1"), {}));
    static_cast<void>(limit.refuse(address_of("192.0.2.2"), {}));
    EXPECT_TRUE(limit.refuse(address_of("192.0.2.1"), {}));
    static_cast<void>(limit.refuse(address_of("192.0.2.3"), {}));
    EXPECT_EQ(limit.clients(), 2u);
    EXPECT_TRUE(limit.refuse(address_of("192.0.2.1"), {})) << "is remembered";
    EXPECT_FALSE(limit.refuse(address_of("192.0.2.2"), {})) << "is new again";
}

TEST(RateLimit, of_zero_is_none) {
    RateLimit limit({0, 0, 0});
    for (int request = 0; request < 1000; ++request) ASSERT_FALSE(limit.refuse(someone, {}));
}

}  // namespace
}  // namespace kula::net
