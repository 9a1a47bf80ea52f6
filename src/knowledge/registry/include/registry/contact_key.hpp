#pragma once
/// @file
/// What is to be said of a contact's key today. Pure.

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/instant.hpp"
#include "seals/public_key.hpp"

namespace kula::registry {

enum class KeyState : std::uint8_t {
    valid,
    expiring,  ///< Within `expires_soon`.
    expired,
    not_yet_valid,
    revoked,
    no_encryption,  ///< Nothing can be encrypted to it.
};
std::string_view to_text(KeyState state);

constexpr std::chrono::days expires_soon{30};

/// The worst that holds.
KeyState state_of(seals::PublicKey const& key, base::Instant now);
/// Whether the key says that it belongs to this address; letter case apart.
bool names_address(seals::PublicKey const& key, std::string_view email);

}  // namespace kula::registry
