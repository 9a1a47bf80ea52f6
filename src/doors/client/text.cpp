#include "text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace kula::client {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// The character at `at`, which moves behind it; negative where the bytes are none.
UChar32 next_character(std::string_view text, std::size_t& at) {
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto place = static_cast<std::int32_t>(at);
    UChar32 character = 0;
    U8_NEXT(bytes, place, static_cast<std::int32_t>(text.size()), character);
    at = static_cast<std::size_t>(place);
    return character;
}

bool turns_direction(UChar32 character) {
    return character == 0x061c || character == 0x200e || character == 0x200f ||
           (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
}

std::size_t columns_of(UChar32 character) {
    switch (u_charType(character)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_FORMAT_CHAR: return 0;
        default: break;
    }
    auto const wide = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

std::string shown(std::string_view text, bool keeps_lines) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        auto const begin = at;
        auto const character = next_character(text, at);
        if (character == '\n' || character == '\t') {
            result += keeps_lines ? static_cast<char>(character) : ' ';
        } else if (character == '\r') {
            if (!keeps_lines) result += ' ';
        } else if (character < 0 || u_charType(character) == U_CONTROL_CHAR || turns_direction(character) ||
                   character == 0x2028 || character == 0x2029) {
            result += replacement;
        } else {
            result += text.substr(begin, at - begin);
        }
    }
    return result;
}

/// Cut to at most so many columns, and how many it has then.
std::pair<std::string, std::size_t> cut(std::string_view text, std::size_t columns) {
    auto const whole = width(text);
    if (whole <= columns) return {std::string(text), whole};
    if (columns == 0) return {{}, 0};
    std::size_t taken = 0;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const more = columns_of(next_character(text, at));
        if (taken + more > columns - 1) break;
        taken += more;
        end = at;
    }
    return {std::string(text.substr(0, end)) + "…", taken + 1};
}

}  // namespace

std::string printable(std::string_view text) { return shown(text, false); }

std::string printable_lines(std::string_view text) { return shown(text, true); }

std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();) columns += columns_of(next_character(text, at));
    return columns;
}

std::string fitted(std::string_view text, std::size_t columns) {
    auto [shortened, taken] = cut(text, columns);
    return shortened + std::string(columns - taken, ' ');
}

std::string fitted_right(std::string_view text, std::size_t columns) {
    auto [shortened, taken] = cut(text, columns);
    return std::string(columns - taken, ' ') + shortened;
}

std::string wrapped(std::string_view text, std::size_t columns, std::string_view indent) {
    std::string result;
    std::size_t used = 0;
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of(" \n"), text.size());
        auto const word = text.substr(0, end);
        auto const ends_paragraph = text.substr(end).starts_with("\n\n") || text.substr(end).starts_with("\n-");
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!word.empty()) {
            if (used > 0 && used + 1 + width(word) > columns) {
                result += '\n';
                used = 0;
            }
            result += used == 0 ? std::string(indent) : std::string(" ");
            used += (used == 0 ? width(indent) : 1) + width(word);
            result += word;
        }
        if (ends_paragraph && used > 0) {
            result += '\n';
            used = 0;
        }
    }
    if (used > 0) result += '\n';
    return result;
}

}  // namespace kula::client
