#include "seals/signing_key.hpp"

#include <openssl/crypto.h>

#include <utility>

#include "base/must.hpp"
#include "octets.hpp"
#include "openssl.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

constexpr std::size_t signature_size = 64;

DigestPointer new_digest() {
    DigestPointer context(EVP_MD_CTX_new());
    base::must(context != nullptr, "there is memory for a signature");
    return context;
}

}  // namespace

struct SigningKey::Key {
    KeyPointer pair;
};

SigningKey::SigningKey(std::shared_ptr<Key const> key) : key_(std::move(key)) {}

SigningKey SigningKey::generate() {
    auto seed = random_bytes(key_size);
    auto key = from_seed(seed);
    OPENSSL_cleanse(seed.data(), seed.size());
    return std::move(*key);
}

base::Result<SigningKey> SigningKey::from_seed(std::string_view seed) {
    if (seed.size() != key_size) return base::invalid("signing key: is not 32 bytes");
    KeyPointer pair(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size()));
    base::must(pair != nullptr, "Ed25519 is available");
    return SigningKey(std::make_shared<Key const>(Key{std::move(pair)}));
}

std::string SigningKey::seed() const {
    std::string out(key_size, '\0');
    std::size_t size = out.size();
    bool const is_done = EVP_PKEY_get_raw_private_key(key_->pair.get(), octets(out), &size) == 1;
    base::must(is_done && size == key_size, "a private key has 32 bytes");
    return out;
}

std::string SigningKey::public_key() const {
    std::string out(key_size, '\0');
    std::size_t size = out.size();
    bool const is_done = EVP_PKEY_get_raw_public_key(key_->pair.get(), octets(out), &size) == 1;
    base::must(is_done && size == key_size, "a public key has 32 bytes");
    return out;
}

std::string SigningKey::sign(std::string_view bytes) const {
    auto const context = new_digest();
    std::string out(signature_size, '\0');
    std::size_t size = out.size();
    bool const is_done = EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_->pair.get()) == 1 &&
                         EVP_DigestSign(context.get(), octets(out), &size, octets(bytes), bytes.size()) == 1;
    base::must(is_done && size == signature_size, "a signature has 64 bytes");
    return out;
}

bool verify(std::string_view public_key, std::string_view bytes, std::string_view signature) {
    if (public_key.size() != key_size || signature.size() != signature_size) return false;
    KeyPointer const key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets(public_key), public_key.size()));
    if (!key) return false;
    auto const context = new_digest();
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(bytes), bytes.size()) == 1;
}

}  // namespace kula::seals
