#pragma once
// What a content's beginning tells of how it is written. Pure.

#include <cstddef>
#include <string_view>

namespace kula::intake {

/// So much of it is looked at.
constexpr std::size_t longest_beginning = 64 * 1024;

/// `xarf`: an object, or the first of a list, with `xarf_version`, or with two of X-ARF 3's members; lines with two of
/// the names that X-ARF 0.1 and 0.2 begin with. `misp`: an event, a list of them, an answer with them, a feed's
/// manifest or its list of hashes. Empty for anything else.
std::string_view content_format(std::string_view beginning);

/// Whether it begins with the head of a mail (RFC 5322): two fields that mails have, one of them `From`, `Received` or
/// `MIME-Version`.
bool is_mail(std::string_view beginning);

}  // namespace kula::intake
