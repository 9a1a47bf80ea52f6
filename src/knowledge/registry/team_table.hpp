#pragma once
// SQL of the tables team and team_field.

#include "base/record.hpp"
#include "registry/team.hpp"
#include "storage/session.hpp"

namespace kula::registry::team_table {

Team read(storage::Session const& session);
void write(storage::Session& session, TeamContent const& content, base::Record const& record);

}  // namespace kula::registry::team_table
