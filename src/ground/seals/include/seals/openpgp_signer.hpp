#pragma once
/// @file
/// Signs as the team, with an OpenPGP key (RFC 4880) that a server holds; and encrypts what it signs to others.
///
/// Signing happens unattended, so the key has no passphrase: it is to be a signing subkey of its own
/// (`gpg --export-secret-subkeys`), which can be revoked without the team's key. Safe from any thread.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kula::seals {

/// What stands beside the bytes that it is of (RFC 3156 §5).
struct DetachedSignature {
    std::string armoured;
    std::string digest;  ///< `pgp-sha512`: the `micalg` of RFC 3156.
};

/// Runs `gpg` and its agent in a folder of their own for every call: a tenth of a second. `unavailable` as well where
/// they do not answer for 30 seconds.
class OpenPgpSigner {
public:
    /// One secret key in a file that only its owner can read, at most 256 KiB. Tries it once, and removes what a
    /// signature left behind whose process was killed. Fails with `invalid` where it cannot sign (another file, a
    /// passphrase, expired, several keys), with `unavailable` where the file cannot be read or GnuPG cannot be run.
    static base::Result<OpenPgpSigner> open(std::filesystem::path const& file);
    OpenPgpSigner(OpenPgpSigner&&) noexcept = default;
    OpenPgpSigner& operator=(OpenPgpSigner&&) = delete;
    ~OpenPgpSigner();

    /// Of the primary key; hexadecimal, upper case.
    [[nodiscard]] std::string const& fingerprint() const { return fingerprint_; }
    /// Of the key that signed when it was tried: the primary one or a subkey.
    [[nodiscard]] std::string const& signing_fingerprint() const { return signing_fingerprint_; }
    /// The text under a cleartext signature (RFC 4880 §7). Fails as `open`.
    [[nodiscard]] base::Result<std::string> clear_sign(std::string_view text) const;
    /// Fails as `open`.
    [[nodiscard]] base::Result<DetachedSignature> sign_beside(std::string_view bytes) const;
    /// The bytes signed, and both encrypted to every one of these public keys (RFC 3156 §6.2), each one in ASCII armour
    /// and of at most `longest_public_key`; at least one. `invalid` names the key that is revoked, has expired or
    /// cannot be encrypted to, and why; nothing is encrypted then. Fails as `open` besides.
    [[nodiscard]] base::Result<std::string> sign_and_encrypt(std::string_view bytes,
                                                             std::span<std::string const> public_keys) const;

private:
    explicit OpenPgpSigner(std::string secret) : secret_(std::move(secret)) {}
    std::string secret_;  ///< As it stood in the file; wiped at the end.
    std::string fingerprint_;
    std::string signing_fingerprint_;
};

}  // namespace kula::seals
