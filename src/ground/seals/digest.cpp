#include "seals/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <stdexcept>

#include "base/must.hpp"
#include "octets.hpp"

namespace kula::seals {

Digest sha256(std::string_view bytes) {
    static EVP_MD* const algorithm =
        EVP_MD_fetch(nullptr, "SHA256", nullptr);  // Once: looking it up costs more than hashing.
    base::must(algorithm != nullptr, "SHA-256 is available");
    Digest out{};
    unsigned size = 0;
    bool const is_done = EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) == 1;
    base::must(is_done && size == out.size(), "SHA-256 yields 32 bytes");
    return out;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
    base::must(key.size() <= 1'000'000, "a key is short");
    Digest out{};
    unsigned size = 0;
    // An absent key would mean "the one of the last call"; the address of an empty text is not null.
    char const* const start = key.empty() ? "" : key.data();
    bool const is_done = HMAC(EVP_sha256(), start, static_cast<int>(key.size()), octets(bytes), bytes.size(),
                              out.data(), &size) != nullptr;
    base::must(is_done && size == out.size(), "HMAC-SHA-256 yields 32 bytes");
    return out;
}

std::string random_bytes(std::size_t count) {
    base::must(count <= 1'000'000, "random bytes are asked for in small numbers");
    std::string out(count, '\0');
    if (RAND_bytes(octets(out), static_cast<int>(count)) != 1) throw std::runtime_error("no random bytes can be had");
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace kula::seals
