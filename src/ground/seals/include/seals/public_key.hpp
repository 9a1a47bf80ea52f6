#pragma once
/// @file
/// What people publish so that others can write to them in confidence: an OpenPGP public key (RFC 4880) or an S/MIME
/// certificate (X.509, RFC 5280, RFC 8550). Read by GnuPG and by OpenSSL; nothing here is put into a keyring, nothing
/// is fetched, and whether to trust it is not asked: a person compares the fingerprint.
///
/// Safe from any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace kula::seals {

/// One key or certificate, and what it says of itself.
struct PublicKey {
    std::string text;                 ///< ASCII armour, or PEM; as it is to be stored.
    std::string fingerprint;          ///< Hexadecimal, upper case: of the primary key; SHA-256 of a certificate.
    std::vector<std::string> names;   ///< User ids that are not revoked; the subject.
    std::vector<std::string> emails;  ///< Of the names, in lower case; each once.
    std::string issuer{};             ///< Who vouches for a certificate; empty for OpenPGP.
    base::Instant valid_from{};
    /// The first moment at which nothing can be encrypted to it any more; absent where it does not end.
    std::optional<base::Instant> valid_until{};
    bool is_revoked = false;   ///< As its own text says; a certificate does not say.
    bool can_encrypt = false;  ///< Has a key for encryption, expired or not; key usage allows mail to be encrypted.
    friend bool operator==(PublicKey const&, PublicKey const&) = default;
};

/// Bytes of a key or certificate.
constexpr std::size_t longest_public_key = 64 * 1024;

/// Exactly one public key in ASCII armour; blanks around it are cut. Fails with `invalid` for anything else, a private
/// key above all, and with `unavailable` where GnuPG cannot be run. Runs `gpg` in a folder of its own: tens of
/// milliseconds.
base::Result<PublicKey> read_openpgp_key(std::string_view armoured);
/// Whether this one key, or a subkey of it, has the fingerprint (hexadecimal, upper case), can sign and is neither
/// revoked nor expired. Errors as `read_openpgp_key`.
base::Result<bool> verifies_for(std::string_view armoured, std::string_view fingerprint);

/// Exactly one certificate, PEM or DER; kept as PEM. Fails with `invalid` for anything else, a private key above all.
base::Result<PublicKey> read_smime_certificate(std::string_view bytes);

}  // namespace kula::seals
