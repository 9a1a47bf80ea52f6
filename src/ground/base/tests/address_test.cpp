#include "base/address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

using namespace std::string_view_literals;
using kula::base::Address;
using kula::base::Family;
using kula::base::Uint128;

namespace {

std::string canonical(std::string_view text) {
    auto const address = Address::parse(text);
    return address ? address->text() : "refused";
}

}  // namespace

TEST(Address, reads_a_dotted_quad_as_its_number) {
    auto const address = Address::parse("192.0.2.1");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->number4(), 0xC0000201U);
    EXPECT_EQ(address->family(), Family::v4);
    EXPECT_EQ(address->width(), 32);
}

TEST(Address, prints_ipv4_as_it_was_read) {
    for (auto const text : {"0.0.0.0", "1.2.3.4", "198.51.100.7", "255.255.255.255"}) {
        EXPECT_EQ(canonical(text), text);
    }
}

TEST(Address, refuses_what_only_looks_like_ipv4) {
    for (auto const text :
         {"",         " ",        "1",         "1.2.3",      "1.2.3.4.5",  "256.1.1.1",         "1.2.3.256",
          "01.2.3.4", "1.2.3.04", "0x1.2.3.4", "1.2.3.4 ",   " 1.2.3.4",   "1.2.3.-4",          "1.2.3.+4",
          "1..2.3",   ".1.2.3.4", "1.2.3.4.",  "1.2.3.4/32", "0000.0.0.0", "1.2.3.99999999999", "１.2.3.4"}) {
        EXPECT_FALSE(Address::parse(text)) << text;
    }
    EXPECT_FALSE(Address::parse("1.2.3.4\0"sv));
}

// RFC 5952 §4: the cases are the sections' own examples.
TEST(Address, prints_ipv6_as_rfc_5952_wants) {
    EXPECT_EQ(canonical("2001:0db8::0001"), "2001:db8::1");                // §4.1 leading zeros
    EXPECT_EQ(canonical("2001:db8:0:0:0:0:2:1"), "2001:db8::2:1");         // §4.2.1 shorten as much as possible
    EXPECT_EQ(canonical("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");  // §4.2.2 one group stays
    EXPECT_EQ(canonical("2001:db8::1:1:1:1:1"), "2001:db8:0:1:1:1:1:1");   // §4.2.2
    EXPECT_EQ(canonical("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1");           // §4.2.3 the longest run
    EXPECT_EQ(canonical("2001:db8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");     // §4.2.3 the first of equal runs
    EXPECT_EQ(canonical("2001:DB8::ABCD"), "2001:db8::abcd");              // §4.3 lower case
    EXPECT_EQ(canonical("::ffff:c000:0201"), "::ffff:192.0.2.1");          // §5 mapped addresses
    EXPECT_EQ(canonical("0:0:0:0:0:0:0:0"), "::");
    EXPECT_EQ(canonical("0:0:0:0:0:0:0:1"), "::1");
    EXPECT_EQ(canonical("1:0:0:0:0:0:0:0"), "1::");
}

TEST(Address, prints_low_ipv6_numbers_without_a_quad) {
    EXPECT_EQ(canonical("::1:0"), "::1:0");
    EXPECT_EQ(canonical("::192.0.2.1"), "::c000:201");
    EXPECT_EQ(canonical("::ffff"), "::ffff");
}

TEST(Address, refuses_what_only_looks_like_ipv6) {
    for (auto const text : {":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::1",
                            "fe80::1%eth0", "[::1]", "::1 ", " ::1", "::1/128", "::1.2.3", "::01.2.3.4", "::256.1.1.1",
                            "1:2:3:4:5:6:7:8:", "::1.2.3.4:5", "0000:0000:0000:0000:0000:0000:255.255.255.2555"}) {
        EXPECT_FALSE(Address::parse(text)) << text;
    }
    EXPECT_FALSE(Address::parse("::1\0"sv));
    EXPECT_FALSE(Address::parse("::1\0.2.3"sv));
    EXPECT_FALSE(Address::parse(std::string(10'000, ':')));
}

TEST(Address, keeps_a_mapped_address_apart_from_its_ipv4_twin) {
    EXPECT_NE(*Address::parse("::ffff:192.0.2.1"), *Address::parse("192.0.2.1"));
}

TEST(Address, comes_back_from_its_bytes) {
    std::uint8_t const four[] = {198, 51, 100, 7};
    EXPECT_EQ(Address::v4_bytes(four).text(), "198.51.100.7");
    auto const six = *Address::parse("2001:db8::17:ff00");
    EXPECT_EQ(Address::v6_bytes(six.bytes().data()), six);
    EXPECT_EQ(six.bytes()[0], 0x20);
    EXPECT_EQ(six.bytes()[15], 0x00);
    EXPECT_EQ(Address::v4_bytes(Address::v4_bytes(four).bytes().data()).text(), "198.51.100.7");
}

TEST(Address, holds_all_128_bits) {
    Uint128 const all = ~Uint128{0};
    EXPECT_EQ(Address::v6(all).number(), all);
    EXPECT_EQ(Address::v6(all).text(), "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

TEST(Address, sorts_ipv4_first_and_then_by_number) {
    std::vector<Address> addresses;
    for (auto const text : {"2001:db8::1", "::1", "10.0.0.1", "9.255.255.255", "0.0.0.0"}) {
        addresses.push_back(*Address::parse(text));
    }
    std::sort(addresses.begin(), addresses.end());
    std::vector<std::string> order;
    for (auto const& address : addresses) order.push_back(address.text());
    EXPECT_THAT(order, testing::ElementsAre("0.0.0.0", "9.255.255.255", "10.0.0.1", "::1", "2001:db8::1"));
}

TEST(Address, hashes_neighbours_apart) {
    std::unordered_set<std::size_t> hashes;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        hashes.insert(std::hash<Address>{}(Address::v4(0x0A000000U + i)));
        hashes.insert(std::hash<Address>{}(Address::v6((Uint128{0x20010db8U} << 96) + i)));
    }
    EXPECT_EQ(hashes.size(), 20'000U);
}
