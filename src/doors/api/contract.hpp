#pragma once
/// @file
/// `api/openapi.yaml` as JSON, compiled in.

#include <string_view>

namespace kula::api {

std::string_view contract_json();

}  // namespace kula::api
