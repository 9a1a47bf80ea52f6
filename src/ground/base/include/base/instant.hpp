#pragma once
/// @file
/// Moments. Inside Kula every time is UTC in whole microseconds since 1970; people see local time only at the desk.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kula::base {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Microseconds since 1970-01-01T00:00:00Z, as stored.
constexpr std::int64_t to_microseconds(Instant instant) { return instant.time_since_epoch().count(); }
constexpr Instant from_microseconds(std::int64_t count) { return Instant(std::chrono::microseconds(count)); }

/// RFC 3339 in UTC, cut (not rounded) to the second: `2026-11-21T10:00:00Z`. Years 0000 to 9999.
std::string to_seconds_text(Instant instant);
/// RFC 3339 in UTC with six decimals: `2026-11-21T10:00:00.000000Z`.
std::string to_text(Instant instant);
/// RFC 3339 §5.6, any offset (its colon may be absent), `T` or a blank between date and time, seconds optional,
/// fractions cut to microseconds. An absent offset is UTC, a bare date its midnight. Nothing outside the years 0000 to
/// 9999, no leap second.
std::optional<Instant> parse_instant(std::string_view text);

}  // namespace kula::base
