#pragma once
/// @file
/// Rows as they are written: a table, CSV, JSON, JSON Lines. Row by row, so that a list of any length needs little
/// memory.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "columns.hpp"

namespace kula::client {

enum class Format : std::uint8_t {
    table,
    json,        ///< One array, or one object.
    json_lines,  ///< One record a line.
    csv,         ///< RFC 4180, with a header; text that a spreadsheet would calculate begins with `'`.
};
/// `table`, `json`, `jsonl`, `csv`.
std::optional<Format> parse_format(std::string_view text);

/// Bytes on their way out; `false`: nobody reads them any more.
using Out = std::function<bool(std::string_view)>;

/// What a list becomes. All members answer `false` once nobody reads any more.
class RowWriter {
public:
    virtual ~RowWriter() = default;
    virtual bool row(Json const& record) = 0;
    /// After the last one, once.
    virtual bool end() = 0;
    /// Columns that had no place; empty unless this is a table.
    [[nodiscard]] virtual std::vector<std::string> left_out() const { return {}; }
};

/// `terminal`: columns of the terminal that a table must fit into; none: it may be as wide as it is.
/// A table measures its first 200 rows; later ones are cut to what these needed. JSON ignores columns unless `chosen`.
std::unique_ptr<RowWriter> row_writer(Format format, std::vector<Column> columns, bool chosen,
                                      std::optional<unsigned> terminal, Out out);

/// One record by itself: in a table a line for each member.
bool write_record(Format format, Json const& record, std::vector<Column> const& columns, bool chosen,
                  std::optional<unsigned> terminal, Out const& out);

/// One cell of CSV (RFC 4180 §2). Text that begins with `=`, `+`, `-`, `@`, a tab or a line's end gets a `'` in front.
std::string csv_cell(Json const& value);

}  // namespace kula::client
