#pragma once
/// @file
/// Secrets at rest: AES-256-GCM (NIST SP 800-38D) with a key that is kept outside the database.
///
/// The key is a file of 32 random bytes, readable by its owner only: `secret.key` in the data folder, made at the first
/// start, or what `KULA_SECRET_KEY_FILE` or the systemd credential `kula-secret-key` names. Safe from any thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kula::seals {

class SecretBox {
public:
    /// Reads the key; makes it (mode 0600) when the file is missing. `unavailable` when it cannot be read or made,
    /// `invalid` when it has another length or is readable by others; both name the file.
    static base::Result<SecretBox> open(std::filesystem::path const& key_file);
    explicit SecretBox(std::array<std::uint8_t, 32> key) : key_(key) {}
    /// Wipes the key.
    ~SecretBox();
    SecretBox(SecretBox const&) = default;
    SecretBox& operator=(SecretBox const&) = default;

    /// Text for a column: `1.` (its version), then nonce, ciphertext and tag in base64url. `purpose` (`totp:<user>`) is
    /// bound to it: the same text in another place does not open.
    [[nodiscard]] std::string seal(std::string_view secret, std::string_view purpose) const;
    /// `invalid` when it was altered, is of another purpose or another key.
    [[nodiscard]] base::Result<std::string> open(std::string_view sealed, std::string_view purpose) const;

private:
    std::array<std::uint8_t, 32> key_;
};

}  // namespace kula::seals
