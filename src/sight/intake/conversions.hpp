#pragma once
// What a mapping may do with a cell before it becomes a field's value (docs/operate/mappings.md).

#include <functional>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "row.hpp"

namespace kula::intake {

/// Nothing: the cell says nothing, and so does the field. The row is for those that look at other cells.
using Conversion = std::function<std::optional<Json>(Json const& value, Row const& row)>;

/// By the name that mappings use: `known`, `integer`, `moment`, …; null where there is none of it.
[[nodiscard]] Conversion named_conversion(std::string_view name);

/// What is wrong with a faulty expression, as RE2 says it.
std::string no_expression(std::string_view why);
/// `words`: replaced by what the object says, of a list by what it says of the first element that it knows; another
/// value is kept, or is `otherwise` where that is told.
Conversion words_of(Json words, std::optional<Json> otherwise);
/// `pattern`: the first group of an RE2 expression, or what it matches, of a list in the first element that it does;
/// nothing where it does not. `invalid` for a faulty one.
base::Result<Conversion> pattern_of(std::string const& expression);
/// Whether an RE2 expression is found in a cell's text, or in that of one element of a list. `invalid` for a faulty
/// one.
base::Result<std::function<bool(Json const& value)>> found_by(std::string const& expression);
/// `url_of`: a path becomes a URL with the first of these cells that holds a host, and the scheme that the cell
/// `application` names (http, https, ftp; http unless told). A request line gives its path; a URL stays.
Conversion url_of(std::vector<std::string> hosts, std::string application);

/// `filled`: the text with `{column}` replaced by what these cells hold; nothing where one of them is empty.
Conversion filled(std::string form);
/// `before`, `behind`: text around the value.
Conversion surrounded(std::string before, std::string behind);

}  // namespace kula::intake
