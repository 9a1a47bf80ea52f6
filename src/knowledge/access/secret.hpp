#pragma once
// Secrets of sessions, links and tokens: told once, kept as a digest.

#include <string>
#include <string_view>

#include "seals/digest.hpp"

namespace kula::access {

/// What is stored of a secret. SHA-256 is enough for 256 random bits.
inline std::string digest_of(std::string_view secret) { return seals::hex(seals::sha256(secret)); }

struct NewSecret {
    std::string text;
    std::string digest;

    static NewSecret make(std::string_view prefix = {}) {
        auto text = std::string(prefix) + seals::base64url(seals::random_bytes(32));
        auto digest = digest_of(text);
        return {std::move(text), std::move(digest)};
    }
};

/// Longer than any secret that we made; such a text is not even hashed.
constexpr std::size_t longest_secret = 128;

}  // namespace kula::access
