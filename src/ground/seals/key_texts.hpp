#pragma once
// Small texts of keys and certificates.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"

namespace kula::seals {

using base::lower_case;

/// As it can be stored and shown: no control characters, and well-formed UTF-8; where it is none, `?` for every byte
/// beyond ASCII.
std::string shown(std::string_view text);

/// Visible ASCII, blanks and line breaks.
inline bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= ' ' && letter <= '~') || letter == '\n' || letter == '\r' || letter == '\t';
    });
}

inline void add_once(std::vector<std::string>& list, std::string text) {
    if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

inline std::string_view without_blanks(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    auto const begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

}  // namespace kula::seals
