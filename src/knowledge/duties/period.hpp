#pragma once
// When a period ends: Regulation (EEC, Euratom) No 1182/71, Article 3. Pure.

#include "base/instant.hpp"
#include "duties/regime.hpp"
#include "duties/working_calendar.hpp"

namespace kula::duties {

/// The last moment of a period that an event at `from` starts. Hours are time that passes; what is counted in days or
/// months ends with a day of the calendar on the wall.
base::Instant end_of_period(Period period, base::Instant from, WorkingCalendar const& calendar,
                            bool rolls_to_working_day);

}  // namespace kula::duties
