#pragma once
/// @file
/// Which scripts have run on a database, beside those that a program knows.

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "storage/migration.hpp"

namespace kula::storage {

/// A script that has run.
struct AppliedScript {
    std::string room;
    std::string name;
    std::string checksum;  ///< SHA-256 of its text in hexadecimal.
};

struct ScriptName {
    std::string room;
    std::string name;
};

/// What the program would still run on such a database, in the order of running; empty for its own. `conflict`, naming
/// the script, where the program does not know one that has run (a newer Kula was there), or where it reads otherwise.
base::Result<std::vector<ScriptName>> missing_scripts(std::span<AppliedScript const> applied,
                                                      std::span<Migrations const> rooms);

}  // namespace kula::storage
