#pragma once
/// @file
/// What the last label of a word with dots says about the word: `example.com`, `invoice.pdf`, `README.md`. Inside the
/// room. Pure; safe from any thread.

#include <cstdint>
#include <string_view>

namespace kula::formats {

enum class NameEnding : std::uint8_t {
    domain,  ///< A top-level domain.
    file,    ///< Files end so, and no domain does.
    either,  ///< Both.
    unknown,
};

/// `label` in ASCII (`canonical_domain`) and lower case.
NameEnding name_ending(std::string_view label);

/// Do people say ` dot com` with it? The common ones, and no word of English.
bool is_spoken_ending(std::string_view label);

/// Is a name below it somebody's, whatever the top-level domain: `com`, `gov`, ...?
bool is_registry_label(std::string_view label);

/// Is it, as written, a name that many programs have a file or a part by, though it ends as a domain does?
bool is_name_of_programs(std::string_view word);

}  // namespace kula::formats
