#pragma once
/// @file
/// The key of one sealed stream, and how it is handed on: behind a passphrase (scrypt, RFC 7914), or to whoever holds a
/// private key (X25519, RFC 7748). Each is wrapped by AES-256-GCM with a key that serves this once. Safe from any
/// thread.

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace kula::seals {

/// 32 bytes, wiped when they go. Random for each stream: its chunks are numbered from zero.
class StreamKey {
public:
    static StreamKey random();
    /// `invalid` unless they are 32 bytes.
    static base::Result<StreamKey> from_bytes(std::string_view bytes);
    ~StreamKey();
    StreamKey(StreamKey const&) = default;
    StreamKey& operator=(StreamKey const&) = default;
    [[nodiscard]] std::string_view bytes() const { return {reinterpret_cast<char const*>(key_.data()), key_.size()}; }

private:
    StreamKey() = default;
    std::array<std::uint8_t, 32> key_{};
};

/// What a key is wrapped with once it is wrapped: not secret.
struct PassphraseWrap {
    std::string salt;     ///< 16 bytes.
    unsigned cost = 0;    ///< log2 of scrypt's N; r = 8, p = 1.
    std::string wrapped;  ///< 48 bytes.
};
struct RecipientWrap {
    std::string ephemeral;  ///< 32 bytes: a public key used this once.
    std::string wrapped;    ///< 48 bytes.
};

/// Takes 128 MiB and some tenths of a second.
PassphraseWrap wrap(StreamKey const& key, std::string_view passphrase);
/// `invalid` for another passphrase, or a cost beyond 2^18: no file makes us take more than 256 MiB.
base::Result<StreamKey> unwrap(PassphraseWrap const& wrap, std::string_view passphrase);

/// Who may open: a public key, to be told to everybody. Text: `kula-recipient-` and base64url.
class Recipient {
public:
    static std::optional<Recipient> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    /// `invalid` for a point that gives no secret.
    [[nodiscard]] base::Result<RecipientWrap> wrap(StreamKey const& key) const;

private:
    friend class OpeningKey;
    explicit Recipient(std::string public_key) : public_key_(std::move(public_key)) {}
    std::string public_key_;
};

/// The private key that opens what was sealed to its recipient; kept in a file of 32 bytes like every key of ours.
class OpeningKey {
public:
    /// Makes the file; `conflict` where it exists.
    static base::Result<OpeningKey> make(std::filesystem::path const& file);
    /// `not_found` where it is missing; else as `SecretBox::open`.
    static base::Result<OpeningKey> open(std::filesystem::path const& file);
    static OpeningKey random() { return OpeningKey(StreamKey::random()); }
    [[nodiscard]] Recipient recipient() const;
    /// `invalid` where it was wrapped for somebody else.
    [[nodiscard]] base::Result<StreamKey> unwrap(RecipientWrap const& wrap) const;

private:
    explicit OpeningKey(StreamKey const& seed) : seed_(seed) {}
    StreamKey seed_;
};

}  // namespace kula::seals
