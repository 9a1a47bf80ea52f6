#pragma once
/// @file
/// When people of a country are at work: its time zone, the days and hours that are worked, its public holidays.
///
/// Data: `data/calendars`, one file a country, each holiday with its law. Holidays whose dates nobody can work out
/// (those of the lunar year) are listed by date and known for 2025 to 2030; a year for which they are not listed has
/// none. Time zones are the machine's own (tz database); a change of it is seen at the next start. Pure: reads no
/// clock. Safe from any thread.

#include <array>
#include <chrono>
#include <memory>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "duties/time_of_day.hpp"

namespace kula::duties {

/// A day of the calendar on the wall.
using Date = std::chrono::year_month_day;

/// ISO 3166-1 codes (`xk`: by custom) of the calendars that are shipped.
constexpr std::array<std::string_view, 6> calendar_countries{"mk", "al", "xk", "rs", "me", "ba"};
/// Holidays are known for these years, both included; before and behind them there are none.
constexpr std::chrono::year first_calendar_year{2020}, last_calendar_year{2099};

struct Holiday {
    base::Text name{};      ///< Of all that fall on the day, the first in the data.
    bool is_moved = false;  ///< It is the free day instead of one that fell on a weekend.
};

class WorkingCalendar {
public:
    /// `invalid` names what is wrong; `unavailable` where this machine has no such time zone.
    static base::Result<WorkingCalendar> from_json(std::string_view json);
    /// `not_found` for a country that is not shipped; `unavailable` as above.
    static base::Result<WorkingCalendar> shipped(std::string_view country);

    /// The same days with other hours, which are `are_windows`.
    [[nodiscard]] WorkingCalendar with_hours(std::vector<Window> hours) const;
    /// These hours of every day, whatever day it is, in the same time zone.
    [[nodiscard]] WorkingCalendar every_day(std::vector<Window> hours) const;

    [[nodiscard]] Date date_of(base::Instant instant) const;
    /// The last moment of that day there.
    [[nodiscard]] base::Instant end_of(Date date) const;
    /// Null where it is none; it lives as long as any calendar made of this one.
    [[nodiscard]] Holiday const* holiday(Date date) const;
    /// A day of the working week that is no holiday.
    [[nodiscard]] bool is_working_day(Date date) const;

    /// The first moment from this one on that is worked: itself, where it is.
    [[nodiscard]] base::Instant next_working(base::Instant instant) const;
    /// The same time of day on the so-manieth working day behind its own day, which does not count. Where clocks leave
    /// that time out it is when they are put forward, where they show it twice the first. Of no days, the moment
    /// itself.
    [[nodiscard]] base::Instant add_working_days(base::Instant from, std::chrono::days days) const;

private:
    struct Facts;
    WorkingCalendar(std::shared_ptr<Facts const> facts, std::vector<Window> hours, bool is_of_every_day)
        : facts_(std::move(facts)), hours_(std::move(hours)), is_of_every_day_(is_of_every_day) {}
    friend struct CalendarReader;

    std::shared_ptr<Facts const> facts_;
    std::vector<Window> hours_;
    bool is_of_every_day_ = false;
};

}  // namespace kula::duties
