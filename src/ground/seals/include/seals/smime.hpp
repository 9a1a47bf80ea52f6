#pragma once
/// @file
/// S/MIME 4.0 (RFC 8551) by OpenSSL's CMS (RFC 5652): signs as the team, with a certificate that a server holds, and
/// encrypts to others. In this process: nothing can hang, and no keyring stands beside (decision 0024).
///
/// Safe from any thread.

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "seals/public_key.hpp"

namespace kula::seals {

class SmimeSigner {
public:
    /// The certificate, what certifies it up to the root (which may be left out), and the private key without a
    /// password, all PEM in one file that only its owner can read, at most 256 KiB. The first certificate is the one
    /// that signs. `invalid` where it cannot sign (no key, a key of another certificate, a password, a certificate that
    /// is not for mail), `not_found` and `unavailable` where the file cannot be read.
    static base::Result<SmimeSigner> open(std::filesystem::path const& file);
    SmimeSigner(SmimeSigner&&) noexcept = default;
    SmimeSigner& operator=(SmimeSigner&&) = delete;
    ~SmimeSigner();

    [[nodiscard]] PublicKey const& certificate() const { return certificate_; }
    /// A MIME entity inside its signature (`smime-type=signed-data`, RFC 8551 §3.5.2): DER. The entity is signed as it
    /// is: its lines end in CR LF. `invalid` before the certificate is valid and after.
    [[nodiscard]] base::Result<std::string> sign(std::string_view entity, base::Instant now) const;

private:
    SmimeSigner(std::string secret, PublicKey certificate)
        : secret_(std::move(secret)), certificate_(std::move(certificate)) {}
    std::string secret_;  ///< As it stood in the file; wiped at the end.
    PublicKey certificate_;
};

/// A MIME entity encrypted to every one of these certificates (PEM, at least one), AES-256 in CBC mode
/// (`smime-type=enveloped-data`, RFC 8551 §3.3): DER. `invalid` names the certificate that is not valid yet or any
/// more, or that mail may not be encrypted to; nothing is encrypted then.
base::Result<std::string> encrypt_smime(std::string_view entity, std::span<std::string const> certificates,
                                        base::Instant now);

}  // namespace kula::seals
