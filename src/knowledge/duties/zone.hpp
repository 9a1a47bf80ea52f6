#pragma once
// A time zone of the machine's tz database. The only place that knows the library (Howard Hinnant's date).

#include <chrono>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "duties/time_of_day.hpp"

namespace date {
class time_zone;
}

namespace kula::duties {

class Zone {
public:
    /// `unavailable` where the machine does not have it.
    static base::Result<Zone> find(std::string const& name);

    /// When clocks there show this time of this day; where they leave it out, when they are put forward.
    [[nodiscard]] base::Instant first_at(std::chrono::sys_days day, std::chrono::microseconds time) const;
    /// The same, but the second of two where they show it twice.
    [[nodiscard]] base::Instant last_at(std::chrono::sys_days day, std::chrono::microseconds time) const;
    /// The day there; its time is `time_of`.
    [[nodiscard]] std::chrono::sys_days day_of(base::Instant instant) const;
    [[nodiscard]] std::chrono::microseconds time_of(base::Instant instant) const;

private:
    explicit Zone(date::time_zone const* zone) : zone_(zone) {}
    date::time_zone const* zone_;  // Of the library, for ever.
};

}  // namespace kula::duties
