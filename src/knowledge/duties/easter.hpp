#pragma once
// Easter Sunday, as days of the Gregorian calendar. Pure; years 1583 and later.

#include <chrono>

namespace kula::duties {

/// Of the Gregorian calendar ("anonymous Gregorian" algorithm: J. Meeus, Astronomical Algorithms, chapter 8).
std::chrono::sys_days western_easter(std::chrono::year year);
/// Of the Julian calendar, as the Orthodox churches of the region keep it (Meeus, same place).
std::chrono::sys_days orthodox_easter(std::chrono::year year);

}  // namespace kula::duties
