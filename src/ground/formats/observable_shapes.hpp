#pragma once
/// @file
/// What a word without context may be: a hash, a CVE, an AS number, an address. Inside the room; `observables.cpp`
/// asks. Pure.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "formats/observables.hpp"

namespace kula::formats {

/// By the number of digits. Nothing for what only fills a place: digits alone, one digit repeated.
std::optional<ObservableKind> hash_kind(std::string_view word);

/// `CVE-YYYY-NNNN`, four digits at the least, at the beginning of a word: how many bytes it takes, or 0.
std::size_t cve_size(std::string_view word);

/// `AS64496` of digits: `AS` is not part of them. Nothing beyond 4294967295, for 0 and for what is no number.
std::optional<std::string> as_number_of(std::string_view digits);

/// Wider than /8 (IPv4) or /16 (IPv6)?
bool is_too_wide(base::Prefix const& prefix);

/// Is this IPv6 address one that a report would name? The face says which are none.
bool is_told_v6(base::Address address);

/// Without a length behind it: is it rather `f64::` of Rust or `dead::beef` of C++?
bool is_word_of_code(base::Address address);

/// Does the text end in a word such as `version` or `v`, and perhaps `:`?
bool ends_in_version(std::string_view before);

/// The kind of an address or of what is left of a prefix: a host has no length.
ObservableKind kind_of(base::Prefix const& prefix);

}  // namespace kula::formats
