#pragma once
// What a browser and an authenticator say, checked by Web Authentication Level 2 §7.1 and §7.2: all but the challenge,
// the credential's owner and its count, which only the tables know. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "access/passkey.hpp"
#include "base/result.hpp"
#include "cose_key.hpp"

namespace kula::access {

constexpr std::size_t longest_credential_id = 1023;  ///< §4, bytes.

struct NewCredential {
    std::string challenge;   ///< As the browser signed it, base64url.
    std::string id;          ///< Bytes.
    std::string public_key;  ///< A COSE key that `parse_cose_key` takes.
    std::uint32_t uses = 0;
};
/// §7.1 but for steps 8 and 21 to 23. Attestation is not asked for: whatever came is not trusted (step 19, "none").
/// `invalid` for a fault, never saying what was sent.
base::Result<NewCredential> checked_attestation(PasskeyAttestation const& attestation, RelyingParty const& party);

struct UsedCredential {
    std::string challenge;
    std::uint32_t uses = 0;
};
/// §7.2 but for steps 5 to 7, 12, 20 and 21.
base::Result<UsedCredential> checked_assertion(PasskeyAssertion const& assertion, RelyingParty const& party);

/// §7.2 steps 19 and 20.
bool is_signed_by(CoseKey const& key, PasskeyAssertion const& assertion);

}  // namespace kula::access
