#include "webhook_signature.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "seals/digest.hpp"

namespace kula::notify {
namespace {

/// RFC 4648 §4, padded.
std::string base64(std::string_view bytes) {
    auto out = seals::base64url(bytes);
    std::replace(out.begin(), out.end(), '-', '+');
    std::replace(out.begin(), out.end(), '_', '/');
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

}  // namespace

std::string webhook_secret(std::string_view key) { return "whsec_" + base64(key); }

std::string webhook_signature(std::string_view key, std::string_view id, std::chrono::sys_seconds timestamp,
                              std::string_view body) {
    auto const digest =
        seals::hmac_sha256(key, fmt::format("{}.{}.{}", id, timestamp.time_since_epoch().count(), body));
    return "v1," + base64({reinterpret_cast<char const*>(digest.data()), digest.size()});
}

}  // namespace kula::notify
