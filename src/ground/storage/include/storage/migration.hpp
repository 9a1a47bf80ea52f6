#pragma once
/// @file
/// How a room's tables come to be and change: numbered scripts, each run once, in order, the same on both databases.
///
/// A room keeps them in `migrations/NNNN_name.sql`; the build compiles them in as `<room>_migrations()`. Scripts use
/// what SQLite and PostgreSQL share: `text`, `bigint`, `double precision`, `create index`, `on conflict do update`;
/// several statements separated by `;`. A script that has run on anybody's data is never edited: write the next one.

#include <cstddef>
#include <string_view>
#include <vector>

namespace kula::storage {

struct Migration {
    std::string_view name;  ///< `0001_organisation`; the order of names is the order of running.
    std::string_view sql;
};

/// All scripts of one room, oldest first.
struct Migrations {
    std::string_view room;
    std::vector<Migration> scripts;
};

}  // namespace kula::storage
