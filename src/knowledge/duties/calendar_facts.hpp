#pragma once
// What calendars made of one another share.

#include "duties/working_calendar.hpp"
#include "holidays.hpp"
#include "zone.hpp"

namespace kula::duties {

struct WorkingCalendar::Facts {
    Zone zone;
    Weekdays working;
    Holidays holidays;
};

}  // namespace kula::duties
