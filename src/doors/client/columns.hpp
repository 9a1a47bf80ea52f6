#pragma once
/// @file
/// Columns: what of a record stands in a row, and how a value reads in a cell.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "json.hpp"

namespace kula::client {

struct Column {
    std::string name;                ///< `indicator.value`.
    std::vector<std::string> place;  ///< Members from the outside in.
    bool is_number = false;

    /// Null where the record has none.
    [[nodiscard]] Json const& in(Json const& record) const;
};

/// All of a record's columns, in the contract's order. Members of an object are columns of their own
/// (`indicator.value`); a list is one column. A schema that tells no members gives none.
std::vector<Column> all_columns(Json const& schema);

/// Those that a person wants first: of each object only what it is called by, and no version.
std::vector<Column> telling_columns(Json const& schema);

/// The ones that are named, separated by commas. `invalid`: one that the schema does not have; the sentence names those
/// that there are. Where the schema tells none, every name is taken.
base::Result<std::vector<Column>> named_columns(Json const& schema, std::string_view names);

/// For people: lists joined by commas, objects by what they are called; `-` for null.
std::string for_people(Json const& value);
/// For spreadsheets: lists of plain values joined by blanks, anything deeper as JSON; empty for null.
std::string for_sheets(Json const& value);

}  // namespace kula::client
