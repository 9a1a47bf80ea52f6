#pragma once
// PostgreSQL's COPY text (PostgreSQL 15, "COPY", Text Format): rows as lines.

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "storage/column.hpp"

namespace kula::storage {

/// One row, with the line's end.
void append_row(std::string& out, std::span<Cell const> cells);

/// The cells of a line without its end. `invalid` for another number of them, for a number that is none, and for text
/// that a database does not take.
base::Result<Cells> parse_row(std::string_view line, std::span<ColumnType const> types);

}  // namespace kula::storage
