#include <algorithm>
#include <cstdint>

#include "webauthn.hpp"

using namespace kula::access;

/// One byte says how long the client data is (times 4), the rest is the attestation object; both ways in are tried.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string const bytes(data + 1, data + size);
    auto const middle = std::min<std::size_t>(std::size_t{data[0]} * 4, bytes.size());
    RelyingParty const party{"localhost", "http://localhost:8080"};
    PasskeyAttestation const attestation{"x", bytes.substr(0, middle), bytes.substr(middle)};
    if (auto const made = checked_attestation(attestation, party); made.has_value()) {
        if (!parse_cose_key(made->public_key)) __builtin_trap();
        if (made->id.empty() || made->id.size() > longest_credential_id) __builtin_trap();
    }
    PasskeyAssertion const assertion{"id", attestation.client_data, attestation.attestation_object, "", ""};
    (void)checked_assertion(assertion, party);
    if (auto const key = parse_cose_key(bytes))
        (void)is_signed_by(key->key, assertion.client_data, assertion.authenticator_data);
    return 0;
}
