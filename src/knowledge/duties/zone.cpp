#include "zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <stdexcept>

namespace kula::duties {
namespace {

using LocalTime = date::local_time<std::chrono::microseconds>;

LocalTime local(std::chrono::sys_days day, std::chrono::microseconds time) {
    return LocalTime(day.time_since_epoch() + time);
}

}  // namespace

base::Result<Zone> Zone::find(std::string const& name) {
    try {
        return Zone(date::locate_zone(name));
    } catch (std::runtime_error const&) {
        return base::unavailable(fmt::format("this machine has no time zone {} (package tzdata)", name));
    }
}

base::Instant Zone::first_at(std::chrono::sys_days day, std::chrono::microseconds time) const {
    return zone_->to_sys(local(day, time), date::choose::earliest);
}

base::Instant Zone::last_at(std::chrono::sys_days day, std::chrono::microseconds time) const {
    return zone_->to_sys(local(day, time), date::choose::latest);
}

std::chrono::sys_days Zone::day_of(base::Instant instant) const {
    auto const local = zone_->to_local(instant);
    return std::chrono::sys_days(std::chrono::floor<std::chrono::days>(local).time_since_epoch());
}

std::chrono::microseconds Zone::time_of(base::Instant instant) const {
    auto const local = zone_->to_local(instant);
    return local - std::chrono::floor<std::chrono::days>(local);
}

}  // namespace kula::duties
