#include "shown.hpp"

#include "row.hpp"

namespace kula::intake {
namespace {

/// U+202A to U+202E and U+2066 to U+2069.
bool turns_text(std::string_view text) {
    if (text.size() < 3 || text[0] != '\xe2') return false;
    auto const last = static_cast<unsigned char>(text[2]);
    return (text[1] == '\x80' && last >= 0xaa && last <= 0xae) || (text[1] == '\x81' && last >= 0xa6 && last <= 0xa9);
}

}  // namespace

std::string shown(std::string_view bytes) {
    constexpr unsigned char first_printed = 0x20;
    constexpr unsigned char deleted = 0x7f;
    auto const text = as_utf8(bytes);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const c = static_cast<unsigned char>(text[at]);
        if (turns_text(std::string_view(text).substr(at))) {
            out += "\xef\xbf\xbd";
            at += 2;
        } else if (c < first_printed && c != '\t') {
            out += "\xe2\x90";
            out += static_cast<char>(0x80 + c);
        } else if (c == deleted) {
            out += "\xe2\x90\xa1";
        } else {
            out += text[at];
        }
    }
    return out;
}

}  // namespace kula::intake
