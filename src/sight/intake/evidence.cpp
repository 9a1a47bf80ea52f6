#include "evidence.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "formats/base64.hpp"
#include "storage/digest.hpp"

namespace kula::intake {
namespace {

/// X-ARF 3 says of each sample whether it is in base64; its older `Data` and version 4's `payload` always are.
std::string bytes_of(std::string const& payload, std::string_view name, Json const& enclosure) {
    auto const told = enclosure.find("Base64Encoded");
    bool const is_plain = name == "Payload" && !(told != enclosure.end() && told->is_boolean() && told->get<bool>());
    auto const bytes = is_plain ? std::nullopt : formats::from_base64(payload);
    return bytes.value_or(payload);
}

}  // namespace

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
