#include "aead.hpp"

#include <openssl/crypto.h>

#include "base/must.hpp"
#include "octets.hpp"
#include "openssl.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

CipherPointer new_cipher(std::string_view key) {
    base::must(key.size() == key_size, "a key has 32 bytes");
    CipherPointer context(EVP_CIPHER_CTX_new());
    base::must(context != nullptr, "there is memory for a cipher");
    return context;
}

int length(std::string_view text) {
    base::must(text.size() <= (std::size_t{1} << 30), "what is sealed at once is short");
    return static_cast<int>(text.size());
}

}  // namespace

std::string seal_with(std::string_view key, Nonce const& nonce, std::string_view plain, std::string_view bound) {
    auto const context = new_cipher(key);
    std::string out(plain.size() + aead_tag, '\0');
    auto* const tag = octets(out) + plain.size();
    int size = 0;
    int rest = 0;
    bool const is_done =
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key), nonce.data()) == 1 &&
        EVP_EncryptUpdate(context.get(), nullptr, &rest, octets(bound), length(bound)) == 1 &&
        EVP_EncryptUpdate(context.get(), octets(out), &size, octets(plain), length(plain)) == 1 &&
        EVP_EncryptFinal_ex(context.get(), octets(out) + size, &rest) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(aead_tag), tag) == 1;
    base::must(is_done && size + rest == length(plain), "AES-256-GCM seals what it is given");
    return out;
}

std::optional<std::string> open_with(std::string_view key, Nonce const& nonce, std::string_view sealed,
                                     std::string_view bound) {
    auto const context = new_cipher(key);
    if (sealed.size() < aead_tag) return std::nullopt;
    auto const text = sealed.substr(0, sealed.size() - aead_tag);
    std::string tag(sealed.substr(text.size()));
    std::string out(text.size(), '\0');
    int size = 0;
    int rest = 0;
    bool const is_ready =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, octets(key), nonce.data()) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &rest, octets(bound), length(bound)) == 1 &&
        EVP_DecryptUpdate(context.get(), octets(out), &size, octets(text), length(text)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(aead_tag), octets(tag)) == 1;
    base::must(is_ready, "AES-256-GCM reads what it is given");
    if (EVP_DecryptFinal_ex(context.get(), octets(out) + size, &rest) == 1) return out;
    OPENSSL_cleanse(out.data(), out.size());
    return std::nullopt;
}

std::string hkdf_sha256(std::string_view secret, std::string_view salt, std::string_view info) {
    auto const text = [](Digest const& digest) { return std::string(digest.begin(), digest.end()); };
    return text(hmac_sha256(text(hmac_sha256(salt, secret)), std::string(info) + '\x01'));
}

}  // namespace kula::seals
