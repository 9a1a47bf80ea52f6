// What is worked, at which moments: at weekends, at changes of the clocks, and by laws that hold for every span.

#include "duties/working_calendar.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace kula::duties {
namespace {

using base::Instant;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

Instant at(std::string const& text) { return *base::parse_instant(text); }

Date date(std::string const& text) { return std::chrono::floor<days>(at(text)); }

WorkingCalendar skopje() { return WorkingCalendar::shipped("mk").value(); }

/// Every day from midnight to midnight, where the machine's zone says.
WorkingCalendar always(std::string const& zone) {
    auto const json = R"({"time_zone": ")" + zone + R"(", "working_days": ["monday"],
        "hours": [{"from": "00:00", "until": "24:00"}], "moves_from": [], "holidays": []})";
    return WorkingCalendar::from_json(json).value().every_day({Window{}});
}

bool is_working(WorkingCalendar const& calendar, Instant moment) { return calendar.next_working(moment) == moment; }

TEST(A_working_day, is_worked_within_its_hours_and_no_longer) {
    auto const calendar = skopje();  // A Wednesday in winter: UTC+1.
    EXPECT_FALSE(is_working(calendar, at("2026-11-25T06:59:59Z")));
    EXPECT_TRUE(is_working(calendar, at("2026-11-25T07:00:00Z")));
    EXPECT_TRUE(is_working(calendar, at("2026-11-25T14:59:59Z")));
    EXPECT_FALSE(is_working(calendar, at("2026-11-25T15:00:00Z")));
    EXPECT_TRUE(is_working(calendar, at("2026-07-15T06:00:00Z"))) << "in summer by UTC+2";
    EXPECT_FALSE(is_working(calendar, at("2026-11-28T10:00:00Z"))) << "a Saturday";
    auto const with_break = calendar.with_hours({{hours(8), hours(12)}, {hours(13), hours(17)}});
    EXPECT_EQ(with_break.next_working(at("2026-11-25T11:00:00Z")), at("2026-11-25T12:00:00Z"));
}

TEST(The_next_moment_that_is_worked, is_the_moment_itself_or_a_morning) {
    auto const calendar = skopje();
    EXPECT_EQ(calendar.next_working(at("2026-11-25T10:00:00Z")), at("2026-11-25T10:00:00Z"));
    EXPECT_EQ(calendar.next_working(at("2026-11-25T02:00:00Z")), at("2026-11-25T07:00:00Z"));
    EXPECT_EQ(calendar.next_working(at("2026-11-27T15:00:00Z")), at("2026-11-30T07:00:00Z")) << "over a weekend";
    EXPECT_EQ(calendar.next_working(at("2026-12-31T20:00:00Z")), at("2027-01-04T07:00:00Z")) << "over New Year";
    EXPECT_EQ(calendar.next_working(at("2026-03-27T20:00:00Z")), at("2026-03-30T06:00:00Z"))
        << "over the change to summer time";
}

TEST(Working_days, are_counted_from_the_day_behind) {
    auto const calendar = skopje();
    EXPECT_EQ(calendar.add_working_days(at("2026-11-26T10:30:00Z"), days(1)), at("2026-11-27T10:30:00Z"));
    EXPECT_EQ(calendar.add_working_days(at("2026-11-26T10:30:00Z"), days(2)), at("2026-11-30T10:30:00Z"));
    EXPECT_EQ(calendar.add_working_days(at("2026-11-28T10:30:00Z"), days(1)), at("2026-11-30T10:30:00Z"));
    EXPECT_EQ(calendar.add_working_days(at("2026-12-31T10:30:00Z"), days(3)), at("2027-01-06T10:30:00Z"));
    EXPECT_EQ(calendar.add_working_days(at("2026-11-28T10:30:00Z"), days(0)), at("2026-11-28T10:30:00Z"));
    EXPECT_EQ(calendar.add_working_days(at("2026-03-27T10:30:00Z"), days(1)), at("2026-03-30T09:30:00Z"))
        << "11:30 stays 11:30 when clocks are put forward";
}

TEST(A_leap_day, is_a_day) {
    auto const calendar = skopje();
    EXPECT_EQ(calendar.add_working_days(at("2028-02-28T10:00:00Z"), days(1)), at("2028-02-29T10:00:00Z"));
    EXPECT_EQ(calendar.add_working_days(at("2028-02-28T10:00:00Z"), days(2)), at("2028-03-01T10:00:00Z"));
    EXPECT_EQ(calendar.date_of(at("2028-02-28T23:30:00Z")), date("2028-02-29")) << "half past midnight there";
}

TEST(The_end_of_a_day, is_its_last_moment_there) {
    auto const calendar = skopje();
    EXPECT_EQ(calendar.end_of(date("2026-11-25")), at("2026-11-25T22:59:59.999999Z"));
    EXPECT_EQ(calendar.end_of(date("2026-03-29")), at("2026-03-29T21:59:59.999999Z")) << "clocks were put forward";
    EXPECT_EQ(calendar.end_of(date("2026-10-25")), at("2026-10-25T22:59:59.999999Z")) << "clocks were put back";
    for (auto const* const zone : {"Africa/Cairo", "Asia/Beirut", "America/Havana", "Pacific/Apia"}) {
        auto const there = always(zone);
        for (auto day = date("2025-01-01"); day < date("2026-01-01"); day = std::chrono::sys_days(day) + days(1)) {
            auto const end = there.end_of(day);
            ASSERT_EQ(there.date_of(end), day) << zone;
            ASSERT_GT(there.date_of(end + microseconds(1)), day) << zone;
        }
    }
}

