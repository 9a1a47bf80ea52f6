#include "seals/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <stdexcept>

#include "base/must.hpp"
#include "octets.hpp"

namespace kula::seals {

namespace {

EVP_MD* sha256_algorithm() {
    static EVP_MD* const algorithm =
        EVP_MD_fetch(nullptr, "SHA256", nullptr);  // Once: looking it up costs more than hashing.
    base::must(algorithm != nullptr, "SHA-256 is available");
    return algorithm;
}

}  // namespace

struct Sha256::State {
    State() : context(EVP_MD_CTX_new()) { begin(); }
    ~State() { EVP_MD_CTX_free(context); }
    State(State const&) = delete;
    State& operator=(State const&) = delete;
    void begin() {
        base::must(context != nullptr && EVP_DigestInit_ex(context, sha256_algorithm(), nullptr) == 1,
                   "SHA-256 begins");
    }
    EVP_MD_CTX* context;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::add(std::string_view bytes) {
    base::must(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1, "SHA-256 goes on");
}

Digest Sha256::finish() {
    Digest out{};
    unsigned size = 0;
    bool const is_done = EVP_DigestFinal_ex(state_->context, out.data(), &size) == 1;
    base::must(is_done && size == out.size(), "SHA-256 yields 32 bytes");
    state_->begin();
    return out;
}

Digest sha256(std::string_view bytes) {
    Digest out{};
    unsigned size = 0;
    bool const is_done = EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, sha256_algorithm(), nullptr) == 1;
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
