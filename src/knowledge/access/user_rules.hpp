#pragma once
// What a person's content must be before it is stored.

#include "access/role.hpp"
#include "access/user.hpp"
#include "base/result.hpp"

namespace kula::access {

std::optional<UserState> parse_user_state(std::string_view text);

/// As it is stored: the name in lower case, each role once and in the table's order. `invalid` names the field.
base::Result<UserContent> checked(UserContent content, Roles const& roles);

/// A name of this kind may exist: 2 to 64 of `a-z 0-9 . _ - @`.
bool is_sign_in_name(std::string_view name);

}  // namespace kula::access
