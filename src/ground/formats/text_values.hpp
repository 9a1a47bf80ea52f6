#pragma once
/// @file
/// Values as logs and tables write them. All are strict: the whole text must be the value. Pure; safe from any thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/instant.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

/// Why a log line or table row is undecodable.
namespace reasons {
constexpr std::string_view line_too_long = "line is too long";
constexpr std::string_view not_json = "line is no JSON object";
constexpr std::string_view address_unreadable = "address is missing or cannot be read";
constexpr std::string_view number_unreadable = "port, protocol or count cannot be read";
constexpr std::string_view time_unreadable = "time is missing or cannot be read";
}  // namespace reasons

/// The last moment that is written with a year of four digits.
constexpr auto latest_moment = base::from_microseconds(253'402'300'799'999'999);

inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

inline std::string_view as_text(std::span<std::byte const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

using base::trimmed;

/// Decimal digits only.
[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text);
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);
/// A number up to 255 or one of IANA's common keywords in any case (`tcp`, `ipv6-icmp`, also `icmp6`).
[[nodiscard]] std::optional<std::uint8_t> parse_protocol(std::string_view text);

/// Seconds with decimals (cut to microseconds), not negative, at most 10,000 years.
[[nodiscard]] std::optional<std::chrono::microseconds> parse_seconds(std::string_view text);
/// RFC 3339, `YYYY-MM-DD HH:MM:SS[.fff]` (UTC; also with slashes), or seconds since 1970 with decimals; a whole number
/// of 12 to 14 digits is milliseconds, of 15 to 17 microseconds. Years 1970 to 9999.
[[nodiscard]] std::optional<base::Instant> parse_moment(std::string_view text);

/// A port, a count, ... by one of the above; what is absent is left as it is.
template <class Number>
bool read_number(std::string_view text, std::optional<Number> (*parse)(std::string_view), Number& number) {
    if (text.empty()) return true;
    auto const value = parse(text);
    if (value) number = *value;
    return value.has_value();
}

/// A name for the connection of this identity, never 0; the same text gives the same name everywhere.
[[nodiscard]] std::uint64_t connection_of(std::string_view identity, std::string_view sensor = {});

/// What an HTTP request or a URL names. `target` is a path, an absolute URL or something without a path; the host comes
/// from an absolute URL first. Lives as long as the texts and `scratch`.
[[nodiscard]] SeenName requested(std::string_view host, std::string_view target, std::string& scratch);

}  // namespace kula::formats
