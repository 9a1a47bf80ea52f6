#pragma once
// Readers of what deliveries are written in.

#include <memory>

#include "intake/mapping.hpp"
#include "row.hpp"

namespace kula::intake {

/// The longest cell and the longest JSON value of a row; a longer one is no row.
constexpr std::size_t longest_cell = 128 * 1024;
constexpr std::size_t longest_value = 8 * 1024 * 1024;

/// CSV (RFC 4180). A row has as many cells as the header; with a column of `needed` missing there, the whole is
/// refused.
std::unique_ptr<RowReader> csv_rows(Reading const& reading, std::vector<std::vector<std::string>> needed);
/// JSON: a list of objects, objects one behind the other (lines or not), or one object that holds them.
std::unique_ptr<RowReader> json_rows(Reading const& reading);
/// JSON that holds the rows deep inside (`Reading::each`).
std::unique_ptr<RowReader> nested_json_rows(Reading const& reading);
/// YAML: each document is an object; JSON as `json_rows` takes it, where the text begins as JSON does.
std::unique_ptr<RowReader> yaml_rows(Reading const& reading);
/// Events of MISP, each alone, in a list or in an answer of its API: a row is an attribute of one, or of an object in
/// it, with the cells `attribute`, `object`, `event` and `tags`. An event may be 64 MiB long.
std::unique_ptr<RowReader> misp_rows();
/// Lines that a pattern matches. A line that it does not match is broken unless it is blank, a note or a comment.
std::unique_ptr<RowReader> line_rows(Reading const& reading);

std::unique_ptr<RowReader> reader_for(Mapping const& mapping);

}  // namespace kula::intake
