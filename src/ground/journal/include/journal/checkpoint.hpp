#pragma once
/// @file
/// A checkpoint: where the chain stood at a moment, signed (Ed25519). Whoever keeps one outside can later prove,
/// without us, that nothing before it was altered, removed or re-ordered.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "seals/signing_key.hpp"

namespace kula::journal {

struct Head {
    std::int64_t sequence = 0;  ///< Of the last entry.
    std::string hash{};         ///< Of it, hexadecimal; empty while the chain is.
};

struct Checkpoint {
    Head head{};
    base::Instant at{};
    std::string public_key{};  ///< 32 bytes.
    std::string signature{};   ///< 64 bytes, over the text's lines above it.
};

Checkpoint sign(Head const& head, base::Instant at, seals::SigningKey const& key);
/// Lines of `name: value`, to be kept as a file:
///
///     kula-journal-checkpoint: 1
///     sequence: 1042
///     hash: 9f86d0…
///     at: 2026-11-25T10:00:00.000000Z
///     public-key: base64url
///     signature: base64url
std::string to_text(Checkpoint const& checkpoint);
/// `invalid` names the line; also where the signature does not hold.
base::Result<Checkpoint> parse_checkpoint(std::string_view text);

/// One thing that does not hold.
struct Break {
    std::int64_t sequence = 0;
    std::string reason{};  ///< A sentence: `entry 17 was altered`, `entries 18 to 19 are missing`.
};

struct Verification {
    Head head{};
    std::int64_t entries = 0;
    std::int64_t erased = 0;      ///< Of them, those whose payload was erased.
    std::vector<Break> breaks{};  ///< Empty where the chain holds; at most 100.
    [[nodiscard]] bool holds() const { return breaks.empty(); }
};

}  // namespace kula::journal
