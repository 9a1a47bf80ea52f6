#include "duties/working_calendar.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "calendar_facts.hpp"

namespace kula::duties {
namespace {

using base::Instant;
using std::chrono::days;
using std::chrono::sys_days;

}  // namespace

WorkingCalendar WorkingCalendar::with_hours(std::vector<Window> hours) const {
    base::must(are_windows(hours), "hours are windows of a day");
    return {facts_, std::move(hours), is_of_every_day_};
}

WorkingCalendar WorkingCalendar::every_day(std::vector<Window> hours) const {
    base::must(are_windows(hours), "hours are windows of a day");
    return {facts_, std::move(hours), true};
}

Date WorkingCalendar::date_of(Instant instant) const { return facts_->zone.day_of(instant); }

Instant WorkingCalendar::end_of(Date date) const {
    return facts_->zone.first_at(sys_days(date) + days(1), std::chrono::microseconds(0)) - std::chrono::microseconds(1);
}

Holiday const* WorkingCalendar::holiday(Date date) const { return facts_->holidays.find(sys_days(date)); }

bool WorkingCalendar::is_working_day(Date date) const {
    sys_days const day(date);
    if (is_of_every_day_) return true;
    return facts_->working[std::chrono::weekday(day).c_encoding()] && facts_->holidays.find(day) == nullptr;
}

// A span is what clocks there show as inside a window of a working day. The walk begins a day early, because at a
// change of the clocks the end of a day can lie behind the beginning of the next one.
Instant WorkingCalendar::next_working(Instant instant) const {
    for (auto day = facts_->zone.day_of(instant) - days(1);; day += days(1)) {
        if (!is_working_day(day)) continue;
        for (auto const& [begins, ends] : hours_) {
            auto const begin = std::max(facts_->zone.first_at(day, begins), instant);
            if (begin < facts_->zone.last_at(day, ends)) return begin;
        }
    }
}

Instant WorkingCalendar::add_working_days(Instant from, days count) const {
    base::must(count >= days(0), "days that were worked are not negative");
    if (count == days(0)) return from;
    auto day = facts_->zone.day_of(from);
    while (count > days(0)) {
        day += days(1);
        if (is_working_day(day)) --count;
    }
    return facts_->zone.first_at(day, facts_->zone.time_of(from));
}

}  // namespace kula::duties
