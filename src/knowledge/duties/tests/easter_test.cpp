// Both Easters, against tables that others made.

#include "easter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace kula::duties {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

struct Row {
    int of;
    std::pair<unsigned, unsigned> western, orthodox;  // Month and day.
};

// World Council of Churches, "Frequently asked questions about the date of Easter", for 2001 to 2025; US Naval
// Observatory, "The Date of Easter", for the others' western ones; the years where both fall on one day among them.
constexpr std::array rows{
    Row{2001, {4, 15}, {4, 15}}, Row{2002, {3, 31}, {5, 5}},  Row{2003, {4, 20}, {4, 27}}, Row{2004, {4, 11}, {4, 11}},
    Row{2005, {3, 27}, {5, 1}},  Row{2006, {4, 16}, {4, 23}}, Row{2007, {4, 8}, {4, 8}},   Row{2008, {3, 23}, {4, 27}},
    Row{2009, {4, 12}, {4, 19}}, Row{2010, {4, 4}, {4, 4}},   Row{2011, {4, 24}, {4, 24}}, Row{2012, {4, 8}, {4, 15}},
    Row{2013, {3, 31}, {5, 5}},  Row{2014, {4, 20}, {4, 20}}, Row{2015, {4, 5}, {4, 12}},  Row{2016, {3, 27}, {5, 1}},
    Row{2017, {4, 16}, {4, 16}}, Row{2018, {4, 1}, {4, 8}},   Row{2019, {4, 21}, {4, 28}}, Row{2020, {4, 12}, {4, 19}},
    Row{2021, {4, 4}, {5, 2}},   Row{2022, {4, 17}, {4, 24}}, Row{2023, {4, 9}, {4, 16}},  Row{2024, {3, 31}, {5, 5}},
    Row{2025, {4, 20}, {4, 20}}, Row{2026, {4, 5}, {4, 12}},  Row{2027, {3, 28}, {5, 2}},  Row{2028, {4, 16}, {4, 16}},
    Row{2029, {4, 1}, {4, 8}},   Row{2030, {4, 21}, {4, 28}}, Row{2038, {4, 25}, {4, 25}}, Row{2049, {4, 18}, {4, 25}},
};

sys_days day(int of, std::pair<unsigned, unsigned> date) {
    return year(of) / std::chrono::month(date.first) / std::chrono::day(date.second);
}

TEST(Easter, of_the_west_is_where_the_table_has_it) {
    for (auto const& row : rows) EXPECT_EQ(western_easter(year(row.of)), day(row.of, row.western)) << row.of;
    EXPECT_EQ(western_easter(year(1818)), day(1818, {3, 22})) << "the earliest there is";
    EXPECT_EQ(western_easter(year(1943)), day(1943, {4, 25})) << "the latest there is";
}

TEST(Easter, of_the_orthodox_is_where_the_table_has_it) {
    for (auto const& row : rows) EXPECT_EQ(orthodox_easter(year(row.of)), day(row.of, row.orthodox)) << row.of;
}

TEST(Easter, is_a_sunday_and_never_earlier_with_the_orthodox) {
    for (int of = 1900; of < 2100; ++of) {
        auto const western = western_easter(year(of)), orthodox = orthodox_easter(year(of));
        EXPECT_EQ(std::chrono::weekday(western), std::chrono::Sunday) << of;
        EXPECT_EQ(std::chrono::weekday(orthodox), std::chrono::Sunday) << of;
        EXPECT_TRUE(orthodox - western >= std::chrono::days(0) && orthodox - western <= std::chrono::days(35)) << of;
    }
}

}  // namespace
}  // namespace kula::duties
