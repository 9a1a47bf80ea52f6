#include "seals/secret_box.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "aead.hpp"
#include "base/must.hpp"
#include "key_file.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

constexpr std::string_view version = "1.";
constexpr std::size_t nonce_size = std::tuple_size_v<Nonce>;
constexpr std::size_t longest_secret = 1 << 20;

std::string_view bytes_of(std::array<std::uint8_t, 32> const& key) {
    return {reinterpret_cast<char const*>(key.data()), key.size()};
}

Nonce nonce_of(std::string_view bytes) {
    Nonce nonce{};
    std::copy_n(bytes.begin(), nonce.size(), nonce.begin());
    return nonce;
}

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
    auto const nonce = random_bytes(nonce_size);
    return std::string(version) + base64url(nonce + seal_with(bytes_of(key_), nonce_of(nonce), secret, purpose));
}

base::Result<std::string> SecretBox::open(std::string_view sealed, std::string_view purpose) const {
    if (sealed.size() > 2 * longest_secret || !sealed.starts_with(version)) return does_not_open();
    auto const bytes = from_base64url(sealed.substr(version.size()));
    if (!bytes || bytes->size() < nonce_size + aead_tag) return does_not_open();
    auto out = open_with(bytes_of(key_), nonce_of(*bytes), std::string_view(*bytes).substr(nonce_size), purpose);
    if (!out) return does_not_open();
    return std::move(*out);
}

}  // namespace kula::seals
