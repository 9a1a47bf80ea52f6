#pragma once
// How what goes to a webhook is signed. Pure.
//
// Source: Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks), symmetric signatures.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace kula::notify {

/// Bytes; the standard asks for 24 to 64.
constexpr std::size_t webhook_key_length = 32;

/// As people pass it on: `whsec_` and the key in base64.
std::string webhook_secret(std::string_view key);
/// `v1,` and the HMAC-SHA-256 of `id.timestamp.body` in base64. The id holds no dot.
std::string webhook_signature(std::string_view key, std::string_view id, std::chrono::sys_seconds timestamp,
                              std::string_view body);
/// One of each key, with blanks between: a receiver needs to know one of them.
std::string webhook_signatures(std::vector<std::string> const& keys, std::string_view id,
                               std::chrono::sys_seconds timestamp, std::string_view body);

}  // namespace kula::notify
