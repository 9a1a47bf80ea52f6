#pragma once
/// @file
/// Makes a backup of a data folder and its database, while others use them.

#include <filesystem>
#include <string>
#include <vector>

#include "backup/content.hpp"
#include "base/clock.hpp"

namespace kula::backup {

struct MakeOptions {
    storage::DatabaseOptions database{};
    std::string program{};                  ///< Version of this program.
    std::filesystem::path configuration{};  ///< File that is put in; empty: none.
    std::filesystem::path secret_key{};     ///< File that is put in; only where it is sealed. Empty: none.
    Sealing sealing{};
    Progress progress{};
};

/// One consistent state of the database, then the folder's files. `to` appears whole or not at all: it is on disk when
/// this returns, and nothing is left when it fails or the process is killed (where the file system knows unnamed
/// files). `conflict` where `to` exists; `unavailable`, naming the file and the reason, for what cannot be read or
/// written; `invalid` for a link or another special file in the folder, a key without sealing, a short passphrase.
base::Result<Report> make(MakeOptions const& options, std::filesystem::path const& to, base::Clock const& clock);

/// `kula-20261121T100000.000Z.kula-backup` for the prefix `kula`.
std::string file_name(std::string_view prefix, base::Instant at);
/// The newest file of such a name; empty where there is none. `unavailable` where the folder cannot be read.
base::Result<std::filesystem::path> newest(std::filesystem::path const& folder, std::string_view prefix);
/// Removes all but the `keep` newest files of such names; which.
base::Result<std::vector<std::filesystem::path>> remove_older(std::filesystem::path const& folder,
                                                              std::string_view prefix, std::size_t keep);

}  // namespace kula::backup
