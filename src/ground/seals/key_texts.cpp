#include "key_texts.hpp"

#include <cstddef>
#include <cstdint>

namespace kula::seals {
namespace {

/// How many bytes the letter that begins with this one has; 0 for none (RFC 3629 §4).
std::size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        auto const length = length_of(static_cast<unsigned char>(text.front()));
        if (length == 0 || length > text.size()) return false;
        auto point = static_cast<std::uint32_t>(static_cast<unsigned char>(text.front())) & (0xffU >> length);
        for (auto const letter : text.substr(1, length - 1)) {
            auto const byte = static_cast<unsigned char>(letter);
            if ((byte & 0xc0U) != 0x80U) return false;
            point = (point << 6U) | (byte & 0x3fU);
        }
        bool const is_surrogate = point >= 0xd800 && point <= 0xdfff;
        bool const is_overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
        if (is_surrogate || is_overlong || point > 0x10ffff) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

std::string shown(std::string_view text) {
    std::string out(text);
    bool const is_whole = is_utf8(text);
    for (auto& letter : out) {
        auto const byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte == 0x7f) letter = ' ';
        if (byte >= 0x80 && !is_whole) letter = '?';
    }
    return out;
}

}  // namespace kula::seals
