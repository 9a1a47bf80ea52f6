#include "registry/national_space.hpp"

#include <gtest/gtest.h>

namespace {

using kula::base::Address;
using kula::base::AddressRange;
using kula::base::Prefix;
using kula::registry::NationalSpace;
using kula::registry::parse_space;

AddressRange range(char const* text) { return AddressRange::of(*Prefix::parse(text)); }
Address address(char const* text) { return *Address::parse(text); }

TEST(NationalSpace, sorts_and_merges_ranges_that_overlap_or_touch) {
    NationalSpace const space({range("198.51.100.128/25"), range("2001:db8::/33"), range("192.0.2.0/24"),
                               range("198.51.100.0/25"), range("2001:db8:8000::/33"), range("192.0.2.64/26")});
    std::vector<AddressRange> const expected{range("192.0.2.0/24"), range("198.51.100.0/24"), range("2001:db8::/32")};
    EXPECT_EQ(space.ranges(), expected);
}

TEST(NationalSpace, contains_both_ends_of_a_range_and_nothing_beside_it) {
    NationalSpace const space({range("192.0.2.0/24"), range("2001:db8::/32")});
    EXPECT_TRUE(space.contains(address("192.0.2.0")));
    EXPECT_TRUE(space.contains(address("192.0.2.255")));
    EXPECT_FALSE(space.contains(address("192.0.1.255")));
    EXPECT_FALSE(space.contains(address("192.0.3.0")));
    EXPECT_TRUE(space.contains(address("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")));
    EXPECT_FALSE(space.contains(address("2001:db9::")));
    EXPECT_FALSE(space.contains(address("::ffff:192.0.2.1")));
}

TEST(NationalSpace, holds_the_whole_of_each_family_without_wrapping_around) {
    NationalSpace const space({range("0.0.0.0/0"), range("128.0.0.0/1"), range("::/0"), range("ffff::/16")});
    ASSERT_EQ(space.ranges().size(), 2u);
    EXPECT_TRUE(space.contains(address("255.255.255.255")));
    EXPECT_TRUE(space.contains(address("::")));
}

TEST(NationalSpace, contains_nothing_when_empty) {
    NationalSpace const space;
    EXPECT_TRUE(space.is_empty());
    EXPECT_FALSE(space.contains(address("192.0.2.1")));
    EXPECT_FALSE(space.contains_as(64500));
}

TEST(NationalSpace, leaves_out_a_range_that_ends_before_it_starts_or_changes_family) {
    NationalSpace const space(
        {{address("192.0.2.9"), address("192.0.2.1")}, {address("192.0.2.9"), address("2001:db8::")}});
    EXPECT_TRUE(space.ranges().empty());
}

TEST(ParseSpace, reads_prefixes_addresses_ranges_and_as_numbers_with_comments) {
    auto const parsed = parse_space(
        "\xEF\xBB\xBF# the country\n192.0.2.0/24\r\n\n 198.51.100.7 # one host\nAS64500\nas 64501 ; x\n"
        "2001:db8::/32\n203.0.113.4 - 203.0.113.9");
    EXPECT_EQ(parsed.skipped_count, 0u);
    std::vector<AddressRange> const expected{range("192.0.2.0/24"),
                                             range("198.51.100.7"),
                                             range("2001:db8::/32"),
                                             {address("203.0.113.4"), address("203.0.113.9")}};
    EXPECT_EQ(parsed.ranges, expected);
    NationalSpace const space(parsed.ranges, parsed.as_numbers);
    EXPECT_TRUE(space.contains_as(64500));
    EXPECT_TRUE(space.contains_as(64501));
    EXPECT_FALSE(space.contains_as(64502));
}

TEST(ParseSpace, names_the_lines_it_cannot_use_and_goes_on) {
    auto const parsed = parse_space("192.0.2.0/33\n192.0.2.0/24\nnonsense\nAS99999999999\n");
    ASSERT_EQ(parsed.skipped.size(), 3u);
    EXPECT_EQ(parsed.skipped[0].line, 1u);
    EXPECT_EQ(parsed.skipped[1].line, 3u);
    EXPECT_EQ(parsed.skipped[2].line, 4u);
    EXPECT_EQ(parsed.ranges.size(), 1u);
}

TEST(ParseSpace, bounds_the_list_of_skipped_lines_but_counts_them_all) {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "?\n";
    auto const parsed = parse_space(text);
    EXPECT_EQ(parsed.skipped.size(), kula::registry::most_skipped_lines);
    EXPECT_EQ(parsed.skipped_count, 5000u);
}

}  // namespace
