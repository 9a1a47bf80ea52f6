#include "collect/endpoint.hpp"

#include <gtest/gtest.h>

namespace kula::collect {
namespace {

TEST(Endpoint, reads_and_writes_both_families) {
    for (auto const* const text : {"192.0.2.1:2055", "[2001:db8::1]:4739", "0.0.0.0:0", "[::]:65535"}) {
        auto const endpoint = Endpoint::parse(text);
        ASSERT_TRUE(endpoint) << text;
        EXPECT_EQ(endpoint->text(), text);
    }
}

TEST(Endpoint, refuses_everything_else) {
    for (auto const* const text : {"", ":", "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:-1",
                                   "192.0.2.1: 1", "192.0.2.1:1x", "[192.0.2.1]:1", "2001:db8::1:2055", "[2001:db8::1]",
                                   "[]:1", "localhost:2055", "192.0.2.1:0x10", "[::1%lo]:1"}) {
        EXPECT_FALSE(Endpoint::parse(text)) << text;
    }
}

}  // namespace
}  // namespace kula::collect
