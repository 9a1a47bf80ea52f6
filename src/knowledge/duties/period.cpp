#include "period.hpp"

namespace kula::duties {
namespace {

/// Art. 3(2)(c): the same date in the last month, or its last day where it does not have that date.
Date same_date_after(Date date, std::chrono::months count) {
    auto const later = date + count;
    return later.ok() ? later : Date(later.year() / later.month() / std::chrono::last);
}

/// Art. 3(4).
Date rolled_to_working_day(Date date, WorkingCalendar const& calendar) {
    std::chrono::sys_days day(date);
    while (!calendar.is_working_day(day)) day += std::chrono::days(1);
    return day;
}

}  // namespace

base::Instant end_of_period(Period period, base::Instant from, WorkingCalendar const& calendar,
                            bool rolls_to_working_day) {
    if (period.unit == PeriodUnit::hours) return from + std::chrono::hours(period.count);
    if (period.unit == PeriodUnit::working_days)
        return calendar.end_of(calendar.date_of(calendar.add_working_days(from, std::chrono::days(period.count))));
    auto const date = same_date_after(calendar.date_of(from), std::chrono::months(period.count));
    return calendar.end_of(rolls_to_working_day ? rolled_to_working_day(date, calendar) : date);
}

}  // namespace kula::duties
