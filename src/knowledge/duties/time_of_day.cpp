#include "duties/time_of_day.hpp"

#include <fmt/format.h>

namespace kula::duties {
namespace {

/// Two digits; -1 where they are none.
int number_at(std::string_view text, std::size_t place) {
    auto const digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -100; };
    auto const number = digit(place) * 10 + digit(place + 1);
    return number < 0 ? -1 : number;
}

}  // namespace

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    auto const hours = number_at(text, 0), minutes = number_at(text, 3);
    if (hours < 0 || minutes < 0 || minutes > 59) return std::nullopt;
    TimeOfDay const time = std::chrono::hours(hours) + std::chrono::minutes(minutes);
    return time > end_of_day ? std::nullopt : std::optional(time);
}

std::string to_text(TimeOfDay time) { return fmt::format("{:02}:{:02}", time.count() / 60, time.count() % 60); }

std::vector<Window> outside(TimeOfDay from, TimeOfDay until) {
    if (from == until) return {Window{}};
    if (from > until) return {{until, from}};
    std::vector<Window> out;
    if (from > TimeOfDay(0)) out.push_back({TimeOfDay(0), from});
    if (until < end_of_day) out.push_back({until, end_of_day});
    return out;
}

bool are_windows(std::vector<Window> const& windows) {
    auto behind = TimeOfDay(-1);
    for (auto const& [from, until] : windows) {
        if (from <= behind || from >= until || until > end_of_day) return false;
        behind = until;
    }
    return !windows.empty();
}

}  // namespace kula::duties
