#pragma once
// Public keys of passkeys: COSE_Key (RFC 9052 §7, RFC 9053 §2 and §7) of ES256 on P-256 and EdDSA with Ed25519.

#include <optional>
#include <string>
#include <string_view>

namespace kula::access {

struct CoseKey {
    enum class Algorithm : std::uint8_t { es256, eddsa };
    Algorithm algorithm = Algorithm::es256;
    std::string x;  ///< 32 bytes.
    std::string y;  ///< 32 bytes; empty for EdDSA.
};

/// A key at the front of the bytes, and where it ends. Nothing for another algorithm or curve, or a point that is not
/// on the curve.
struct FoundKey {
    CoseKey key;
    std::size_t size;
};
std::optional<FoundKey> parse_cose_key(std::string_view bytes);

/// Whether the signature (ASN.1 for ES256, 64 bytes for EdDSA) is this key's of these bytes.
bool is_signed_by(CoseKey const& key, std::string_view bytes, std::string_view signature);

}  // namespace kula::access
