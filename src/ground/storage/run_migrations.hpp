#pragma once
// Runs a room's scripts and remembers them in `schema_migration`.

#include "base/clock.hpp"
#include "storage/database.hpp"

namespace kula::storage {

base::Result<void> run_migrations(Database& database, Migrations const& migrations, base::Clock const& clock);

}  // namespace kula::storage
