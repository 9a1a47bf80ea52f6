#pragma once
/// @file
/// From an older Kula's database to this one's: backed up first, then migrated. `kula serve`, `kula import` and `kula
/// export` do it at their start, `kula upgrade` when told. Nothing else migrates a database that holds something.

#include <filesystem>
#include <string>
#include <vector>

#include "backup/content.hpp"
#include "base/clock.hpp"
#include "storage/database.hpp"

namespace kula {

struct UpgradeOptions {
    storage::DatabaseOptions database{};
    std::filesystem::path backups{};  ///< Empty: `backups` in the data folder.
    std::size_t keep = 3;             ///< Backups made before upgrades.
    backup::Sealing sealing{};
    backup::Progress progress{};
};

struct Upgraded {
    std::vector<storage::ScriptName> scripts{};  ///< That have run; none where there was nothing to do.
    std::filesystem::path saved_to{};            ///< The backup of before.
    backup::Report report{};
};

/// `database` is open, with these options; an empty one gets all scripts, and needs no backup. A fault of a migration
/// names the backup and how to go back to it.
base::Result<Upgraded> upgrade(storage::Database& database, UpgradeOptions const& options, base::Clock const& clock);

/// The same for who migrates nothing that holds something: an empty database gets all scripts, an older one is a
/// `conflict`.
base::Result<void> make_ready(storage::Database& database, storage::DatabaseOptions const& options);

/// `conflict` unless the database is empty or of this program's schema: says to run `kula upgrade`.
base::Result<void> check_schema(storage::DatabaseOptions const& database);

/// `access 0005_x, registry 0003_y`
std::string to_text(std::vector<storage::ScriptName> const& scripts);

}  // namespace kula
