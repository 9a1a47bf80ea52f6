#include "holidays.hpp"

#include <algorithm>

#include "easter.hpp"

namespace kula::duties {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool is_in(Weekdays const& weekdays, sys_days day) { return weekdays[std::chrono::weekday(day).c_encoding()]; }

/// When it is in that year: once, several times, or not at all.
std::vector<sys_days> days_of(HolidayRule const& rule, std::chrono::year year) {
    if (rule.on) {
        auto const date = year / *rule.on;
        return date.ok() ? std::vector{sys_days(date)} : std::vector<sys_days>();
    }
    if (rule.after_western_easter) return {western_easter(year) + *rule.after_western_easter};
    if (rule.after_orthodox_easter) return {orthodox_easter(year) + *rule.after_orthodox_easter};
    std::vector<sys_days> out;
    for (auto const& date : rule.dates) {
        if (date.year() == year) out.emplace_back(date);
    }
    return out;
}

}  // namespace

Holidays::Holidays(std::vector<HolidayRule> const& rules, Weekdays const& moves_from, Weekdays const& working) {
    std::vector<Entry> moving;
    for (auto const& rule : rules) {
        for (auto year = std::max(rule.since, first_calendar_year); year <= last_calendar_year; ++year) {
            for (auto const day : days_of(rule, year)) {
                entries_.push_back({day, {rule.name, false}});
                if (!rule.stays && is_in(moves_from, day)) moving.push_back({day, {rule.name, true}});
            }
        }
    }
    order(entries_);
    order(moving);
    for (auto& [day, holiday] : moving) {
        auto free = day + days(1);
        while (!is_in(working, free) || find(free) != nullptr) free += days(1);
        entries_.insert(place_of(free), {free, std::move(holiday)});
    }
}

Holiday const* Holidays::find(sys_days day) const {
    auto const at = place_of(day);
    return at == entries_.end() || at->day != day ? nullptr : &at->holiday;
}

/// One a day: of several, the first.
void Holidays::order(std::vector<Entry>& entries) {
    std::stable_sort(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) { return a.day < b.day; });
    auto const same_day = [](Entry const& a, Entry const& b) { return a.day == b.day; };
    entries.erase(std::unique(entries.begin(), entries.end(), same_day), entries.end());
}

std::vector<Holidays::Entry>::const_iterator Holidays::place_of(sys_days day) const {
    return std::lower_bound(entries_.begin(), entries_.end(), day,
                            [](Entry const& entry, sys_days wanted) { return entry.day < wanted; });
}

}  // namespace kula::duties
