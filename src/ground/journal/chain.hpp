#pragma once
/// @file
/// What the hashes cover, as docs/journal-format.md tells it to third parties. Changing a byte here breaks every chain.

#include <cstdint>
#include <string>
#include <string_view>

namespace kula::journal {

/// The part of an entry that can be erased.
struct Payload {
    std::string salt{};  ///< 16 random bytes, hexadecimal: nobody can guess an erased payload from its digest.
    std::string origin{}, why{}, before{}, after{};
};

/// The part that stays.
struct Link {
    std::int64_t sequence = 0;
    std::int64_t at = 0;  ///< Microseconds UTC.
    std::string actor{}, deed{}, subject{};
    std::string payload_digest{};  ///< Hexadecimal, like `previous`.
    std::string previous{};        ///< Hash of the entry before; empty for the first.
};

/// Hexadecimal SHA-256.
std::string digest_of(Payload const& payload);
std::string hash_of(Link const& link);

/// What the fact that a payload was erased is about: `journal:<sequence>`.
std::string erasure_subject(std::int64_t sequence);

/// `organisation` of `organisation:<id>` and of `organisation.changed`; the whole where there is no separator.
std::string first_part(std::string_view text, char separator);

}  // namespace kula::journal
