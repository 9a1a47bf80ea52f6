#pragma once
/// @file
/// Times of a day as a clock on a wall shows them. They have no time zone: a calendar's days bring it. Pure.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kula::duties {

/// Since the day began, to the minute; 24:00 is its end.
using TimeOfDay = std::chrono::minutes;
constexpr TimeOfDay end_of_day = std::chrono::hours(24);

/// `08:30`; `24:00` is the end of a day. Nothing for anything else.
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);
std::string to_text(TimeOfDay time);

/// A part of a day.
struct Window {
    TimeOfDay from{};
    TimeOfDay until = end_of_day;  ///< The first moment behind it.
    friend bool operator==(Window const&, Window const&) = default;
};

/// What of a day is outside one span; from 22:00 until 06:00 goes over midnight. Of two equal times, nothing of it is
/// inside.
std::vector<Window> outside(TimeOfDay from, TimeOfDay until);
/// One window at least, in order, none of which touches another or leaves the day.
bool are_windows(std::vector<Window> const& windows);

}  // namespace kula::duties
