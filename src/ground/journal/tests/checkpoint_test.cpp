#include "journal/checkpoint.hpp"

#include <gtest/gtest.h>

#include "seals/digest.hpp"

namespace kula::journal {
namespace {

using namespace std::string_literals;

seals::SigningKey key() { return *seals::SigningKey::from_seed(std::string(32, 'k')); }

Checkpoint sample() {
    return sign({1042, seals::hex(seals::sha256("entry"))}, base::from_microseconds(1'795'600'800'000'000), key());
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    return text.replace(text.find(what), what.size(), by);
}

TEST(Checkpoint, reads_as_lines_of_name_and_value) {
    auto const text = to_text(sample());
    EXPECT_TRUE(text.starts_with("kula-journal-checkpoint: 1\nsequence: 1042\nhash: ")) << text;
    EXPECT_NE(text.find("\nat: 2026-11-25T10:00:00.000000Z\npublic-key: "), std::string::npos) << text;
    EXPECT_EQ(text, to_text(sample())) << "Ed25519 signs the same text alike";
}

TEST(Checkpoint, comes_back_as_what_was_signed) {
    auto const parsed = parse_checkpoint(to_text(sample()));
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->head.sequence, 1042);
    EXPECT_EQ(parsed->head.hash, sample().head.hash);
    EXPECT_EQ(parsed->at, sample().at);
    EXPECT_EQ(parsed->public_key, key().public_key());
    EXPECT_EQ(to_text(*parsed), to_text(sample()));
}

TEST(Checkpoint, stands_for_an_empty_chain_too) {
    auto const parsed = parse_checkpoint(to_text(sign({}, base::from_microseconds(0), key())));
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->head.sequence, 0);
    EXPECT_EQ(parsed->head.hash, "");
}

TEST(Checkpoint, does_not_hold_when_any_letter_is_altered) {
    auto const text = to_text(sample());
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        auto altered = text;
        altered[i] = altered[i] == '1' ? '2' : '1';
        auto const parsed = parse_checkpoint(altered);
        ASSERT_FALSE(parsed) << altered;
        EXPECT_EQ(parsed.error().fault, base::Fault::invalid);
    }
}

TEST(Checkpoint, names_the_line_that_is_wrong) {
    auto const text = to_text(sample());
    auto const detail = [](std::string const& altered) { return parse_checkpoint(altered).error().detail; };
    EXPECT_EQ(detail(""), "checkpoint, line 1: does not begin with `kula-journal-checkpoint: `");
    EXPECT_EQ(detail(replaced(text, ": 1\n", ": 2\n")),
              "checkpoint, line 1: `kula-journal-checkpoint` has no such value");
    EXPECT_EQ(detail(replaced(text, "1042", "01042")), "checkpoint, line 2: `sequence` has no such value");
    EXPECT_EQ(detail(replaced(text, "1042", "-1")), "checkpoint, line 2: `sequence` has no such value");
    EXPECT_EQ(detail(replaced(text, "1042", "0")), "checkpoint, line 3: `hash` has no such value");
    EXPECT_EQ(detail(replaced(text, "hash: ", "hash: A")), "checkpoint, line 3: `hash` has no such value");
    EXPECT_EQ(detail(replaced(text, ".000000Z", "Z")), "checkpoint, line 4: `at` has no such value");
    EXPECT_EQ(detail(replaced(text, "public-key: ", "public-key:  ")),
              "checkpoint, line 5: `public-key` has no such value");
    EXPECT_EQ(detail(replaced(text, "1042", "1043")),
              "checkpoint, line 6: the signature does not hold for the lines above it");
    EXPECT_EQ(detail(text + "more\n"), "checkpoint, line 7: nothing stands behind the signature");
    EXPECT_EQ(detail(replaced(text, "\n", "\r\n")), "checkpoint, line 1: `kula-journal-checkpoint` has no such value");
    EXPECT_EQ(detail(std::string(2'000, 'x')), "checkpoint: is longer than 1,000 bytes");
}

}  // namespace
}  // namespace kula::journal
