#include "formats/compression.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "compressed_bytes.hpp"
#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;

struct Plain {
    std::string text;
    bool is_broken = false;
    bool is_complete = false;
};

Plain decompress(std::span<std::byte const> bytes, std::size_t piece, std::size_t room) {
    auto const compression = compression_of(bytes);
    Plain plain;
    if (!compression) return plain;
    Decompressor decompressor(*compression);
    std::vector<std::byte> out(room);
    while (true) {
        auto const step = decompressor.step(bytes.first(std::min(piece, bytes.size())), out);
        EXPECT_LE(step.made, room);
        plain.text.append(reinterpret_cast<char const*>(out.data()), step.made);
        bytes = bytes.subspan(step.used);
        if (decompressor.is_broken() || (step.used == 0 && step.made == 0)) break;
    }
    plain.is_broken = decompressor.is_broken();
    plain.is_complete = decompressor.is_complete();
    return plain;
}

std::string some_text() {
    std::mt19937 random(1);
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "line " + std::to_string(random() % 1000) + "\n";
    return text;
}

TEST(Compression, is_undone_whatever_the_pieces) {
    auto const text = some_text();
    auto const half = bytes_of(text).first(text.size() / 2);
    auto const other_half = bytes_of(text).subspan(text.size() / 2);
    for (auto const& stream :
         {gzip(bytes_of(text)), bzip2(bytes_of(text)), zstd(bytes_of(text)), gzip(half) + gzip(other_half),
          bzip2(half) + bzip2(other_half), zstd(half) + zstd(other_half)}) {
        for (std::size_t const piece : {std::size_t{1}, std::size_t{100}, stream.size()}) {
            for (std::size_t const room : {std::size_t{37}, std::size_t{4096}, std::size_t{1} << 20}) {
                auto const plain = decompress(stream, piece, room);
                EXPECT_EQ(plain.text, text);
                EXPECT_FALSE(plain.is_broken);
                EXPECT_TRUE(plain.is_complete);
            }
        }
    }
}

TEST(Compression, of_a_stream_that_is_cut_gives_what_was_there) {
    auto const text = some_text();
    for (auto const& stream : {gzip(bytes_of(text)), zstd(bytes_of(text))}) {
        auto const plain = decompress(std::span(stream).first(stream.size() - 5), 1000, 4096);
        EXPECT_FALSE(plain.is_complete);
        EXPECT_FALSE(plain.is_broken);
        EXPECT_EQ(plain.text, text.substr(0, plain.text.size()));
    }
    auto const gzipped = gzip(bytes_of(text));
    EXPECT_GT(decompress(std::span(gzipped).first(gzipped.size() / 2), 1000, 4096).text.size(), text.size() / 3);
}

TEST(Compression, finds_damage) {
    auto const text = some_text();
    for (auto stream : {gzip(bytes_of(text)), zstd(bytes_of(text))}) {
        for (std::size_t i = 0; i < 64; ++i) stream[stream.size() / 2 + i] = std::byte{0xff};
        EXPECT_TRUE(decompress(stream, 1000, 4096).is_broken);
    }
    auto changed = gzip(bytes_of("short"));
    changed[changed.size() - 6] ^= std::byte{1};  // the check sum
    EXPECT_TRUE(decompress(changed, 1000, 4096).is_broken);
}

TEST(Compression, gives_the_same_before_damage_whatever_the_pieces) {
    // RFC 8878 §3.1.1: a frame of one segment that promises 200 bytes, whose last block is raw and holds 100. What is
    // wrong shows with the block's last byte, and zstd hands out a raw block in part where it gets it in part.
    auto const text = std::string("\x28\xb5\x2f\xfd\x20\xc8\x21\x03\x00", 9) + std::string(100, 'a');
    auto const stream = bytes_of(text);
    auto const whole = decompress(stream, stream.size(), 4096);
    EXPECT_TRUE(whole.is_broken);
    for (std::size_t piece = 1; piece < stream.size(); ++piece) {
        auto const split = decompress(stream, piece, 4096);
        EXPECT_EQ(split.text, whole.text) << "in pieces of " << piece;
        EXPECT_TRUE(split.is_broken);
    }
}

TEST(Compression, takes_zeros_behind_a_gzip_stream_for_filling_and_all_else_for_damage) {
    auto const stream = gzip(bytes_of("text"));
    std::vector<std::byte> const zeros(1000);
    for (std::size_t const piece : {1u, 3u, 5000u}) {
        auto const filled = decompress(stream + zeros, piece, 10);
        EXPECT_EQ(filled.text, "text");
        EXPECT_TRUE(filled.is_complete);
        EXPECT_FALSE(filled.is_broken);
        for (auto const& followed :
             {stream + bytes_of("junk"), stream + bytes_of("\x1e") + stream, stream + zeros + stream}) {
            auto const plain = decompress(followed, piece, 10);
            EXPECT_EQ(plain.text, "text");
            EXPECT_TRUE(plain.is_broken) << "in pieces of " << piece;
        }
    }
}

TEST(Compression, is_recognised_by_its_first_bytes) {
    EXPECT_EQ(compression_of(gzip(bytes_of("x"))), Compression::gzip);
    EXPECT_EQ(compression_of(bzip2(bytes_of("x"))), Compression::bzip2);
    EXPECT_EQ(compression_of(zstd(bytes_of("x"))), Compression::zstd);
    EXPECT_EQ(compression_of(bytes_of(std::string_view("\x51\x2a\x4d\x18\x00\x00\x00\x00", 8))), Compression::zstd);
    EXPECT_EQ(compression_of(bytes_of("")), std::nullopt);
    EXPECT_EQ(compression_of(bytes_of("\x1f\x8b")), std::nullopt);
    EXPECT_EQ(compression_of(bytes_of("text")), std::nullopt);
}

TEST(Compressor, makes_what_is_taken_apart_whatever_the_pieces) {
    auto const text = some_text();
    for (std::size_t const room : {std::size_t{1}, std::size_t{4096}, std::size_t{1} << 20}) {
        Compressor compressor;
        std::string frame;
        std::vector<std::byte> out(room);
        auto const keep = [&](std::size_t made) { frame.append(reinterpret_cast<char const*>(out.data()), made); };
        for (auto rest = bytes_of(text); !rest.empty();) {
            auto const step = compressor.step(rest.first(std::min<std::size_t>(rest.size(), 1000)), out);
            keep(step.made);
            rest = rest.subspan(step.used);
        }
        for (bool is_whole = false; !is_whole;) {
            auto const end = compressor.finish(out);
            keep(end.made);
            is_whole = end.is_whole;
        }
        EXPECT_LT(frame.size(), text.size() / 2);
        auto const plain = decompress(bytes_of(frame), 777, 4096);
        EXPECT_EQ(plain.text, text);
        EXPECT_TRUE(plain.is_complete);
    }
}

}  // namespace
}  // namespace kula::formats