// Skopje, 29 March 2026: clocks go from 02:00 to 03:00; 25 October: from 03:00 back to 02:00.
TEST(An_hour_that_clocks_leave_out, is_not_worked) {
    auto const night = skopje().every_day({{hours(1), hours(4)}});
    EXPECT_TRUE(is_working(night, at("2026-03-29T01:59:59Z")));
    EXPECT_EQ(night.next_working(at("2026-03-29T02:00:00Z")), at("2026-03-29T23:00:00Z")) << "it has two hours only";
    auto const within = skopje().every_day({{hours(2), hours(2) + minutes(30)}});
    EXPECT_EQ(within.next_working(at("2026-03-28T20:00:00Z")), at("2026-03-30T00:00:00Z")) << "there is none that day";
    EXPECT_EQ(skopje().every_day({{hours(2) + minutes(30), hours(8)}}).next_working(at("2026-03-28T20:00:00Z")),
              at("2026-03-29T01:00:00Z"));
}

TEST(An_hour_that_clocks_show_twice, is_worked_twice) {
    auto const night = skopje().every_day({{hours(1), hours(4)}});
    EXPECT_TRUE(is_working(night, at("2026-10-25T02:59:59Z")));
    EXPECT_FALSE(is_working(night, at("2026-10-25T03:00:00Z")));
    auto const within = skopje().every_day({{hours(2), hours(3)}});
    EXPECT_TRUE(is_working(within, at("2026-10-25T00:30:00Z")));
    EXPECT_TRUE(is_working(within, at("2026-10-25T01:30:00Z")));
    EXPECT_EQ(skopje().add_working_days(at("2026-10-23T00:30:00Z"), days(1)), at("2026-10-26T01:30:00Z"));
}

// Where clocks change at midnight, the day begins twice or an hour late; all of time is worked all the same.
TEST(A_change_at_midnight, loses_no_time) {
    for (auto const* const zone : {"Africa/Cairo", "Asia/Beirut", "America/Havana", "Europe/Skopje", "Pacific/Apia"}) {
        auto const calendar = always(zone);
        for (auto from = at("2025-01-01T00:00:00Z"); from < at("2026-01-01T00:00:00Z"); from += hours(7)) {
            ASSERT_TRUE(is_working(calendar, from)) << zone << ' ' << base::to_text(from);
        }
    }
}

class Spans : public ::testing::TestWithParam<std::string_view> {};

TEST_P(Spans, hold_what_time_holds) {
    auto const calendar = WorkingCalendar::shipped(GetParam()).value();
    std::mt19937_64 random(7);  // NOLINT(cert-msc51-cpp): the same cases every time.
    std::uniform_int_distribution<std::int64_t> moment(0, microseconds(days(6 * 365)).count());
    for (int i = 0; i < 2000; ++i) {
        auto const from = at("2025-01-01T00:00:00Z") + microseconds(moment(random));
        auto const next = calendar.next_working(from);
        ASSERT_GE(next, from);
        ASSERT_TRUE(is_working(calendar, next));
        ASSERT_EQ(calendar.next_working(next), next);
        ASSERT_TRUE(next == from || !is_working(calendar, next - microseconds(1))) << base::to_text(from);
        ASSERT_TRUE(calendar.is_working_day(calendar.date_of(next)));
        ASSERT_TRUE(calendar.is_working_day(calendar.date_of(calendar.add_working_days(from, days(1 + i % 30)))));
    }
}

INSTANTIATE_TEST_SUITE_P(of_each_country, Spans, ::testing::ValuesIn(calendar_countries),
                         [](auto const& country) { return std::string(country.param); });

TEST(A_calendar, that_cannot_be_read_says_where) {
    auto const problem = [](std::string const& json) { return WorkingCalendar::from_json(json).error().detail; };
    auto const with = [&](std::string const& week, std::string const& windows, std::string const& holiday) {
        return problem(fmt::format(
            R"({{"time_zone": "Europe/Skopje", "working_days": [{}], "hours": [{}], "moves_from": [], "holidays": [{}]}})",
            week, windows, holiday));
    };
    std::string const monday = R"("monday")", morning = R"({"from": "08:00", "until": "12:00"})";
    std::string const name = R"("name": {"mk": "а", "sq": "b", "en": "c"})";
    EXPECT_EQ(with("", morning, ""), "calendar: no day is worked");
    EXPECT_EQ(with(R"("Moday")", morning, ""), "calendar: Moday is no weekday");
    EXPECT_EQ(with(monday, "", ""), "calendar: hours are no windows of a day in order");
    EXPECT_EQ(with(monday, R"({"from": "8", "until": "12:00"})", ""), "calendar: 8 is no time of day");
    EXPECT_EQ(with(monday, morning, "{" + name + "}"), "calendar: holidays[0]: says not in one way when it is");
    EXPECT_EQ(with(monday, morning, R"({"on": "01-01", "western_easter": 1, )" + name + "}"),
              "calendar: holidays[0]: says not in one way when it is");
    EXPECT_EQ(with(monday, morning, R"({"on": "02-30", )" + name + "}"),
              "calendar: holidays[0]: 2024-02-30 is no date");
    EXPECT_EQ(WorkingCalendar::from_json("[").error().fault, base::Fault::invalid);
    EXPECT_EQ(WorkingCalendar::from_json("{}").error().fault, base::Fault::invalid);
    EXPECT_EQ(WorkingCalendar::from_json(R"({"time_zone": "Europe/Nowhere"})").error().fault, base::Fault::unavailable);
    EXPECT_EQ(WorkingCalendar::shipped("zz").error().fault, base::Fault::not_found);
}

}  // namespace
}  // namespace kula::duties
