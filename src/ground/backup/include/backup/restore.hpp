#pragma once
/// @file
/// Proves a backup, or makes a data folder and a database of it again.

#include <filesystem>
#include <functional>
#include <span>

#include "backup/content.hpp"
#include "base/clock.hpp"

namespace kula::backup {

/// Reads all of it. `invalid`, naming the file and what is wrong: altered, cut off, no backup, of a newer format,
/// sealed for somebody else.
base::Result<Report> verify(std::filesystem::path const& file, Keys const& keys, Progress const& progress = {});

struct RestoreOptions {
    std::filesystem::path file{};
    Keys keys{};
    storage::DatabaseOptions database{};  ///< The folder is missing or empty; PostgreSQL has no tables.
    std::span<storage::Migrations const> rooms{};
    /// Asked before anything is made, and when all is staged and proved (then it may add files). A fault ends it.
    std::function<base::Result<void>(Opening const&)> admit{};
    std::function<base::Result<void>(std::filesystem::path const& staged)> accept{};
    Progress progress{};
};

/// Everything is read and proved beside the folder (`DIR.restoring`) and put in its place by one rename, so that there
/// is nothing or all, whenever the process ends; what an attempt before left is removed first. On PostgreSQL the rows
/// are one transaction, committed just before that rename. As root, the files become the owner's of the empty folder.
/// `conflict`: the folder or the database is not empty or in use, or the backup is of a newer schema than `rooms`.
base::Result<Report> restore(RestoreOptions const& options, base::Clock const& clock);

}  // namespace kula::backup
