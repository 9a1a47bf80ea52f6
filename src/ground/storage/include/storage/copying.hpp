#pragma once
/// @file
/// What a database holds as text, table by table, and the way back: for backups.
///
/// The text is PostgreSQL's COPY format (PostgreSQL 15, "COPY", File Formats): a line a row, tabs between columns, `\N`
/// for null, backslashes before what would be mistaken. Both databases tell and take the same text, so that what one
/// told the other can take. One thread at a time.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/database.hpp"
#include "storage/schema.hpp"

namespace kula::storage {

struct CopiedTable {
    std::string name;
    std::vector<std::string> columns;
};

/// The longest row that is taken: two states of a record in an entry of the trail are 1 MiB each, and escaped.
constexpr std::size_t longest_row = 16u << 20;

/// `conflict`, naming who, while another process owns the folder. A folder that is missing is free.
base::Result<void> not_in_use(std::filesystem::path const& folder);

/// One consistent state of a database that others go on writing. Does not take the data folder. On SQLite the
/// write-ahead file cannot be emptied while a snapshot is open.
class Snapshot {
public:
    /// `not_found` where the folder holds no database, `unavailable` where it does not answer.
    static base::Result<std::unique_ptr<Snapshot>> open(DatabaseOptions const& options);
    virtual ~Snapshot() = default;

    /// By room and name.
    [[nodiscard]] virtual std::vector<AppliedScript> const& scripts() const = 0;
    /// All of them; none stands before one that it refers to.
    [[nodiscard]] virtual std::vector<CopiedTable> const& tables() const = 0;
    /// Hands on the table's text in pieces; yields its number of rows. What `take` fails with ends it.
    virtual base::Result<std::int64_t> copy(CopiedTable const& table,
                                            std::function<base::Result<void>(std::string_view)> const& take) = 0;
};

/// Fills an empty database beside a new data folder, which it owns while it lives. All or nothing on PostgreSQL, where
/// it is one transaction. With SQLite the folder is the caller's to throw away: it is worth nothing until `commit` has
/// returned.
class Refill {
public:
    /// Empties `options.folder` (what an attempt before left there) and makes the tables as `applied` says. PostgreSQL:
    /// `conflict` unless the schema has no tables. As `missing_scripts` where the program does not know a script.
    static base::Result<std::unique_ptr<Refill>> open(DatabaseOptions const& options,
                                                      std::span<AppliedScript const> applied,
                                                      std::span<Migrations const> rooms, base::Clock const& clock);
    virtual ~Refill() = default;

    /// `invalid` for a table or a column that these tables do not have.
    virtual base::Result<void> begin(CopiedTable const& table) = 0;
    /// Text in pieces of any length. `invalid` for what is no row of this table.
    virtual base::Result<void> add(std::string_view text) = 0;
    /// Yields how many rows the table got.
    virtual base::Result<std::int64_t> end() = 0;
    /// `invalid` where a row refers to one that is not there.
    virtual base::Result<void> commit() = 0;
};

}  // namespace kula::storage
