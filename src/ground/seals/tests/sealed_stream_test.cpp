#include "seals/sealed_stream.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace kula::seals {
namespace {

std::vector<std::string> sealed_of(StreamKey const& key, std::vector<std::string> const& plain) {
    StreamSealer sealer(key, "header");
    std::vector<std::string> out;
    for (std::size_t i = 0; i < plain.size(); ++i)
        out.push_back(sealer.seal(plain[i], i + 1 == plain.size() ? Chunk::last : Chunk::more_follow));
    return out;
}

/// How many chunks open one after the other, where the reader takes the one at the end for the last.
std::size_t opens(StreamKey const& key, std::vector<std::string> const& chunks, std::string_view header = "header") {
    StreamOpener opener(key, header);
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        if (!opener.open(chunks[i], i + 1 == chunks.size() ? Chunk::last : Chunk::more_follow)) return i;
    }
    return chunks.size();
}

std::vector<std::string> three() { return {std::string(stream_chunk, 'a'), std::string(stream_chunk, 'b'), "the end"}; }

TEST(SealedStream, opens_what_was_sealed) {
    auto const key = StreamKey::random();
    auto const sealed = sealed_of(key, three());
    StreamOpener opener(key, "header");
    EXPECT_EQ(*opener.open(sealed[0], Chunk::more_follow), three()[0]);
    EXPECT_EQ(*opener.open(sealed[1], Chunk::more_follow), three()[1]);
    EXPECT_EQ(*opener.open(sealed[2], Chunk::last), three()[2]);
    EXPECT_EQ(opens(key, sealed_of(key, {""})), 1U);
}

TEST(SealedStream, opens_for_its_key_and_behind_its_header_only) {
    auto const key = StreamKey::random();
    EXPECT_EQ(opens(StreamKey::random(), sealed_of(key, three())), 0U);
    EXPECT_EQ(opens(key, sealed_of(key, three()), "Header"), 0U);
}

TEST(SealedStream, notices_chunks_that_were_moved_left_out_repeated_or_cut_off) {
    auto const key = StreamKey::random();
    auto const whole = sealed_of(key, three());
    EXPECT_EQ(opens(key, {whole[1], whole[0], whole[2]}), 0U);
    EXPECT_EQ(opens(key, {whole[0], whole[2]}), 1U);
    EXPECT_EQ(opens(key, {whole[0], whole[0], whole[2]}), 1U);
    EXPECT_EQ(opens(key, {whole[0], whole[1]}), 1U) << "the end was cut off between two chunks";
    EXPECT_EQ(opens(key, {whole[0], whole[1], whole[2], whole[2]}), 2U) << "something was appended";
    EXPECT_EQ(opens(key, {whole[0], sealed_of(StreamKey::random(), three())[1], whole[2]}), 1U);
}

TEST(SealedStream, notices_every_flipped_bit_and_every_length) {
    auto const key = StreamKey::random();
    auto const sealed = sealed_of(key, {"a short stream"}).front();
    for (std::size_t i = 0; i < sealed.size() * 8; ++i) {
        auto altered = sealed;
        altered[i / 8] = static_cast<char>(altered[i / 8] ^ (1 << (i % 8)));
        EXPECT_EQ(opens(key, {altered}), 0U) << i;
    }
    for (std::size_t i = 0; i < sealed.size(); ++i) EXPECT_EQ(opens(key, {sealed.substr(0, i)}), 0U) << i;
    EXPECT_EQ(opens(key, {sealed + "x"}), 0U);
}

}  // namespace
}  // namespace kula::seals
