#include "base/instant.hpp"

#include <fmt/format.h>

namespace kula::base {
namespace {

using namespace std::chrono_literals;
constexpr Instant earliest = std::chrono::sys_days(0y / 1 / 1);
constexpr Instant end_of_years = std::chrono::sys_days(10000y / 1 / 1);

struct Fields {
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

Fields split(Instant instant) {
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    return {std::chrono::year_month_day(day), std::chrono::hh_mm_ss<std::chrono::microseconds>(instant - day)};
}

std::string format_to_seconds(Fields const& fields) {
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(fields.date.year()),
                       static_cast<unsigned>(fields.date.month()), static_cast<unsigned>(fields.date.day()),
                       fields.time.hours().count(), fields.time.minutes().count(), fields.time.seconds().count());
}

/// Takes exactly `count` digits off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (char const c : text.substr(0, count)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    auto const year = take_digits(text, 4);
    if (!year || !take(text, "-")) return std::nullopt;
    auto const month = take_digits(text, 2);
    if (!month || !take(text, "-")) return std::nullopt;
    auto const day = take_digits(text, 2);
    if (!day) return std::nullopt;
    std::chrono::year_month_day const date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

/// ISO 8601's basic offset (`+0100`) is what Suricata and others write.
enum class Colon { needed, optional };

std::optional<std::chrono::minutes> take_hours_and_minutes(std::string_view& text, Colon colon) {
    auto const hours = take_digits(text, 2);
    if (!hours || *hours > 23) return std::nullopt;
    if (!take(text, ":") && colon == Colon::needed) return std::nullopt;
    auto const minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
}

std::chrono::microseconds take_fraction(std::string_view& text) {
    std::int64_t micros = 0;
    std::int64_t weight = 100'000;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        micros += weight * (text.front() - '0');
        weight /= 10;
        text.remove_prefix(1);
    }
    return std::chrono::microseconds(micros);
}

}  // namespace

std::string to_seconds_text(Instant instant) { return format_to_seconds(split(instant)) + 'Z'; }

std::string to_text(Instant instant) {
    auto const fields = split(instant);
    return fmt::format("{}.{:06}Z", format_to_seconds(fields), fields.time.subseconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
    auto const day = take_date(text);
    if (!day) return std::nullopt;
    if (text.empty()) return Instant(*day);
    if (!take(text, "Tt ")) return std::nullopt;
    auto const clock = take_hours_and_minutes(text, Colon::needed);
    if (!clock) return std::nullopt;
    Instant instant = Instant(*day) + *clock;
    if (take(text, ":")) {
        auto const seconds = take_digits(text, 2);
        if (!seconds || *seconds > 59) return std::nullopt;
        instant += std::chrono::seconds(*seconds);
        if (take(text, ".,")) {
            if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
            instant += take_fraction(text);
        }
    }
    if (text.empty() || text == "Z" || text == "z") return instant;
    bool const east = text.front() == '+';
    if (!take(text, "+-")) return std::nullopt;
    auto const offset = take_hours_and_minutes(text, Colon::optional);
    if (!offset || !text.empty()) return std::nullopt;
    instant = east ? instant - *offset : instant + *offset;
    return earliest <= instant && instant < end_of_years ? std::optional(instant) : std::nullopt;
}

}  // namespace kula::base
