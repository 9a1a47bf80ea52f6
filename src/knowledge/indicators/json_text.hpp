#pragma once
/// @file
/// Members of JSON that other people wrote.

#include <string>

#include <nlohmann/json.hpp>

namespace kula::indicators {

/// The text under this name; empty where there is none.
inline std::string text_of(nlohmann::json const& entry, char const* name) {
    auto const found = entry.is_object() ? entry.find(name) : entry.end();
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace kula::indicators
