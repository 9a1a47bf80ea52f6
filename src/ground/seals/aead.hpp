#pragma once
/// @file
/// AES-256-GCM with a nonce that the caller answers for, and HKDF-SHA-256 (RFC 5869) for keys of 32 bytes.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kula::seals {

constexpr std::size_t aead_tag = 16;
using Nonce = std::array<std::uint8_t, 12>;

/// Ciphertext and tag; `bound` is proved with it.
std::string seal_with(std::string_view key, Nonce const& nonce, std::string_view plain, std::string_view bound = {});
/// Nothing where the tag is not right.
std::optional<std::string> open_with(std::string_view key, Nonce const& nonce, std::string_view sealed,
                                     std::string_view bound = {});

std::string hkdf_sha256(std::string_view secret, std::string_view salt, std::string_view info);

}  // namespace kula::seals
