// Times of a day are read and told, and what is outside a night is a day.

#include "duties/time_of_day.hpp"

#include <gmock/gmock.h>

namespace kula::duties {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;

TEST(A_time_of_day, is_told_as_it_is_read) {
    for (auto const* const text : {"00:00", "08:30", "23:59", "24:00"}) {
        auto const time = parse_time_of_day(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(to_text(*time), text);
    }
    EXPECT_EQ(parse_time_of_day("08:30"), hours(8) + minutes(30));
}

TEST(A_time_of_day, is_nothing_else) {
    for (auto const* const text :
         {"", "8:30", "08.30", "0830", "08:60", "24:01", "25:00", "-1:00", "08:3x", " 8:30", "08:30 "})
        EXPECT_FALSE(parse_time_of_day(text)) << text;
}

TEST(What_is_outside_a_night, is_the_day_between_its_ends) {
    EXPECT_THAT(outside(hours(22), hours(6)), ElementsAre(Window{hours(6), hours(22)}));
    EXPECT_THAT(outside(hours(1), hours(6)), ElementsAre(Window{hours(0), hours(1)}, Window{hours(6), hours(24)}));
    EXPECT_THAT(outside(hours(0), hours(6)), ElementsAre(Window{hours(6), hours(24)}));
    EXPECT_THAT(outside(hours(20), hours(24)), ElementsAre(Window{hours(0), hours(20)}));
    EXPECT_THAT(outside(hours(8), hours(8)), ElementsAre(Window{hours(0), hours(24)}));
    for (auto const& windows : {outside(hours(22), hours(6)), outside(hours(1), hours(6)), outside(hours(8), hours(8))})
        EXPECT_TRUE(are_windows(windows));
}

TEST(Windows, are_in_order_and_apart) {
    EXPECT_TRUE(are_windows({{hours(8), hours(12)}, {hours(13), hours(16)}}));
    EXPECT_FALSE(are_windows({}));
    EXPECT_FALSE(are_windows({{hours(8), hours(8)}}));
    EXPECT_FALSE(are_windows({{hours(8), hours(25)}}));
    EXPECT_FALSE(are_windows({{hours(-1), hours(5)}}));
    EXPECT_FALSE(are_windows({{hours(8), hours(12)}, {hours(12), hours(16)}}));
    EXPECT_FALSE(are_windows({{hours(13), hours(16)}, {hours(8), hours(12)}}));
}

}  // namespace
}  // namespace kula::duties
