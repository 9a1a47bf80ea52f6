#pragma once
/// @file
/// A long stream, sealed piece by piece: AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár
/// 2015), as age has it. Each chunk's nonce is its number and whether it is the last, so that no chunk can be altered,
/// left out, moved, taken from another stream or appended unnoticed. Memory: one chunk. One thread at a time.
///
/// What is opened may be used at once, for each chunk is proved by itself; only after the last one is it known that
/// nothing was cut off.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "seals/stream_key.hpp"

namespace kula::seals {

/// Every chunk but the last holds so many bytes, and is longer by the tag when it is sealed.
constexpr std::size_t stream_chunk = 64 * 1024;
constexpr std::size_t stream_tag = 16;

enum class Chunk : std::uint8_t { more_follow, last };

/// `header` is what stands before the stream in the clear; it is bound to it.
class StreamSealer {
public:
    StreamSealer(StreamKey const& key, std::string_view header);
    ~StreamSealer();
    StreamSealer(StreamSealer&&) noexcept;
    /// `plain` has the length of a chunk, or less if it is the last.
    [[nodiscard]] std::string seal(std::string_view plain, Chunk chunk);

private:
    struct State;
    std::unique_ptr<State> state_;
};

class StreamOpener {
public:
    StreamOpener(StreamKey const& key, std::string_view header);
    ~StreamOpener();
    StreamOpener(StreamOpener&&) noexcept;
    /// The next chunk. `invalid` for anything but that one; nothing opens afterwards.
    [[nodiscard]] base::Result<std::string> open(std::string_view sealed, Chunk chunk);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::seals
