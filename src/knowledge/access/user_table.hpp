#pragma once
// SQL of the tables person and person_role.

#include <optional>
#include <string_view>

#include "access/access.hpp"
#include "storage/session.hpp"

namespace kula::access::user_table {

std::optional<User> find(storage::Session const& session, UserId id);
std::optional<User> find_by_name(storage::Session const& session, std::string_view name);
base::Result<UserPage> list(storage::Session const& session, UserQuery const& query);

/// With an empty row of secrets.
void insert(storage::Session& session, User const& user);
/// Content, state and record.
void update(storage::Session& session, User const& user);
void signed_in(storage::Session& session, UserId id, base::Instant at);

/// Active people of the role `administrator`, this one not counted.
std::int64_t other_administrators(storage::Session const& session, UserId id);

}  // namespace kula::access::user_table
