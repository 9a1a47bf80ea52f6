// Regulation (EEC, Euratom) No 1182/71 Art. 3: how periods of hours, working days and months are reckoned.

#include "period.hpp"
#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

constexpr Period one_month{PeriodUnit::months, 1};

base::Instant ends(Period period, std::string_view from, std::string_view country = "mk", bool rolls = true) {
    return end_of_period(period, at(from), WorkingCalendar::shipped(country).value(), rolls);
}

TEST(Reg_1182_71_hours, are_time_that_passes_over_changes_of_the_clocks) {
    Period const day{PeriodUnit::hours, 24}, three_days{PeriodUnit::hours, 72};
    EXPECT_EQ(ends(day, "2026-03-28T20:00:00Z"), at("2026-03-29T20:00:00Z")) << "put forward: 21:00 becomes 22:00";
    EXPECT_EQ(ends(three_days, "2026-10-23T20:00:00Z"), at("2026-10-26T20:00:00Z")) << "put back: 22:00 becomes 21:00";
}

TEST(Reg_1182_71_hours, run_over_weekends_and_holidays) {
    EXPECT_EQ(ends({PeriodUnit::hours, 24}, "2026-12-31T15:00:00Z"), at("2027-01-01T15:00:00Z"));
}

TEST(Reg_1182_71_3_2_c, ends_with_the_same_date_in_the_last_month) {
    EXPECT_EQ(ends(one_month, "2026-11-10T09:00:00Z"), end_of("2026-12-10", 1));
    EXPECT_EQ(ends(one_month, "2026-12-14T09:00:00Z"), end_of("2027-01-14", 1)) << "over the end of a year";
    EXPECT_EQ(ends({PeriodUnit::months, 3}, "2026-11-10T09:00:00Z"), end_of("2027-02-10", 1));
}

TEST(Reg_1182_71_3_2_c, ends_with_the_last_day_of_a_month_that_does_not_have_that_date) {
    EXPECT_EQ(ends(one_month, "2026-05-31T09:00:00Z"), end_of("2026-06-30", 2)) << "a Tuesday";
    EXPECT_EQ(ends(one_month, "2026-01-31T09:00:00Z", "mk", false), end_of("2026-02-28", 1));
    EXPECT_EQ(ends(one_month, "2026-01-31T09:00:00Z"), end_of("2026-03-02", 1)) << "28 February is a Saturday";
}

TEST(Reg_1182_71_3_2_c, knows_leap_years) {
    for (auto const* const from : {"2028-01-29T09:00:00Z", "2028-01-30T09:00:00Z", "2028-01-31T09:00:00Z"})
        EXPECT_EQ(ends(one_month, from), end_of("2028-02-29", 1)) << from;
    EXPECT_EQ(ends(one_month, "2028-02-29T09:00:00Z"), end_of("2028-03-29", 2)) << "by then it is summer time";
    EXPECT_EQ(ends({PeriodUnit::months, 12}, "2028-02-29T09:00:00Z", "mk", false), end_of("2029-02-28", 1));
}

TEST(Reg_1182_71_3_2_c, counts_from_the_day_that_it_is_there) {
    EXPECT_EQ(ends(one_month, "2026-11-09T23:30:00Z"), end_of("2026-12-10", 1)) << "half past midnight, the 10th";
    EXPECT_EQ(ends(one_month, "2026-11-10T22:30:00Z"), end_of("2026-12-10", 1))
        << "half past eleven at night, the 10th";
    EXPECT_EQ(ends(one_month, "2026-09-30T22:30:00Z"), end_of("2026-11-02", 1))
        << "the 1st; of November it is a Sunday";
}

TEST(Reg_1182_71_3_2_c, ends_with_the_day_on_which_clocks_change) {
    EXPECT_EQ(ends(one_month, "2026-09-25T09:00:00Z", "mk", false), end_of("2026-10-25", 1)) << "25 hours";
    EXPECT_EQ(ends(one_month, "2026-02-28T09:00:00Z", "mk", false), end_of("2026-03-28", 1)) << "the day before";
    EXPECT_EQ(ends({PeriodUnit::months, 2}, "2026-01-29T09:00:00Z", "mk", false), end_of("2026-03-29", 2));
}

TEST(Reg_1182_71_3_4, ends_with_the_next_working_day_where_the_last_one_is_none) {
    EXPECT_EQ(ends(one_month, "2026-10-28T09:00:00Z"), end_of("2026-11-30", 1)) << "28 November is a Saturday";
    EXPECT_EQ(ends(one_month, "2026-10-29T09:00:00Z"), end_of("2026-11-30", 1)) << "29 November is a Sunday";
    EXPECT_EQ(ends(one_month, "2026-12-01T09:00:00Z"), end_of("2027-01-04", 1)) << "New Year, and a weekend behind it";
    EXPECT_EQ(ends(one_month, "2026-03-13T09:00:00Z"), end_of("2026-04-14", 2)) << "Orthodox Easter Monday";
    EXPECT_EQ(ends(one_month, "2026-02-20T09:00:00Z"), end_of("2026-03-23", 1)) << "Eid al-Fitr on a Friday";
}

TEST(Reg_1182_71_3_4, goes_by_the_holidays_of_the_state) {
    EXPECT_EQ(ends(one_month, "2026-10-28T09:00:00Z", "mk"), end_of("2026-11-30", 1)) << "28 November is a Saturday";
    EXPECT_EQ(ends(one_month, "2026-10-28T09:00:00Z", "al"), end_of("2026-12-02", 1))
        << "two holidays moved from a weekend";
    EXPECT_EQ(ends(one_month, "2026-11-08T09:00:00Z", "mk"), end_of("2026-12-09", 1)) << "Saint Clement of Ohrid";
    EXPECT_EQ(ends(one_month, "2026-11-08T09:00:00Z", "xk"), end_of("2026-12-08", 1)) << "a working day in Pristina";
}

TEST(Reg_1182_71_3_4, is_not_followed_where_a_regime_does_not) {
    EXPECT_EQ(ends(one_month, "2026-10-28T09:00:00Z", "mk", false), end_of("2026-11-28", 1));
}

TEST(Reg_1182_71_3_3, counts_working_days_where_a_period_is_of_them) {
    Period const five{PeriodUnit::working_days, 5};
    EXPECT_EQ(ends(five, "2026-11-25T09:00:00Z"), end_of("2026-12-02", 1)) << "Wednesday to Wednesday";
    EXPECT_EQ(ends(five, "2026-12-04T09:00:00Z"), end_of("2026-12-14", 1)) << "the 8th is a holiday";
    EXPECT_EQ(ends({PeriodUnit::working_days, 1}, "2026-11-28T09:00:00Z"), end_of("2026-11-30", 1));
    EXPECT_EQ(ends({PeriodUnit::working_days, 1}, "2026-03-27T09:00:00Z"), end_of("2026-03-30", 2));
}

}  // namespace
}  // namespace kula::duties::law
