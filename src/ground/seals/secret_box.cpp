#include "seals/secret_box.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>

#include "base/must.hpp"
#include "key_file.hpp"
#include "octets.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

constexpr std::string_view version = "1.";
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t longest_secret = 1 << 20;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

ContextPointer new_context() {
    ContextPointer context(EVP_CIPHER_CTX_new());
    base::must(context != nullptr, "there is memory for a cipher");
    return context;
}

int length(std::string_view text) { return static_cast<int>(text.size()); }

base::Error does_not_open() {
    return base::invalid("a sealed secret does not open: it was altered, moved, or sealed with another key");
}

}  // namespace

SecretBox::~SecretBox() { OPENSSL_cleanse(key_.data(), key_.size()); }

base::Result<SecretBox> SecretBox::open(std::filesystem::path const& key_file) {
    auto bytes = read_or_make_key_file(key_file);
    if (!bytes) return bytes.error();
    std::array<std::uint8_t, 32> key{};
    base::must(bytes->size() == key.size(), "a key file that was read holds a key");
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>((*bytes)[i]);
    SecretBox box(key);
    OPENSSL_cleanse(key.data(), key.size());
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return box;
}

std::string SecretBox::seal(std::string_view secret, std::string_view purpose) const {
    base::must(secret.size() <= longest_secret && purpose.size() <= longest_secret, "a secret is at most 1 MiB");
    auto out = random_bytes(nonce_size);
    out.resize(nonce_size + secret.size() + tag_size);
    auto* const nonce = octets(out);
    auto* const text = nonce + nonce_size;
    auto const context = new_context();
    int size = 0;
    int rest = 0;
    bool const is_done = EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), nonce) == 1 &&
                         EVP_EncryptUpdate(context.get(), nullptr, &rest, octets(purpose), length(purpose)) == 1 &&
                         EVP_EncryptUpdate(context.get(), text, &size, octets(secret), length(secret)) == 1 &&
                         EVP_EncryptFinal_ex(context.get(), text + size, &rest) == 1 &&
                         EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, text + secret.size()) == 1;
    base::must(is_done && size + rest == length(secret), "AES-256-GCM seals what it is given");
    return std::string(version) + base64url(out);
}

base::Result<std::string> SecretBox::open(std::string_view sealed, std::string_view purpose) const {
    if (sealed.size() > 2 * longest_secret || !sealed.starts_with(version)) return does_not_open();
    auto bytes = from_base64url(sealed.substr(version.size()));
    if (!bytes || bytes->size() < nonce_size + tag_size) return does_not_open();
    auto const text = std::string_view(*bytes).substr(nonce_size, bytes->size() - nonce_size - tag_size);
    auto* const tag = octets(*bytes) + nonce_size + text.size();
    auto const context = new_context();
    std::string out(text.size(), '\0');
    int size = 0;
    int rest = 0;
    bool const is_whole =
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key_.data(), octets(*bytes)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &rest, octets(purpose), length(purpose)) == 1 &&
        EVP_DecryptUpdate(context.get(), octets(out), &size, octets(text), length(text)) == 1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag) == 1 &&
        EVP_DecryptFinal_ex(context.get(), octets(out) + size, &rest) == 1;
    if (is_whole) return out;
    OPENSSL_cleanse(out.data(), out.size());
    return does_not_open();
}

}  // namespace kula::seals
