#include "evidence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "storage/digest.hpp"

namespace kula::intake {
namespace {

int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    return c == '/' ? 63 : -1;
}

/// X-ARF 3 says of each sample whether it is in base64; its older `Data` and version 4's `payload` always are.
std::string bytes_of(std::string const& payload, std::string_view name, Json const& enclosure) {
    auto const told = enclosure.find("Base64Encoded");
    bool const is_plain = name == "Payload" && !(told != enclosure.end() && told->is_boolean() && told->get<bool>());
    auto const bytes = is_plain ? std::nullopt : from_base64(payload);
    return bytes.value_or(payload);
}

}  // namespace

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    bool is_at_end = false;
    for (char const c : text) {
        if (c == '\r' || c == '\n') continue;
        is_at_end = is_at_end || c == '=';
        if (c == '=') continue;
        auto const digit = digit_of(c);
        if (digit < 0 || is_at_end) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out.push_back(static_cast<char>(bits >> count & 0xff));
    }
    return out;
}

Json hashed_evidence(Json const& value) {
    if (value.is_array()) {
        Json out = Json::array();
        for (auto const& each : value) out.push_back(hashed_evidence(each));
        return out;
    }
    if (!value.is_object()) return value;
    Json out = Json::object();
    constexpr std::array<std::string_view, 3> payloads{"payload", "Payload", "Data"};
    for (auto const& [name, told] : value.items()) {
        bool const is_payload = told.is_string() && std::find(payloads.begin(), payloads.end(), name) != payloads.end();
        if (!is_payload) {
            out[name] = told;
            continue;
        }
        auto const bytes = bytes_of(told.get<std::string>(), name, value);
        out["sha256"] = fmt::format("{:02x}", fmt::join(storage::sha256(bytes), ""));
        out["bytes"] = bytes.size();
    }
    return out;
}

}  // namespace kula::intake
