#pragma once
// Runs a room's scripts and remembers them in `schema_migration`.

#include "base/clock.hpp"
#include "storage/database.hpp"
#include "storage/schema.hpp"

namespace kula::storage {

/// The table that remembers, where it is missing. On PostgreSQL, whoever comes second waits until the first commits.
void make_register(Session& session);
/// One script and its entry in the register, unless it has run.
void run_script(Session& session, std::string_view room, Migration const& script, base::Clock const& clock);
/// By room and name; nothing where the register is missing.
std::vector<AppliedScript> applied_scripts(Session const& session);

base::Result<void> run_migrations(Database& database, Migrations const& migrations, base::Clock const& clock);

}  // namespace kula::storage
