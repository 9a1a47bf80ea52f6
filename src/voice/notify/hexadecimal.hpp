#pragma once
// Bytes in a text.

#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "seals/digest.hpp"

namespace kula::notify {

inline std::string hexadecimal(std::string_view bytes) { return seals::hex(bytes); }

inline std::optional<std::string> from_hexadecimal(std::string_view text) {
    auto const digit = [](char c) { return base::is_digit(c) ? c - '0' : base::lower(c) - 'a' + 10; };
    if (text.size() % 2 != 0) return std::nullopt;
    std::string out;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        if (!base::is_hexadecimal(text[at]) || !base::is_hexadecimal(text[at + 1])) return std::nullopt;
        out += static_cast<char>(digit(text[at]) * 16 + digit(text[at + 1]));
    }
    return out;
}

}  // namespace kula::notify
