#include "formats/base64.hpp"

#include <cstdint>

namespace kula::formats {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        auto const byte = [&](std::size_t place) {
            return place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0U;
        };
        auto const group = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
        out += digits[group >> 18];
        out += digits[group >> 12 & 63];
        out += at + 1 < bytes.size() ? digits[group >> 6 & 63] : '=';
        out += at + 2 < bytes.size() ? digits[group & 63] : '=';
    }
    return out;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    bool is_at_end = false;
    for (char const c : text) {
        if (c == '\r' || c == '\n') continue;
        is_at_end = is_at_end || c == '=';
        if (c == '=') continue;
        auto const digit = digits.find(c);
        if (digit == std::string_view::npos || is_at_end) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out.push_back(static_cast<char>(bits >> count & 0xff));
    }
    return out;
}

bool is_base64(std::string_view text) {
    auto const told = text.substr(0, text.find('='));
    return !text.empty() && text.size() % 4 == 0 && text.size() - told.size() <= 2 &&
           told.find_first_not_of(digits) == std::string_view::npos &&
           text.substr(told.size()).find_first_not_of('=') == std::string_view::npos;
}

}  // namespace kula::formats
