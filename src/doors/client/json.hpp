#pragma once
/// @file
/// JSON as the client reads and writes it: members in the order they came.

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace kula::client {

using Json = nlohmann::ordered_json;

/// JSON text that no terminal takes for a command: also DEL and the C1 controls are escaped. `indent` -1: one line.
std::string written(Json const& json, int indent = -1);

/// A member, or null where there is none or this is no object.
Json const& member(Json const& json, std::string_view name);
/// A member's text; empty where it is none.
std::string text_of(Json const& json, std::string_view name);

}  // namespace kula::client
