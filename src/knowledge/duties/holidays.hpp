#pragma once
// The holidays of all years, worked out once from their rules. Pure.

#include <array>
#include <chrono>
#include <optional>
#include <vector>

#include "duties/working_calendar.hpp"

namespace kula::duties {

/// One of these says when it is.
struct HolidayRule {
    std::optional<std::chrono::month_day> on{};
    std::optional<std::chrono::days> after_western_easter{}, after_orthodox_easter{};
    std::vector<Date> dates{};

    base::Text name{};
    std::chrono::year since = first_calendar_year;
    bool stays = false;  ///< It is not moved from a weekend.
};

/// Days of the week, each true where it is one of them; Sunday is the first.
using Weekdays = std::array<bool, 7>;

class Holidays {
public:
    /// What falls on one of `moves_from` frees the first day behind it that is of the working week and no holiday.
    Holidays(std::vector<HolidayRule> const& rules, Weekdays const& moves_from, Weekdays const& working);
    /// Null where the day is none.
    [[nodiscard]] Holiday const* find(std::chrono::sys_days day) const;

private:
    struct Entry {
        std::chrono::sys_days day;
        Holiday holiday;
    };
    static void order(std::vector<Entry>& entries);
    [[nodiscard]] std::vector<Entry>::const_iterator place_of(std::chrono::sys_days day) const;

    std::vector<Entry> entries_{};  // By day.
};

}  // namespace kula::duties
