#pragma once
/// @file
/// Which files of a data folder belong into a backup.

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace kula::backup {

/// Where restored configuration and earlier backups lie in a data folder; neither is backed up again.
inline constexpr char const* restored_folder = "restored";
inline constexpr char const* backups_folder = "backups";
inline constexpr char const* secret_key_name = "secret.key";

/// Paths within the folder, sorted: all files but the database's, the lock, the secret key and drafts. `invalid` for a
/// link, a socket that is none of ours, or a name that is not UTF-8.
base::Result<std::vector<std::string>> folder_files(std::filesystem::path const& folder);

}  // namespace kula::backup
