// The free days of each country, year by year, as its ministry announced them or its law gives them.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "duties/working_calendar.hpp"

namespace kula::duties {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;

/// Days of a working week that are free, as month and day.
std::string free_days(std::string_view country, int of) {
    auto const calendar = WorkingCalendar::shipped(country).value();
    std::string out;
    for (sys_days day = year(of) / 1 / 1; day < sys_days(year(of + 1) / 1 / 1); day += days(1)) {
        auto const weekday = std::chrono::weekday(day);
        if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday || calendar.is_working_day(day))
            continue;
        Date const date(day);
        out += fmt::format("{}{:02}-{:02}", out.empty() ? "" : " ", static_cast<unsigned>(date.month()),
                           static_cast<unsigned>(date.day()));
    }
    return out;
}

Holiday const* holiday(std::string_view country, Date date) {
    return WorkingCalendar::shipped(country).value().holiday(date);
}

TEST(North_Macedonia, has_the_monday_behind_a_sunday_free) {
    EXPECT_EQ(free_days("mk", 2025), "01-01 01-07 03-31 04-21 05-01 09-08 10-23 12-08");
    EXPECT_EQ(free_days("mk", 2026), "01-01 01-07 03-20 04-13 05-01 05-25 08-03 09-08 10-12 10-23 12-08");
    EXPECT_EQ(free_days("mk", 2027), "01-01 01-07 03-09 05-03 05-24 08-02 09-08 10-11 12-08");
    EXPECT_EQ(free_days("mk", 2024), "01-01 01-08 05-01 05-06 05-24 08-02 09-09 10-11 10-23 12-09")
        << "but for the first day of Ramazan Bajram, which is listed from 2025 on";
}

TEST(Albania, has_the_working_day_behind_a_weekend_free) {
    EXPECT_EQ(free_days("al", 2025),
              "01-01 01-02 03-14 03-24 03-31 04-21 05-01 06-06 09-05 11-24 11-28 12-01 12-08 12-25");
    EXPECT_EQ(free_days("al", 2026),
              "01-01 01-02 03-16 03-20 03-23 04-06 04-13 05-01 05-27 09-07 11-23 11-30 12-01 12-08 12-25");
}

TEST(Kosovo, has_the_working_day_behind_a_weekend_free) {
    EXPECT_EQ(free_days("xk", 2025), "01-01 01-02 01-07 02-17 03-31 04-09 04-21 05-01 05-09 06-06 12-25");
    EXPECT_EQ(free_days("xk", 2026), "01-01 01-02 01-07 02-17 03-20 04-06 04-09 04-13 05-01 05-11 05-27 12-25");
    EXPECT_EQ(free_days("xk", 2022).substr(0, 17), "01-03 01-04 01-07") << "both days of New Year were a weekend";
}

TEST(Serbia, has_the_working_day_behind_a_sunday_free_for_state_holidays) {
    EXPECT_EQ(free_days("rs", 2025), "01-01 01-02 01-07 02-17 04-18 04-21 05-01 05-02 11-11");
    EXPECT_EQ(free_days("rs", 2026), "01-01 01-02 01-07 02-16 02-17 04-10 04-13 05-01 11-11");
    EXPECT_EQ(free_days("rs", 2021), "01-01 01-07 02-15 02-16 04-30 05-03 05-04 11-11")
        << "2 May was Easter as well, and the Monday behind it free by Easter";
    EXPECT_EQ(free_days("rs", 2024).substr(0, 11), "01-01 01-02") << "Christmas on a Sunday frees no Monday";
    EXPECT_EQ(free_days("rs", 2024).find("01-08"), std::string::npos);
    EXPECT_EQ(free_days("rs", 2023).substr(0, 11), "01-02 01-03");
}

TEST(Montenegro, has_two_days_of_each_holiday_whatever_sunday_takes) {
    EXPECT_EQ(free_days("me", 2025), "01-01 01-02 05-01 05-02 05-21 05-22 07-14 07-15 11-13 11-14");
    EXPECT_EQ(free_days("me", 2026), "01-01 01-02 05-01 05-21 05-22 07-13 07-14 11-13");
    EXPECT_EQ(free_days("me", 2022).substr(0, 5), "01-03");
    EXPECT_EQ(free_days("me", 2022).find("11-14"), std::string::npos) << "Njegoš Day was one day then, and stayed";
    EXPECT_EQ(free_days("me", 2023).substr(free_days("me", 2023).size() - 11), "11-13 11-14");
}

TEST(Bosnia_and_Herzegovina, has_what_both_entities_have) {
    EXPECT_EQ(free_days("ba", 2025), "01-01 01-02 05-01 05-02");
    EXPECT_EQ(free_days("ba", 2026), "01-01 01-02 05-01");
}

TEST(A_holiday, says_its_name_and_whether_it_was_moved) {
    auto const* const day = holiday("mk", year(2026) / 10 / 11);
    ASSERT_NE(day, nullptr);
    EXPECT_EQ(day->name.in(base::Language::mk), "Ден на народното востание");
    EXPECT_FALSE(day->is_moved);
    auto const* const moved = holiday("mk", year(2026) / 10 / 12);
    ASSERT_NE(moved, nullptr);
    EXPECT_EQ(moved->name, day->name);
    EXPECT_TRUE(moved->is_moved);
    EXPECT_EQ(holiday("mk", year(2026) / 10 / 13), nullptr);
    EXPECT_EQ(holiday("mk", year(2028) / 2 / 29), nullptr);
    EXPECT_EQ(holiday("mk", year(2019) / 1 / 1), nullptr) << "before the first year";
}

TEST(Holidays, are_named_in_every_language) {
    for (auto const country : calendar_countries) {
        auto const calendar = WorkingCalendar::shipped(country).value();
        int found = 0;
        for (sys_days day = year(2025) / 1 / 1; day < sys_days(year(2031) / 1 / 1); day += days(1)) {
            auto const* const each = calendar.holiday(day);
            if (each == nullptr) continue;
            ++found;
            for (auto const language : base::languages) EXPECT_FALSE(each->name.in(language).empty()) << country;
        }
        EXPECT_GE(found, 6 * 4) << country;
    }
}

}  // namespace
}  // namespace kula::duties
