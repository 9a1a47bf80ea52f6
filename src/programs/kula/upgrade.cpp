#include "upgrade.hpp"

#include <fmt/format.h>

#include <exception>

#include "backup/make.hpp"
#include "rooms_migrations.hpp"
#include "storage/copying.hpp"

namespace kula {
namespace {

constexpr std::string_view before_upgrade = "before-upgrade";

struct Scripts {
    bool is_empty = false;  ///< None has run.
    std::vector<storage::ScriptName> missing;
};

base::Result<Scripts> scripts_of(storage::DatabaseOptions const& database) {
    auto const snapshot = storage::Snapshot::open(database);
    if (!snapshot) return snapshot.error();
    auto const& applied = (*snapshot)->scripts();
    auto missing = storage::missing_scripts(applied, rooms_migrations());
    if (!missing) return missing.error();
    return Scripts{applied.empty(), std::move(*missing)};
}

base::Result<void> back_up(Upgraded& upgraded, UpgradeOptions const& options, base::Clock const& clock) {
    auto const folder = options.backups.empty() ? options.database.folder / "backups" : options.backups;
    std::error_code fault;
    std::filesystem::create_directories(folder, fault);
    if (fault) return base::unavailable(folder.string() + " cannot be made: " + fault.message());
    upgraded.saved_to = folder / backup::file_name(before_upgrade, clock.now());
    backup::MakeOptions making;
    making.database = options.database;
    making.program = KULA_VERSION;
    making.sealing = options.sealing;
    making.progress = options.progress;
    auto report = backup::make(making, upgraded.saved_to, clock);
    if (!report) {
        return base::Error{report.error().fault,
                           "the database is of an older Kula and is not upgraded, because it cannot be "
                           "backed up first: " +
                               report.error().detail};
    }
    upgraded.report = std::move(*report);
    return {};
}

/// Also what is a bug of a script: whoever meets it is to be told the way back.
base::Result<void> migrate(storage::Database& database, storage::Migrations const& room) {
    try {
        return database.migrate(room);
    } catch (std::exception const& bug) {
        return base::conflict(bug.what());
    }
}

/// A new one is whole from the first.
base::Result<void> migrate_all(storage::Database& database) {
    for (auto const& room : rooms_migrations()) {
        if (auto const migrated = migrate(database, room); !migrated) return migrated.error();
    }
    return {};
}

std::string way_back(Upgraded const& upgraded, UpgradeOptions const& options) {
    auto const folder = options.database.folder.string();
    auto const* const where = options.database.url.empty() ? "" : " --database (one that has no tables)";
    return fmt::format(
        "To go back, with the Kula of before: kula restore {} --data {}.before --secret-key {}/secret.key{}",
        upgraded.saved_to.string(), folder, folder, where);
}

}  // namespace

base::Result<Upgraded> upgrade(storage::Database& database, UpgradeOptions const& options, base::Clock const& clock) {
    auto scripts = scripts_of(options.database);
    if (!scripts) return scripts.error();
    Upgraded out;
    if (scripts->missing.empty()) return out;
    if (scripts->is_empty) {
        if (auto const migrated = migrate_all(database); !migrated) return migrated.error();
        return out;
    }
    out.scripts = std::move(scripts->missing);
    if (auto const made = back_up(out, options, clock); !made) return made.error();
    for (auto const& room : rooms_migrations()) {
        auto const migrated = migrate(database, room);
        if (migrated) continue;
        return base::Error{migrated.error().fault, fmt::format("the upgrade of {} failed: {}\n{}", room.room,
                                                               migrated.error().detail, way_back(out, options))};
    }
    if (auto const removed = backup::remove_older(out.saved_to.parent_path(), before_upgrade, options.keep); !removed)
        return removed.error();
    return out;
}

base::Result<void> make_ready(storage::Database& database, storage::DatabaseOptions const& options) {
    auto const scripts = scripts_of(options);
    if (!scripts) return scripts.error();
    return scripts->is_empty ? migrate_all(database) : check_schema(options);
}

base::Result<void> check_schema(storage::DatabaseOptions const& database) {
    auto const scripts = scripts_of(database);
    if (!scripts) return scripts.error();
    if (scripts->is_empty || scripts->missing.empty()) return {};
    return base::conflict(
        fmt::format("the database is of an older Kula ({} have not run on it): 'kula upgrade --data {}' first, "
                    "or start 'kula serve', which does it. Both make a backup before",
                    to_text(scripts->missing), database.folder.string()));
}

std::string to_text(std::vector<storage::ScriptName> const& scripts) {
    std::string out;
    for (auto const& script : scripts) {
        if (!out.empty()) out += ", ";
        out += script.room + ' ' + script.name;
    }
    return out;
}

}  // namespace kula
