#pragma once
/// @file
/// Characters of ASCII, whatever the locale, in texts of UTF-8. Pure.

#include <algorithm>
#include <string>
#include <string_view>

namespace kula::base {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

inline std::string lower_case(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

/// With blanks in place of line ends and other control characters: what others told, as a log or a mail may show it.
inline std::string one_line(std::string_view text) {
    std::string out(text);
    std::replace_if(out.begin(), out.end(), is_control, ' ');
    return out;
}

/// The beginning of UTF-8 in at most so many bytes; no letter is cut in two.
constexpr std::string_view beginning(std::string_view text, std::size_t longest) {
    if (text.size() <= longest) return text;
    while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0U) == 0x80U) --longest;
    return text.substr(0, longest);
}

inline constexpr std::string_view blanks = " \t\n\v\f\r";

/// Without `cut` at either end.
constexpr std::string_view trimmed(std::string_view text, std::string_view cut = blanks) {
    auto const begin = text.find_first_not_of(cut);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(cut) - begin + 1);
}

}  // namespace kula::base
