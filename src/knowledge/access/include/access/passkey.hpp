#pragma once
/// @file
/// Passkeys: Web Authentication Level 2 (W3C), user verification required, attestation not asked for. ES256 and EdDSA.

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"

namespace kula::access {

struct Passkey;
using PasskeyId = base::Id<Passkey>;

struct Passkey {
    PasskeyId id;
    std::string name;  ///< As its owner calls it, 1 to 100 bytes.
    base::Instant created_at;
    std::optional<base::Instant> last_used_at{};
};

/// Where the browser says it is: both are compared with what it signed.
struct RelyingParty {
    std::string id;      ///< The host's name: `localhost`.
    std::string origin;  ///< `http://localhost:8080`.
};

/// 32 random bytes as base64url, for one use within 5 min.
struct PasskeyChallenge {
    std::string challenge;
};
struct PasskeyOffer {
    std::string challenge;
    std::string user_handle;              ///< base64url.
    std::vector<std::string> excluded{};  ///< Credential ids that the person has already, base64url.
};

/// What `navigator.credentials.get` yields; bytes, not text.
struct PasskeyAssertion {
    std::string credential_id, client_data, authenticator_data, signature, user_handle;
};
/// What `navigator.credentials.create` yields; bytes.
struct PasskeyAttestation {
    std::string name;  ///< For its owner.
    std::string client_data, attestation_object;
};

}  // namespace kula::access
