#pragma once
// Rules as they are shipped and stored.

#include <string_view>

#include "findings/routing.hpp"

namespace kula::findings {

/// What `to_json` wrote. Anything else is a bug (`nlohmann::json::exception`).
RoutingContent routing_from_json(std::string_view json);

}  // namespace kula::findings
