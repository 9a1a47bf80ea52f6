#pragma once
/// @file
/// The contract, compiled in: `api/openapi.yaml` as JSON, and what each of its operations asks of its caller.

#include <span>
#include <string_view>

namespace kula::api {

std::string_view contract_json();

/// `x-permission` of one operation: a permission of `data/access/roles.json`, or `public`, `signing_in`, `signed_in`.
struct OperationRule {
    std::string_view method;  ///< `GET`.
    std::string_view path;
    std::string_view permission;
    bool is_grave;  ///< `x-confirmed`: a session's person has shown lately who they are.
};
std::span<OperationRule const> operation_rules();

}  // namespace kula::api
