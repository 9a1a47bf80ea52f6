#pragma once
// The tables of a database as it is: columns with their types, and the order in which they can be filled.

#include <string>
#include <vector>

#include "storage/column.hpp"
#include "storage/session.hpp"

namespace kula::storage {

struct TableShape {
    std::string name;
    std::vector<std::string> columns{};
    std::vector<ColumnType> types{};
    std::vector<std::string> refers_to{};  ///< Other tables.
};

std::vector<std::string> table_names(Session const& session);

/// All tables of the SQLite file, or of PostgreSQL's current schema; none stands before one that it refers to.
/// A column of a type that no script of ours makes ends the unit as `invalid`.
std::vector<TableShape> table_list(Session const& session);

/// `"a", "b"`
std::string quoted_names(std::vector<std::string> const& names);

}  // namespace kula::storage
