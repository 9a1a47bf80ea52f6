#pragma once
/// @file
/// Text as terminals show it: how wide it is, and nothing in it that a terminal would obey. Pure.
///
/// Source: Unicode Standard Annex #11 (East Asian width); marks and invisible characters take no column.

#include <cstddef>
#include <string>
#include <string_view>

namespace kula::client {

/// Valid UTF-8 in which control characters, and those that turn the direction of text, are replaced by U+FFFD; a line's
/// end or tab by a blank.
std::string printable(std::string_view text);

/// As `printable`, for text of several lines: line ends and tabs stay.
std::string printable_lines(std::string_view text);

/// How many columns printable text takes.
std::size_t width(std::string_view text);

/// Printable text cut to at most this many columns, with `…` where something is missing, and filled up with blanks.
std::string fitted(std::string_view text, std::size_t columns);
/// As before, the blanks in front.
std::string fitted_right(std::string_view text, std::size_t columns);

/// Lines of at most this many columns, broken at blanks; each begins with `indent`.
std::string wrapped(std::string_view text, std::size_t columns, std::string_view indent);

}  // namespace kula::client
