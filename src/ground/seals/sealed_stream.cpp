#include "seals/sealed_stream.hpp"

#include "aead.hpp"
#include "base/must.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

static_assert(stream_tag == aead_tag);

StreamKey key_of(StreamKey const& key, std::string_view header) {
    auto const digest = sha256(header);
    return *StreamKey::from_bytes(
        hkdf_sha256(key.bytes(), std::string(digest.begin(), digest.end()), "kula sealed stream 1"));
}

/// Eleven bytes of number, then whether it is the last.
Nonce nonce_of(std::uint64_t number, Chunk chunk) {
    Nonce nonce{};
    for (unsigned i = 0; i < 8; ++i) nonce[10 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    nonce[11] = chunk == Chunk::last ? 1 : 0;
    return nonce;
}

bool has_right_length(std::size_t plain, Chunk chunk) {
    return chunk == Chunk::last ? plain <= stream_chunk : plain == stream_chunk;
}

}  // namespace

struct StreamSealer::State {
    StreamKey key;
    std::uint64_t number = 0;
    bool is_over = false;
};

StreamSealer::StreamSealer(StreamKey const& key, std::string_view header)
    : state_(std::make_unique<State>(State{key_of(key, header)})) {}
StreamSealer::~StreamSealer() = default;
StreamSealer::StreamSealer(StreamSealer&&) noexcept = default;

std::string StreamSealer::seal(std::string_view plain, Chunk chunk) {
    base::must(!state_->is_over && has_right_length(plain.size(), chunk), "chunks are full, and end with the last");
    state_->is_over = chunk == Chunk::last;
    return seal_with(state_->key.bytes(), nonce_of(state_->number++, chunk), plain);
}

struct StreamOpener::State {
    StreamKey key;
    std::uint64_t number = 0;
    bool is_over = false;
};

StreamOpener::StreamOpener(StreamKey const& key, std::string_view header)
    : state_(std::make_unique<State>(State{key_of(key, header)})) {}
StreamOpener::~StreamOpener() = default;
StreamOpener::StreamOpener(StreamOpener&&) noexcept = default;

base::Result<std::string> StreamOpener::open(std::string_view sealed, Chunk chunk) {
    bool const is_next =
        !state_->is_over && sealed.size() >= stream_tag && has_right_length(sealed.size() - stream_tag, chunk);
    auto plain = is_next ? open_with(state_->key.bytes(), nonce_of(state_->number, chunk), sealed) : std::nullopt;
    state_->is_over = !plain || chunk == Chunk::last;
    if (!plain) {
        return base::invalid("chunk " + std::to_string(state_->number) +
                             " does not open: it was altered or moved, or the stream was cut off");
    }
    ++state_->number;
    return std::move(*plain);
}

}  // namespace kula::seals
