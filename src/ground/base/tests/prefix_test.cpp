#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/address.hpp"

using kula::base::Address;
using kula::base::AddressRange;
using kula::base::Prefix;

namespace {

Address address(std::string_view text) { return Address::parse(text).value(); }
Prefix prefix(std::string_view text) { return Prefix::parse(text).value(); }

}  // namespace

TEST(Prefix, clears_the_bits_behind_its_length) {
    EXPECT_EQ(prefix("192.0.2.77/24").text(), "192.0.2.0/24");
    EXPECT_EQ(prefix("2001:db8:1:2::ff/33").text(), "2001:db8::/33");
    EXPECT_EQ(prefix("255.255.255.255/0").text(), "0.0.0.0/0");
}

TEST(Prefix, refuses_set_host_bits_where_the_reader_asks_for_it) {
    EXPECT_FALSE(Prefix::parse("192.0.2.77/24", Prefix::HostBits::refuse));
    EXPECT_TRUE(Prefix::parse("192.0.2.0/24", Prefix::HostBits::refuse));
    EXPECT_TRUE(Prefix::parse("192.0.2.77/32", Prefix::HostBits::refuse));
}

TEST(Prefix, prints_a_host_without_its_length) {
    EXPECT_EQ(prefix("192.0.2.7/32").text(), "192.0.2.7");
    EXPECT_EQ(prefix("2001:db8::1/128").text(), "2001:db8::1");
    EXPECT_EQ(prefix("192.0.2.7").text(), "192.0.2.7");
    EXPECT_TRUE(prefix("192.0.2.7").is_host());
}

TEST(Prefix, refuses_a_length_that_is_none) {
    for (auto const text : {"192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/-0", "192.0.2.0/+8",
                            "192.0.2.0/08", "192.0.2.0/8 ", "192.0.2.0/ 8", "192.0.2.0/8/8", "2001:db8::/129",
                            "192.0.2.0/255.255.255.0", "/8", "192.0.2.0/99999999999999999999", "192.0.2/24"}) {
        EXPECT_FALSE(Prefix::parse(text)) << text;
    }
}

TEST(Prefix, ends_at_its_last_address) {
    EXPECT_EQ(prefix("192.0.2.0/24").last(), address("192.0.2.255"));
    EXPECT_EQ(prefix("0.0.0.0/0").last(), address("255.255.255.255"));
    EXPECT_EQ(prefix("::/0").last(), address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
    EXPECT_EQ(prefix("2001:db8::/64").last(), address("2001:db8::ffff:ffff:ffff:ffff"));
    EXPECT_EQ(prefix("2001:db8::/65").last(), address("2001:db8::7fff:ffff:ffff:ffff"));
    EXPECT_EQ(prefix("192.0.2.9/32").last(), address("192.0.2.9"));
}

TEST(Prefix, contains_exactly_what_lies_between_its_ends_at_every_length) {
    auto const inside = address("171.85.170.84");
    for (int length = 0; length <= 32; ++length) {
        Prefix const network(inside, length);
        EXPECT_TRUE(network.contains(inside));
        EXPECT_TRUE(network.contains(network.first()));
        EXPECT_TRUE(network.contains(network.last()));
        if (length == 0) continue;
        EXPECT_FALSE(network.contains(Address::v4(network.first().number4() - 1)));
        EXPECT_FALSE(network.contains(Address::v4(network.last().number4() + 1)));
    }
}

TEST(Prefix, contains_exactly_what_lies_between_its_ends_at_every_ipv6_length) {
    auto const inside = address("aaaa:5555:aaaa:5555:aaaa:5555:aaaa:5555");
    for (int length = 0; length <= 128; ++length) {
        Prefix const network(inside, length);
        EXPECT_TRUE(network.contains(network.first()));
        EXPECT_TRUE(network.contains(network.last()));
        if (length == 0) continue;
        EXPECT_FALSE(network.contains(Address::v6(network.first().number() - 1)));
        EXPECT_FALSE(network.contains(Address::v6(network.last().number() + 1)));
    }
}

TEST(Prefix, never_contains_the_other_family) {
    EXPECT_FALSE(prefix("0.0.0.0/0").contains(address("::1")));
    EXPECT_FALSE(prefix("::/0").contains(address("192.0.2.1")));
}

TEST(Prefix, contains_itself_and_the_narrower_but_not_the_wider) {
    EXPECT_TRUE(prefix("192.0.2.0/24").contains(prefix("192.0.2.0/24")));
    EXPECT_TRUE(prefix("192.0.2.0/24").contains(prefix("192.0.2.128/25")));
    EXPECT_FALSE(prefix("192.0.2.0/24").contains(prefix("192.0.0.0/16")));
    EXPECT_FALSE(prefix("192.0.2.0/24").contains(prefix("192.0.3.0/25")));
}

TEST(Prefix, longer_than_its_address_is_a_bug_in_the_caller) {
    EXPECT_THROW(Prefix(address("192.0.2.1"), 33), std::logic_error);
    EXPECT_THROW(Prefix(address("192.0.2.1"), -1), std::logic_error);
}

TEST(AddressRange, includes_both_ends_and_no_other_family) {
    AddressRange const range{address("192.0.2.10"), address("192.0.2.20")};
    EXPECT_TRUE(range.contains(address("192.0.2.10")));
    EXPECT_TRUE(range.contains(address("192.0.2.20")));
    EXPECT_FALSE(range.contains(address("192.0.2.9")));
    EXPECT_FALSE(range.contains(address("192.0.2.21")));
    EXPECT_FALSE(range.contains(address("::c000:20f")));
    EXPECT_EQ(AddressRange::of(prefix("192.0.2.0/30")), (AddressRange{address("192.0.2.0"), address("192.0.2.3")}));
}
