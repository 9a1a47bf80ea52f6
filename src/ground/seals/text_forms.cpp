#include <array>

#include "seals/digest.hpp"

namespace kula::seals {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64url_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view base32_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Letters of `width` bits each, the last one filled up with zeros.
std::string in_letters(std::string_view bytes, std::string_view letters, unsigned width) {
    std::string out;
    out.reserve((bytes.size() * 8 + width - 1) / width);
    unsigned held = 0;
    unsigned bits = 0;
    for (char const byte : bytes) {
        held = (held << 8) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= width) {
            bits -= width;
            out.push_back(letters[(held >> bits) & ((1U << width) - 1)]);
        }
        held &= (1U << bits) - 1;
    }
    if (bits > 0) out.push_back(letters[(held << (width - bits)) & ((1U << width) - 1)]);
    return out;
}

constexpr std::array<std::int8_t, 256> base64url_values() {
    std::array<std::int8_t, 256> values{};
    for (auto& value : values) value = -1;
    for (std::size_t i = 0; i < base64url_letters.size(); ++i) {
        values[static_cast<unsigned char>(base64url_letters[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}

}  // namespace

std::string hex(std::string_view bytes) { return in_letters(bytes, hex_digits, 4); }

std::string hex(Digest const& digest) {
    return hex(std::string_view(reinterpret_cast<char const*>(digest.data()), digest.size()));
}

std::string base64url(std::string_view bytes) { return in_letters(bytes, base64url_letters, 6); }

std::string base32(std::string_view bytes) { return in_letters(bytes, base32_letters, 5); }

std::optional<std::string> from_base64url(std::string_view text) {
    static constexpr auto values = base64url_values();
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    unsigned held = 0;
    unsigned bits = 0;
    for (char const letter : text) {
        auto const value = values[static_cast<unsigned char>(letter)];
        if (value < 0) return std::nullopt;
        held = (held << 6) | static_cast<unsigned>(value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out.push_back(static_cast<char>((held >> bits) & 0xff));
            held &= (1U << bits) - 1;
        }
    }
    return held == 0 ? std::optional(out) : std::nullopt;
}

}  // namespace kula::seals
