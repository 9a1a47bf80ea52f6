#pragma once
/// @file
/// The contract, compiled in.

#include <string_view>

namespace kula::api {

/// `api/openapi.yaml` as JSON, for as long as the program runs.
std::string_view contract_json();

}  // namespace kula::api
