#pragma once
// What a content's beginning tells of how it is written. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kula::intake {

/// So much of it is looked at.
constexpr std::size_t longest_beginning = 64 * 1024;

/// `xarf`: an object, or the first of a list, with `xarf_version`, or with two of X-ARF 3's members; lines with two of
/// the names that X-ARF 0.1 and 0.2 begin with. `misp`: an event, a list of them, an answer with them, a feed's
/// manifest or its list of hashes. Empty for anything else.
std::string_view content_format(std::string_view beginning);

/// Whether it begins as JSON does: with an object or a list.
bool is_json(std::string_view beginning);
/// Whether the outermost object of JSON, or the first in a list, has a member of this name.
bool has_member(std::string_view beginning, std::string_view name);
/// Names of cells of rows of JSON, an inner object's as `a.b`, as far as they have come; each as often as it stands
/// there. Rows are the outermost objects, or those of the outermost list.
std::vector<std::string> cell_names(std::string_view beginning);

/// Whether it begins with the head of a mail (RFC 5322): two fields that mails have, one of them `From`, `Received` or
/// `MIME-Version`.
bool is_mail(std::string_view beginning);

}  // namespace kula::intake
