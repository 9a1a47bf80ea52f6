#pragma once
/// @file
/// What each operation of the contract asks of its caller; compiled in with the contract.

#include <span>
#include <string_view>

#include "api/contract.hpp"

namespace kula::api {

/// `x-permission` of one operation: a permission of `data/access/roles.json`, or `public`, `signing_in`, `signed_in`.
struct OperationRule {
    std::string_view method;  ///< `GET`.
    std::string_view path;
    std::string_view permission;
};
std::span<OperationRule const> operation_rules();

}  // namespace kula::api
