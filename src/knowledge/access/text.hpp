#pragma once
// Text as people type and search it: ICU behind plain strings.

#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.hpp"

namespace kula::access {

/// For search: Latin letters without accents, lower case, whatever the script was.
std::string folded(std::string_view text);
/// NFKC (NIST SP 800-63B §5.1.1.2): what two keyboards type for one password is one password. Of well-formed UTF-8.
std::string normalised(std::string_view text);
using base::lower_case;
/// Well-formed UTF-8 without control characters.
bool is_clean(std::string_view text);
/// Code points of well-formed UTF-8.
std::size_t letters(std::string_view text);
/// As much of the front as fits `most` bytes without cutting a character; empty for what is not clean.
std::string clipped(std::string_view text, std::size_t most);
/// `name@host.example`: dot-atom and host names of RFC 5321 §4.1.2, at most 254 bytes.
bool is_mailbox(std::string_view text);

}  // namespace kula::access
