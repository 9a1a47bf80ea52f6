#include "json.hpp"

namespace kula::client {

std::string written(Json const& json, int indent) {
    auto const plain = json.dump(indent, ' ', false, Json::error_handler_t::replace);
    std::string safe;
    safe.reserve(plain.size());
    for (std::size_t at = 0; at < plain.size(); ++at) {
        auto const byte = static_cast<unsigned char>(plain[at]);
        auto const next = at + 1 < plain.size() ? static_cast<unsigned char>(plain[at + 1]) : 0u;
        constexpr std::string_view digits = "0123456789abcdef";
        if (byte == 0x7f) {
            safe += "\\u007f";
        } else if (byte == 0xc2 && next >= 0x80 && next <= 0x9f) {
            safe.append("\\u00").append(1, digits[next >> 4]).append(1, digits[next & 15]);
            ++at;
        } else {
            safe += plain[at];
        }
    }
    return safe;
}

Json const& member(Json const& json, std::string_view name) {
    static Json const none;
    if (!json.is_object()) return none;
    auto const found = json.find(std::string(name));
    return found == json.end() ? none : *found;
}

std::string text_of(Json const& json, std::string_view name) {
    auto const& found = member(json, name);
    return found.is_string() ? found.get<std::string>() : std::string();
}

}  // namespace kula::client
