#pragma once
/// @file
/// Takes gzip (RFC 1952, several members), bzip2 (several streams) and zstd (RFC 8878, several frames) apart, piece by
/// piece; makes zstd.
///
/// Memory is bounded whatever the stream says: zlib's window, bzip2's block of 900 kB (some 4 MB), for zstd a window of
/// at most 128 MiB. Pure; one thread at a time. The only place that includes zlib, bzip2 and zstd.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace kula::formats {

enum class Compression : std::uint8_t { gzip, bzip2, zstd };

/// By the first bytes (4 are enough); nothing where they begin no compressed stream.
[[nodiscard]] std::optional<Compression> compression_of(std::span<std::byte const> bytes);

class Decompressor {
public:
    explicit Decompressor(Compression compression);
    ~Decompressor();
    Decompressor(Decompressor&&) noexcept;
    Decompressor& operator=(Decompressor&&) noexcept;

    struct Step {
        std::size_t used = 0;  ///< Bytes of `input` that were read; the rest is to be given again.
        std::size_t made = 0;  ///< Bytes written to the front of `output`.
    };
    /// Goes on until the input is used up, `output` is full, or the stream turns out broken. With nothing used and
    /// nothing made it needs more input. Behind a gzip or bzip2 stream stand further ones, or zeros to the end; all
    /// else is damage.
    Step step(std::span<std::byte const> input, std::span<std::byte> output);

    /// Damaged: nothing more will come.
    [[nodiscard]] bool is_broken() const;
    /// The input so far ends where a member or frame ends: it may stop here.
    [[nodiscard]] bool is_complete() const;

private:
    class Stream;
    std::unique_ptr<Stream> stream_;
};

/// Makes one zstd frame with a checksum. Level 3: some 300 MB a second, memory of about 4 MB.
class Compressor {
public:
    Compressor();
    ~Compressor();
    Compressor(Compressor&&) noexcept;
    Compressor& operator=(Compressor&&) noexcept;

    /// Goes on until the input is used up or `output` is full.
    Decompressor::Step step(std::span<std::byte const> input, std::span<std::byte> output);
    struct End {
        std::size_t made = 0;   ///< Bytes written to the front of `output`.
        bool is_whole = false;  ///< Nothing more comes; else it is to be asked again.
    };
    /// The frame's end. Nothing may be compressed behind it.
    End finish(std::span<std::byte> output);

private:
    class Stream;
    std::unique_ptr<Stream> stream_;
};

}  // namespace kula::formats
