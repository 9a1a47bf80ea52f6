#pragma once
/// @file
/// Digests and what is made of them: SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104), random bytes, and comparison that
/// takes the same time wherever the difference is. Also bytes as text (RFC 4648). All functions are safe from any
/// thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kula::seals {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);

/// SHA-256 of what comes in pieces. One thread at a time.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    void add(std::string_view bytes);
    /// Of all so far; begins anew.
    Digest finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

Digest hmac_sha256(std::string_view key, std::string_view bytes);
/// From the operating system's generator. Throws `std::runtime_error` when that fails: nothing is to go on without it.
std::string random_bytes(std::size_t count);
/// Whether both are the same; the time taken depends on their lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// Lower-case hexadecimal.
std::string hex(std::string_view bytes);
std::string hex(Digest const& digest);
/// RFC 4648 §5 without padding: for links, tokens and WebAuthn.
std::string base64url(std::string_view bytes);
/// Nothing for what `base64url` would not have written: padding, blanks, other letters, bits behind the last byte.
std::optional<std::string> from_base64url(std::string_view text);
/// RFC 4648 §6 without padding: for keys that are typed in (TOTP).
std::string base32(std::string_view bytes);

}  // namespace kula::seals
