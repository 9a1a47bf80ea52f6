#include "container.hpp"

#include <gtest/gtest.h>

#include <random>

#include "memory_backup.hpp"

namespace kula::backup {
namespace {

using namespace testing;

base::Result<std::int64_t> read_whole(std::string const& bytes, Keys const& keys = {}) {
    Telling telling;
    return read_backup(source_of(bytes), keys, telling);
}

/// Cannot be compressed, so that it fills chunks.
std::string noise(std::size_t size) {
    std::mt19937 random(7);
    std::string out(size, '\0');
    for (auto& c : out) c = static_cast<char>(random());
    return out;
}

TEST(Container, tells_what_was_put_in) {
    auto const bytes = backup_of("some bytes");
    Telling telling;
    auto const size = read_backup(source_of(bytes), {}, telling);
    ASSERT_TRUE(size.has_value()) << size.error().detail;
    EXPECT_EQ(*size, static_cast<std::int64_t>(bytes.size()));
    EXPECT_EQ(telling.lines,
              (std::vector<std::string>{"open 0.1.0", "begin note id words", "end 12 2", "begin blobs/a", "end 10 0"}));
    EXPECT_EQ(telling.contents.back(), "some bytes");
}

TEST(Container, holds_parts_of_any_length) {
    for (std::size_t const size : {std::size_t{0}, std::size_t{1}, seals::stream_chunk, std::size_t{3'000'000}}) {
        auto const content = noise(size);
        Telling telling;
        ASSERT_TRUE(read_backup(source_of(backup_of(content)), {}, telling)) << size;
        EXPECT_EQ(telling.contents.back(), content);
    }
}

TEST(Container, notices_every_flipped_bit_wherever_it_is) {
    auto const bytes = backup_of("some bytes");
    ASSERT_TRUE(read_whole(bytes));
    for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
        auto altered = bytes;
        altered[i / 8] = static_cast<char>(altered[i / 8] ^ (1 << (i % 8)));
        EXPECT_FALSE(read_whole(altered)) << "bit " << i;
    }
}

TEST(Container, notices_that_it_was_cut_at_any_length) {
    auto const bytes = backup_of("some bytes");
    for (std::size_t i = 0; i < bytes.size(); ++i) EXPECT_FALSE(read_whole(bytes.substr(0, i))) << i;
    EXPECT_FALSE(read_whole(bytes + 'x'));
    EXPECT_FALSE(read_whole(bytes + bytes));
}

TEST(Container, notices_chunks_that_were_moved_left_out_or_cut_off) {
    constexpr auto chunk = seals::stream_chunk + seals::stream_tag;
    auto const bytes = backup_of(noise(4 * seals::stream_chunk));
    ASSERT_TRUE(read_whole(bytes));
    auto const body = *header_length(bytes);
    auto const at = [&](std::size_t number) { return bytes.substr(body + number * chunk, chunk); };
    auto const head = bytes.substr(0, body);
    auto const rest = bytes.substr(body + 3 * chunk);
    EXPECT_TRUE(read_whole(head + at(0) + at(1) + at(2) + rest));
    EXPECT_FALSE(read_whole(head + at(1) + at(0) + at(2) + rest));
    EXPECT_FALSE(read_whole(head + at(0) + at(2) + rest));
    EXPECT_FALSE(read_whole(head + at(0) + at(1) + at(1) + at(2) + rest));
    EXPECT_FALSE(read_whole(head + at(0) + at(1) + at(2)));
    auto const other = backup_of(noise(4 * seals::stream_chunk));
    EXPECT_FALSE(read_whole(head + other.substr(*header_length(other)))) << "a header of another backup";
}

TEST(Container, opens_with_any_of_its_keys_and_says_what_is_needed) {
    auto const key = seals::OpeningKey::random();
    Sealing sealing;
    sealing.passphrase = "seven tall watchtowers";
    sealing.recipients = {seals::OpeningKey::random().recipient(), key.recipient()};
    auto const bytes = backup_of("some bytes", sealing);
    EXPECT_EQ(bytes.find("key clear"), std::string::npos);
    EXPECT_TRUE(read_whole(bytes, {"seven tall watchtowers", {}}));
    EXPECT_TRUE(read_whole(bytes, {{}, key}));
    EXPECT_TRUE(read_whole(bytes, {"another passphrase", key}));
    EXPECT_EQ(read_whole(bytes).error().detail, "is sealed: its passphrase is needed");
    EXPECT_EQ(read_whole(bytes, {"another passphrase", {}}).error().detail, "the passphrase does not open it");
    EXPECT_EQ(read_whole(bytes, {{}, seals::OpeningKey::random()}).error().detail, "was sealed for another key");
    EXPECT_EQ(read_whole(backup_of("", {{}, {key.recipient()}})).error().detail,
              "is sealed: the key file of its recipient is needed");
}

TEST(Container, says_that_a_newer_kula_made_it) {
    auto bytes = backup_of("some bytes");
    bytes.replace(bytes.find('1'), 1, "27");
    EXPECT_NE(read_whole(bytes).error().detail.find("format 27"), std::string::npos);
    EXPECT_EQ(read_whole("a text\n\nof somebody").error().detail, "is no backup, or its beginning is damaged");
    EXPECT_FALSE(read_whole(std::string(1'000'000, 'k')));
}

}  // namespace
}  // namespace kula::backup
