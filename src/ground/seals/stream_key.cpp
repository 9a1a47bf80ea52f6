#include "seals/stream_key.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "aead.hpp"
#include "base/must.hpp"
#include "key_file.hpp"
#include "octets.hpp"
#include "openssl.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

constexpr std::size_t salt_size = 16;
constexpr unsigned cost_now = 17;
constexpr unsigned greatest_cost = 18;
constexpr std::string_view recipient_prefix = "kula-recipient-";

StreamKey from_passphrase(std::string_view passphrase, std::string_view salt, unsigned cost) {
    std::string key(key_size, '\0');
    bool const is_done = EVP_PBE_scrypt(passphrase.data(), passphrase.size(), octets(salt), salt.size(),
                                        std::uint64_t{1} << cost, 8, 1, 300U << 20, octets(key), key.size()) == 1;
    base::must(is_done, "scrypt gives a key");
    auto out = *StreamKey::from_bytes(key);
    OPENSSL_cleanse(key.data(), key.size());
    return out;
}

std::string wrap_with(StreamKey const& wrapping, StreamKey const& key) {
    return seal_with(wrapping.bytes(), {}, key.bytes());  // Serves once: its nonce may be zero.
}

base::Result<StreamKey> unwrap_with(StreamKey const& wrapping, std::string_view wrapped, char const* refusal) {
    auto bytes = open_with(wrapping.bytes(), {}, wrapped);
    if (!bytes) return base::invalid(refusal);
    auto key = StreamKey::from_bytes(*bytes);
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return key;
}

std::string public_key_of(StreamKey const& seed) {
    KeyPointer const key(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, octets(seed.bytes()), seed.bytes().size()));
    std::string out(key_size, '\0');
    std::size_t size = out.size();
    base::must(key && EVP_PKEY_get_raw_public_key(key.get(), octets(out), &size) == 1 && size == key_size,
               "X25519 gives a public key");
    return out;
}

/// The key that two ends find (RFC 7748 §6.1), bound to both public keys; nothing where the other's point has small
/// order.
std::optional<StreamKey> agreed(StreamKey const& seed, std::string_view other, std::string const& both) {
    KeyPointer const own(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, octets(seed.bytes()), seed.bytes().size()));
    KeyPointer const theirs(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, octets(other), other.size()));
    if (!own || !theirs) return std::nullopt;
    AgreementPointer const context(EVP_PKEY_CTX_new(own.get(), nullptr));
    std::string secret(key_size, '\0');
    std::size_t size = secret.size();
    bool const is_done = context && EVP_PKEY_derive_init(context.get()) == 1 &&
                         EVP_PKEY_derive_set_peer(context.get(), theirs.get()) == 1 &&
                         EVP_PKEY_derive(context.get(), octets(secret), &size) == 1 && size == key_size;
    if (!is_done) return std::nullopt;
    auto key = *StreamKey::from_bytes(hkdf_sha256(secret, both, "kula sealed to a recipient 1"));
    OPENSSL_cleanse(secret.data(), secret.size());
    return key;
}

}  // namespace

StreamKey StreamKey::random() {
    auto bytes = random_bytes(key_size);
    auto key = *from_bytes(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

base::Result<StreamKey> StreamKey::from_bytes(std::string_view bytes) {
    if (bytes.size() != key_size) return base::invalid("a key has 32 bytes");
    StreamKey key;
    std::transform(bytes.begin(), bytes.end(), key.key_.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
    return key;
}

StreamKey::~StreamKey() { OPENSSL_cleanse(key_.data(), key_.size()); }

PassphraseWrap wrap(StreamKey const& key, std::string_view passphrase) {
    PassphraseWrap out{random_bytes(salt_size), cost_now, {}};
    out.wrapped = wrap_with(from_passphrase(passphrase, out.salt, out.cost), key);
    return out;
}

base::Result<StreamKey> unwrap(PassphraseWrap const& wrap, std::string_view passphrase) {
    if (wrap.salt.size() != salt_size || wrap.cost < 1 || wrap.cost > greatest_cost)
        return base::invalid("asks for more work to try a passphrase than is done");
    return unwrap_with(from_passphrase(passphrase, wrap.salt, wrap.cost), wrap.wrapped,
                       "the passphrase does not open it");
}

std::optional<Recipient> Recipient::parse(std::string_view text) {
    if (!text.starts_with(recipient_prefix)) return std::nullopt;
    auto bytes = from_base64url(text.substr(recipient_prefix.size()));
    if (!bytes || bytes->size() != key_size) return std::nullopt;
    return Recipient(std::move(*bytes));
}

std::string Recipient::text() const { return std::string(recipient_prefix) + base64url(public_key_); }

base::Result<RecipientWrap> Recipient::wrap(StreamKey const& key) const {
    auto const once = StreamKey::random();
    RecipientWrap out{public_key_of(once), {}};
    auto const wrapping = agreed(once, public_key_, out.ephemeral + public_key_);
    if (!wrapping) return base::invalid(text() + " is no public key");
    out.wrapped = wrap_with(*wrapping, key);
    return out;
}

base::Result<OpeningKey> OpeningKey::make(std::filesystem::path const& file) {
    std::error_code fault;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, fault)))
        return base::conflict(file.string() + " is there already: a key is never overwritten");
    auto bytes = read_or_make_key_file(file);
    if (!bytes) return bytes.error();
    OpeningKey out(*StreamKey::from_bytes(*bytes));
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return out;
}

base::Result<OpeningKey> OpeningKey::open(std::filesystem::path const& file) {
    std::error_code fault;
    if (!std::filesystem::exists(file, fault)) return base::not_found(file.string() + ": there is no such key file");
    auto bytes = read_or_make_key_file(file);
    if (!bytes) return bytes.error();
    OpeningKey out(*StreamKey::from_bytes(*bytes));
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return out;
}

Recipient OpeningKey::recipient() const { return Recipient(public_key_of(seed_)); }

base::Result<StreamKey> OpeningKey::unwrap(RecipientWrap const& wrap) const {
    auto const key = agreed(seed_, wrap.ephemeral, wrap.ephemeral + public_key_of(seed_));
    if (!key) return base::invalid("names a public key that is none");
    return unwrap_with(*key, wrap.wrapped, "was sealed for another key");
}

}  // namespace kula::seals
