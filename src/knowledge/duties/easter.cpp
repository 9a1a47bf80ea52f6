#include "easter.hpp"

namespace kula::duties {
namespace {

/// `number` is 31 times the month and the day, counted from 0, as both algorithms end.
std::chrono::sys_days day_of(std::chrono::year year, int number) {
    auto const month = std::chrono::month(static_cast<unsigned>(number / 31));
    return std::chrono::sys_days(year / month / std::chrono::day(static_cast<unsigned>(number % 31 + 1)));
}

}  // namespace

std::chrono::sys_days western_easter(std::chrono::year year) {
    int const y = static_cast<int>(year);
    int const golden = y % 19, century = y / 100, of_century = y % 100;
    int const correction = (century - (century + 8) / 25 + 1) / 3;
    int const epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    int const weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int const late = (golden + 11 * epact + 22 * weekday) / 451;
    return day_of(year, epact + weekday - 7 * late + 114);
}

std::chrono::sys_days orthodox_easter(std::chrono::year year) {
    int const y = static_cast<int>(year);
    int const moon = (19 * (y % 19) + 15) % 30;
    int const weekday = (2 * (y % 4) + 4 * (y % 7) - moon + 34) % 7;
    int const behind = y / 100 - y / 400 - 2;  // Days by which the Julian calendar is behind, from March on.
    return day_of(year, moon + weekday + 114) + std::chrono::days(behind);
}

}  // namespace kula::duties
