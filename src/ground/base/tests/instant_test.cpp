#include "base/instant.hpp"

#include <gtest/gtest.h>

#include <string>

using kula::base::from_microseconds;
using kula::base::Instant;
using kula::base::parse_instant;
using kula::base::to_microseconds;
using kula::base::to_seconds_text;
using kula::base::to_text;

namespace {

std::string read(std::string_view text) {
    auto const instant = parse_instant(text);
    return instant ? to_text(*instant) : "refused";
}

}  // namespace

TEST(Instant, prints_the_second_it_lies_in_without_rounding) {
    EXPECT_EQ(to_seconds_text(from_microseconds(1'795'255'200'999'999)), "2026-11-21T10:00:00Z");
    EXPECT_EQ(to_text(from_microseconds(1'795'255'200'999'999)), "2026-11-21T10:00:00.999999Z");
}

TEST(Instant, prints_moments_before_1970_too) {
    EXPECT_EQ(to_text(from_microseconds(-1)), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(to_seconds_text(from_microseconds(-1)), "1969-12-31T23:59:59Z");
}

TEST(Instant, reads_what_it_prints) {
    for (std::int64_t const count :
         {0LL, 1LL, -1LL, 1'795'255'200'123'456LL, 253'402'300'799'999'999LL, -62'167'219'200'000'000LL}) {
        auto const instant = from_microseconds(count);
        ASSERT_TRUE(parse_instant(to_text(instant))) << to_text(instant);
        EXPECT_EQ(to_microseconds(*parse_instant(to_text(instant))), count);
    }
}

TEST(Instant, reads_every_offset_as_utc) {
    EXPECT_EQ(read("2026-11-21T10:00:00Z"), "2026-11-21T10:00:00.000000Z");
    EXPECT_EQ(read("2026-11-21t10:00:00z"), "2026-11-21T10:00:00.000000Z");
    EXPECT_EQ(read("2026-11-21T11:00:00+01:00"), "2026-11-21T10:00:00.000000Z");
    EXPECT_EQ(read("2026-11-21T11:00:00+0100"), "2026-11-21T10:00:00.000000Z");
    EXPECT_EQ(read("2026-11-20T22:30:00-11:30"), "2026-11-21T10:00:00.000000Z");
    EXPECT_EQ(read("2026-11-21 10:00:00"), "2026-11-21T10:00:00.000000Z");
}

TEST(Instant, cuts_fractions_to_microseconds) {
    EXPECT_EQ(read("2026-11-21T10:00:00.5Z"), "2026-11-21T10:00:00.500000Z");
    EXPECT_EQ(read("2026-11-21T10:00:00.123456789Z"), "2026-11-21T10:00:00.123456Z");
    EXPECT_EQ(read("2026-11-21T10:00:00." + std::string(1'000, '9') + "Z"), "2026-11-21T10:00:00.999999Z");
}

TEST(Instant, reads_a_bare_date_as_its_midnight) { EXPECT_EQ(read("2026-11-21"), "2026-11-21T00:00:00.000000Z"); }

TEST(Instant, knows_the_calendar) {
    EXPECT_EQ(read("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00.000000Z");
    for (auto const text : {"2026-02-29", "2100-02-29", "2026-00-10", "2026-13-01", "2026-04-31", "2026-01-00"}) {
        EXPECT_EQ(read(text), "refused") << text;
    }
}

TEST(Instant, refuses_what_is_no_moment) {
    for (auto const text : {"",
                            "2026",
                            "2026-11",
                            "2026-1-1",
                            "26-11-21",
                            "2026-11-21T",
                            "2026-11-21T10",
                            "2026-11-21T1000Z",
                            "2026-11-21T24:00:00Z",
                            "2026-11-21T10:60:00Z",
                            "2026-11-21T10:00:60Z",
                            "2026-11-21T10:00:00.Z",
                            "2026-11-21T10:00:00+",
                            "2026-11-21T10:00:00+1",
                            "2026-11-21T10:00:00+24:00",
                            "2026-11-21T10:00:00ZZ",
                            "2026-11-21T10:00:00Z ",
                            " 2026-11-21T10:00:00Z",
                            "2026-11-21T10:00:00 Z",
                            "-2026-11-21T10:00:00Z",
                            "+2026-11-21",
                            "2026/11/21",
                            "yesterday",
                            "12026-11-21"}) {
        EXPECT_EQ(read(text), "refused") << text;
    }
}

TEST(Instant, stays_within_the_years_it_can_print_whatever_the_offset) {
    EXPECT_EQ(read("0000-01-01T00:00:00+00:01"), "refused");
    EXPECT_EQ(read("9999-12-31T23:59:59-00:01"), "refused");
    EXPECT_EQ(read("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59.000000Z");
}
