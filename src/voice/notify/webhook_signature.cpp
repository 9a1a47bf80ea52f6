#include "webhook_signature.hpp"

#include <fmt/format.h>

#include "formats/base64.hpp"
#include "seals/digest.hpp"

namespace kula::notify {

std::string webhook_secret(std::string_view key) { return "whsec_" + formats::to_base64(key); }

std::string webhook_signature(std::string_view key, std::string_view id, std::chrono::sys_seconds timestamp,
                              std::string_view body) {
    auto const digest =
        seals::hmac_sha256(key, fmt::format("{}.{}.{}", id, timestamp.time_since_epoch().count(), body));
    return "v1," + formats::to_base64({reinterpret_cast<char const*>(digest.data()), digest.size()});
}

std::string webhook_signatures(std::vector<std::string> const& keys, std::string_view id,
                               std::chrono::sys_seconds timestamp, std::string_view body) {
    std::string out;
    for (auto const& key : keys) out += (out.empty() ? "" : " ") + webhook_signature(key, id, timestamp, body);
    return out;
}

}  // namespace kula::notify
