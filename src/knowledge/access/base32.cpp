#include "base32.hpp"

#include <cstdint>

namespace kula::access {

std::string base32(std::string_view bytes) {
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    int bits = 0;
    for (char const c : bytes) {
        held = (held << 8 | static_cast<unsigned char>(c)) & 0xfff;
        for (bits += 8; bits >= 5; bits -= 5) out += letters[held >> (bits - 5) & 31];
    }
    if (bits > 0) out += letters[held << (5 - bits) & 31];
    return out;
}

}  // namespace kula::access
