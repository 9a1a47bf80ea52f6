#include "formats/markup.hpp"

#include <simdjson.h>

#include <algorithm>

namespace kula::formats {
namespace {

/// The first letter of a text that is not empty; nothing where it is none of XML's (`Char`, §2.2) or no UTF-8.
std::string_view letter_of(std::string_view text) {
    auto const byte = static_cast<unsigned char>(text.front());
    if (byte < 0x20) return byte == '\t' || byte == '\n' || byte == '\r' ? text.substr(0, 1) : std::string_view();
    if (byte < 0x80) return text.substr(0, 1);
    auto const letter = text.substr(0, byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);
    bool const is_none = letter == "\uFFFE" || letter == "\uFFFF" || !simdjson::validate_utf8(letter);
    return is_none ? std::string_view() : letter;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const letter = letter_of(text);
        text.remove_prefix(std::max<std::size_t>(letter.size(), 1));
        if (letter == "&")
            out += "&amp;";
        else if (letter == "<")
            out += "&lt;";
        else if (letter == ">")
            out += "&gt;";
        else if (letter == "\"")
            out += "&quot;";
        else if (letter == "'")
            out += "&#39;";
        else
            out += letter;
    }
    return out;
}

}  // namespace kula::formats
