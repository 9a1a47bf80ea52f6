#pragma once
/// @file
/// Text as people compare it: ICU's folding and collation behind plain strings. Pure; safe from any thread.

#include <string>
#include <string_view>

#include "base/ascii.hpp"

namespace kula::registry {

/// For search: Latin letters without accents, lower case, whatever the script was: `Скопје` and `Shkup` as `skopje`,
/// `shkup`.
std::string folded(std::string_view text);
/// What makes two names one: NFKC case folding, blanks at the ends cut, runs of blanks one.
std::string name_key(std::string_view text);
/// Hexadecimal key of the root collation: sorts names as people do, on every database.
std::string order_key(std::string_view text);
/// Well-formed UTF-8 without control characters; line breaks and tabs only where `LineBreaks::allow`.
enum class LineBreaks { refuse, allow };
bool is_clean(std::string_view text, LineBreaks line_breaks);

/// Code points of well-formed UTF-8.
std::size_t letters(std::string_view text);

using base::trimmed;

}  // namespace kula::registry
