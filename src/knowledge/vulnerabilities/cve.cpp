#include <algorithm>

#include "base/ascii.hpp"
#include "base/instant.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::vulnerabilities {

std::optional<std::string> parse_cve(std::string_view text) {
    constexpr std::string_view prefix = "cve-";
    constexpr std::size_t year = 4;
    constexpr std::size_t longest_number = 12;
    auto const is_number = [](std::string_view part) { return std::all_of(part.begin(), part.end(), base::is_digit); };
    text = base::trimmed(text);
    if (text.size() <= prefix.size() + year || base::lower_case(text.substr(0, prefix.size())) != prefix)
        return std::nullopt;
    auto const rest = text.substr(prefix.size());
    auto const number = rest.substr(year + 1);
    bool const is_one = rest[year] == '-' && is_number(rest.substr(0, year)) && is_number(number) &&
                        number.size() >= 4 && number.size() <= longest_number;
    return is_one ? std::optional("CVE-" + std::string(rest)) : std::nullopt;
}

bool is_day(std::string_view text) {
    constexpr std::size_t length = std::string_view("2026-03-01").size();
    return text.size() == length && base::parse_instant(text).has_value();
}

}  // namespace kula::vulnerabilities
