#pragma once
/// @file
/// The team's hours, and what they make wait: by its country's calendar, its own working hours, and a night that is
/// quiet. Pure.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "duties/working_calendar.hpp"

namespace kula::findings {

/// When a message may leave.
enum class Leaves : std::uint8_t { at_once, outside_quiet_hours, in_working_hours };
/// What pauses are counted in.
enum class Counts : std::uint8_t { days, working_days };

struct TeamHours {
    std::string calendar{};  ///< Of `duties::calendar_countries`: time zone, working days and holidays.
    duties::Window working{std::chrono::hours(8), std::chrono::hours(16)};  ///< Of a working day.
    std::optional<duties::Window> quiet{};  ///< Of every day; over midnight where it ends before it begins.
    friend bool operator==(TeamHours const&, TeamHours const&) = default;
};

/// Of a message that is due and may not leave yet.
struct Waiting {
    base::Instant until{};
    std::optional<Leaves> because{};      ///< Not `at_once`; nothing: the rule told the organisation a short while ago.
    std::optional<base::Text> holiday{};  ///< That this day is, where working hours are waited for.
    friend bool operator==(Waiting const&, Waiting const&) = default;
};

/// Hours that are ready to be asked. Without any, and where the machine lacks the time zone, nothing waits and all days
/// count: a message at a bad hour is better than none.
class Timetable {
public:
    explicit Timetable(std::optional<TeamHours> const& hours);

    /// Nothing where it may leave now.
    [[nodiscard]] std::optional<Waiting> waiting(Leaves leaves, base::Instant now) const;
    [[nodiscard]] base::Instant after(base::Instant from, std::chrono::days pause, Counts counts) const;

private:
    std::optional<duties::WorkingCalendar> working_{}, awake_{};
};

}  // namespace kula::findings
