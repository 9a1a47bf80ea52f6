#pragma once
/// @file
/// The contract's `RoutingInput`.

#include <vector>

#include "findings/routing.hpp"
#include "json.hpp"
#include "net/problem.hpp"

namespace kula::api {

/// What is wrong with its shape goes to `problems`; the room checks the rest.
findings::RoutingContent routing_from(Json const& json, std::vector<net::FieldProblem>& problems);

}  // namespace kula::api
