#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "calendar_facts.hpp"
#include "shipped_data.hpp"

namespace kula::duties {
namespace {

using Json = nlohmann::json;
using std::chrono::days;

/// What the data says is not so; its sentence names the place.
struct Wrong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

constexpr std::array<std::string_view, 7> weekday_names{"sunday",   "monday", "tuesday", "wednesday",
                                                        "thursday", "friday", "saturday"};

Weekdays weekdays_of(Json const& names) {
    Weekdays out{};
    for (auto const& name : names) {
        auto const found = std::find(weekday_names.begin(), weekday_names.end(), name.get<std::string>());
        if (found == weekday_names.end()) throw Wrong(fmt::format("{} is no weekday", name.get<std::string>()));
        out[static_cast<std::size_t>(found - weekday_names.begin())] = true;
    }
    return out;
}

TimeOfDay time_of(Json const& json) {
    auto const time = parse_time_of_day(json.get<std::string>());
    if (!time) throw Wrong(fmt::format("{} is no time of day", json.get<std::string>()));
    return *time;
}

/// `2025-03-30`; with a year that exists, `05-24` is one.
Date date_of(std::string const& text) {
    auto const instant = text.size() == 10 ? base::parse_instant(text) : std::nullopt;
    if (!instant) throw Wrong(fmt::format("{} is no date", text));
    return std::chrono::floor<days>(*instant);
}

std::optional<days> days_after(Json const& entry, char const* member) {
    auto const found = entry.find(member);
    return found == entry.end() ? std::nullopt : std::optional(days(found->get<int>()));
}

HolidayRule rule_of(Json const& entry) {
    HolidayRule rule;
    if (auto const on = entry.find("on"); on != entry.end()) {
        auto const date = date_of("2024-" + on->get<std::string>());  // A leap year: 29 February is a day, too.
        rule.on = date.month() / date.day();
    }
    rule.after_western_easter = days_after(entry, "western_easter");
    rule.after_orthodox_easter = days_after(entry, "orthodox_easter");
    for (auto const& date : entry.value("dates", std::vector<std::string>())) rule.dates.push_back(date_of(date));
    int const ways = (rule.on ? 1 : 0) + (rule.after_western_easter ? 1 : 0) + (rule.after_orthodox_easter ? 1 : 0) +
                     (rule.dates.empty() ? 0 : 1);
    if (ways != 1) throw Wrong("says not in one way when it is");
    for (auto const language : base::languages)
        rule.name.in(language) = entry.at("name").at(std::string(base::to_text(language))).get<std::string>();
    rule.since = std::chrono::year(entry.value("since", static_cast<int>(first_calendar_year)));
    rule.stays = entry.value("stays", false);
    return rule;
}

std::vector<HolidayRule> rules_of(Json const& entries) {
    std::vector<HolidayRule> out;
    for (auto const& entry : entries) {
        try {
            out.push_back(rule_of(entry));
        } catch (std::runtime_error const& wrong) {
            throw Wrong(fmt::format("holidays[{}]: {}", out.size(), wrong.what()));
        }
    }
    return out;
}

}  // namespace

struct CalendarReader {
    static base::Result<WorkingCalendar> read(Json const& json) {
        auto const zone = Zone::find(json.at("time_zone").get<std::string>());
        if (!zone) return zone.error();
        auto const working = weekdays_of(json.at("working_days"));
        if (std::find(working.begin(), working.end(), true) == working.end()) throw Wrong("no day is worked");
        std::vector<Window> hours;
        for (auto const& window : json.at("hours"))
            hours.push_back({time_of(window.at("from")), time_of(window.at("until"))});
        if (!are_windows(hours)) throw Wrong("hours are no windows of a day in order");
        Holidays holidays(rules_of(json.at("holidays")), weekdays_of(json.at("moves_from")), working);
        return WorkingCalendar(
            std::make_shared<WorkingCalendar::Facts const>(WorkingCalendar::Facts{*zone, working, std::move(holidays)}),
            std::move(hours), false);
    }
};

base::Result<WorkingCalendar> WorkingCalendar::from_json(std::string_view json) {
    try {
        return CalendarReader::read(Json::parse(json));
    } catch (Json::exception const& wrong) {
        return base::invalid(fmt::format("calendar: {}", wrong.what()));
    } catch (Wrong const& wrong) {
        return base::invalid(fmt::format("calendar: {}", wrong.what()));
    }
}

base::Result<WorkingCalendar> WorkingCalendar::shipped(std::string_view country) {
    static std::map<std::string_view, base::Result<WorkingCalendar>> const all = [] {
        std::map<std::string_view, base::Result<WorkingCalendar>> out;
        for (auto const each : calendar_countries)
            out.emplace(each, from_json(shipped_data(fmt::format("calendars/{}.json", each))));
        return out;
    }();
    auto const found = all.find(country);
    if (found == all.end()) return base::not_found(fmt::format("there is no calendar of {}", country));
    return found->second;
}

}  // namespace kula::duties
