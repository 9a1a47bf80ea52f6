#include "moments.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace kula::intake {
namespace {

std::optional<base::Instant> day_first(std::string_view text) {
    static RE2 const form(R"((\d\d)[-.](\d\d)[-.](\d{4})(?:[ T](.+))?)");
    std::string day, month, year, time;
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form, &day, &month, &year, &time))
        return std::nullopt;
    return base::parse_instant(fmt::format("{}-{}-{}T{}", year, month, day, time.empty() ? "00:00:00" : time));
}

/// RFC 5322 §3.3, with a numeric zone or GMT.
std::optional<base::Instant> mail_date(std::string_view text) {
    static RE2 const form(
        R"((?:[A-Za-z]{3}, )?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d\d:\d\d(?::\d\d)?) ?(GMT|UTC|Z|[-+]\d{4})?)");
    constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
    std::string day, month, year, time, zone;
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form, &day, &month, &year, &time, &zone))
        return std::nullopt;
    auto const found = std::find(months.begin(), months.end(), base::lower_case(month));
    if (found == months.end()) return std::nullopt;
    bool const is_offset = !zone.empty() && (zone.front() == '-' || zone.front() == '+');
    return base::parse_instant(
        fmt::format("{}-{:02}-{:0>2}T{}{}", year, found - months.begin() + 1, day, time, is_offset ? zone : "Z"));
}

/// As X-ARF's early reports have it: `Feb  3 2014 02:13:35 +0100`.
std::optional<base::Instant> month_first(std::string_view text) {
    static RE2 const form(R"(([A-Za-z]{3}) +(\d{1,2}),? (\d{4}) (.+))");
    std::string month, day, year, rest;
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form, &month, &day, &year, &rest))
        return std::nullopt;
    return mail_date(fmt::format("{} {} {} {}", day, month, year, rest));
}

/// `20260302101500`, also without seconds. As a number of milliseconds it would be of 2612, or of 1976: nobody means
/// that.
std::optional<base::Instant> digits_alone(std::string_view text) {
    static RE2 const form(R"(((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?)");
    std::string year, month, day, hour, minute, second;
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form, &year, &month, &day, &hour, &minute, &second))
        return std::nullopt;
    return base::parse_instant(
        fmt::format("{}-{}-{}T{}:{}:{}", year, month, day, hour, minute, second.empty() ? "00" : second));
}

std::optional<base::Instant> epoch(std::string_view text) {
    static RE2 const form(R"((\d{9,17})(?:\.(\d{1,9}))?)");
    std::string whole, fraction;
    if (!RE2::FullMatch(re2::StringPiece(text.data(), text.size()), form, &whole, &fraction)) return std::nullopt;
    auto const number = std::stoll(whole);
    if (whole.size() >= 15) return base::from_microseconds(number);
    if (whole.size() >= 12) return base::from_microseconds(number * 1000);
    fraction.resize(6, '0');
    return base::from_microseconds(number * 1'000'000 + std::stoll(fraction));
}

}  // namespace

std::optional<base::Instant> parse_any_moment(std::string_view text) {
    constexpr std::string_view utc = " UTC";
    if (text.ends_with(utc)) text.remove_suffix(utc.size());
    if (auto const instant = base::parse_instant(text)) return instant;
    if (auto const instant = base::parse_instant(fmt::format("{}:00", text)))
        return instant;  // An offset in hours alone.
    for (auto const parse : {day_first, mail_date, month_first, digits_alone, epoch}) {
        if (auto const instant = parse(text)) return instant;
    }
    return std::nullopt;
}

}  // namespace kula::intake
