#pragma once
// Letters of ASCII, whatever the locale.

#include <algorithm>
#include <string>

namespace kula::events {

inline std::string upper_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
    return text;
}

}  // namespace kula::events
