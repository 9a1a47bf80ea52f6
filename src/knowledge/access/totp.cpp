#include "totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <chrono>

#include "base/must.hpp"
#include "base32.hpp"
#include "seals/digest.hpp"

namespace kula::access {
namespace {

constexpr std::int64_t step_seconds = 30;

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (char const c : text) {
        bool const is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                              c == '.' || c == '_' || c == '~';
        if (is_plain) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

}  // namespace

std::int64_t totp_step(base::Instant at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count() / step_seconds;
}

std::string totp_code(std::string_view seed, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < 8; ++i) {
        counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    }
    std::array<unsigned char, 20> mac{};
    unsigned size = 0;
    auto const* const done =
        HMAC(EVP_sha1(), seed.data(), static_cast<int>(seed.size()), counter.data(), counter.size(), mac.data(), &size);
    base::must(done != nullptr && size == mac.size(), "HMAC-SHA-1 yields 20 bytes");
    std::size_t const offset = mac[19] & 15;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[offset + i];
    return fmt::format("{:06}", (number & 0x7fffffff) % 1'000'000);
}

std::optional<std::int64_t> totp_match(std::string_view seed, std::string_view code, base::Instant now,
                                       std::int64_t last_used) {
    auto const typed = bare_code(code);
    std::optional<std::int64_t> out;
    auto const present = totp_step(now);
    for (auto step = present - 1; step <= present + 1; ++step) {
        if (seals::equal_in_constant_time(totp_code(seed, step), typed) && step > last_used && !out) out = step;
    }
    return out;
}

std::string totp_uri(std::string_view secret, std::string_view issuer, std::string_view name) {
    auto const from = percent_encoded(issuer);
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period={}", from,
                       percent_encoded(name), secret, from, step_seconds);
}

std::string make_recovery_code() {
    auto const text = base32(seals::random_bytes(10));
    return text.substr(0, 4) + '-' + text.substr(4, 4) + '-' + text.substr(8, 4) + '-' + text.substr(12, 4);
}

std::string bare_code(std::string_view code) {
    std::string out;
    for (char const c : code.substr(0, 64)) {
        if (c == ' ' || c == '-') continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

}  // namespace kula::access
