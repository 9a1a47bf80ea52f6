#pragma once
/// @file
/// JSON as the doors write it: members in the order of the contract.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/instant.hpp"
#include "base/text.hpp"

namespace kula::api {

using Json = nlohmann::ordered_json;

/// Text for the wire; bytes that are not UTF-8 become U+FFFD.
inline std::string written(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

inline Json or_null(std::optional<std::string> const& text) { return text ? Json(*text) : Json(nullptr); }
inline Json or_null(std::string const& text) { return text.empty() ? Json(nullptr) : Json(text); }
inline Json time(base::Instant instant) { return base::to_seconds_text(instant); }
inline Json time_or_null(std::optional<base::Instant> const& instant) {
    return instant ? Json(base::to_seconds_text(*instant)) : Json(nullptr);
}

/// Schema `LocalText`.
inline Json local_text(base::Text const& text) {
    Json json = Json::object();
    for (auto const language : base::languages) json[std::string(base::to_text(language))] = text.in(language);
    return json;
}

/// JavaScript's numbers are exact up to 2^53; a counter that is greater stays there.
inline Json count(std::uint64_t number) { return std::min<std::uint64_t>(number, 9'007'199'254'740'991u); }
inline Json count(std::int64_t number) { return count(static_cast<std::uint64_t>(std::max<std::int64_t>(number, 0))); }

}  // namespace kula::api
