#include "registry/contact_key.hpp"

#include <algorithm>

namespace kula::registry {

std::string_view to_text(KeyState state) {
    switch (state) {
        case KeyState::valid: return "valid";
        case KeyState::expiring: return "expiring";
        case KeyState::expired: return "expired";
        case KeyState::not_yet_valid: return "not_yet_valid";
        case KeyState::revoked: return "revoked";
        case KeyState::no_encryption: break;
    }
    return "no_encryption";
}

KeyState state_of(seals::PublicKey const& key, base::Instant now) {
    if (key.is_revoked) return KeyState::revoked;
    if (key.valid_until && *key.valid_until <= now) return KeyState::expired;
    if (!key.can_encrypt) return KeyState::no_encryption;
    if (now < key.valid_from) return KeyState::not_yet_valid;
    if (key.valid_until && *key.valid_until <= now + expires_soon) return KeyState::expiring;
    return KeyState::valid;
}

bool names_address(seals::PublicKey const& key, std::string_view email) {
    auto const same = [](char a, char b) {
        auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return lower(a) == lower(b);
    };
    return std::any_of(key.emails.begin(), key.emails.end(), [&](std::string const& own) {
        return std::equal(own.begin(), own.end(), email.begin(), email.end(), same);
    });
}

}  // namespace kula::registry
