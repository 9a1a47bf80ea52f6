#pragma once
/// @file
/// Ed25519 signatures (RFC 8032): for checkpoints of the trail and sealed exports. Safe from any thread.

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kula::seals {

/// A private key; values share it. The key's bytes are wiped when the last one goes.
class SigningKey {
public:
    /// Throws `std::runtime_error` when the operating system gives no random bytes.
    static SigningKey generate();
    /// The 32 bytes of RFC 8032 §5.1.5. `invalid` for any other length.
    static base::Result<SigningKey> from_seed(std::string_view seed);
    /// The secret itself: only to be put into a `SecretBox` or a key file.
    [[nodiscard]] std::string seed() const;

    /// 64 bytes.
    [[nodiscard]] std::string sign(std::string_view bytes) const;
    /// 32 bytes.
    [[nodiscard]] std::string public_key() const;

private:
    struct Key;
    explicit SigningKey(std::shared_ptr<Key const> key);
    std::shared_ptr<Key const> key_;
};

/// False as well for a key or a signature that is none.
bool verify(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace kula::seals
