#include "seals/stream_key.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "aead.hpp"
#include "seals/digest.hpp"

namespace kula::seals {
namespace {

std::string from_hex(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        out += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
    return out;
}

TEST(Hkdf, agrees_with_rfc_5869) {  // Appendix A.1, the first 32 bytes.
    auto const key = hkdf_sha256(from_hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                                 from_hex("000102030405060708090a0b0c"), from_hex("f0f1f2f3f4f5f6f7f8f9"));
    EXPECT_EQ(hex(key), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

TEST(StreamKey, is_unwrapped_by_its_passphrase_only) {
    auto const key = StreamKey::random();
    auto const wrapped = wrap(key, "seven tall watchtowers");
    EXPECT_EQ(unwrap(wrapped, "seven tall watchtowers")->bytes(), key.bytes());
    EXPECT_EQ(unwrap(wrapped, "seven tall watchtower").error().detail, "the passphrase does not open it");
    auto altered = wrapped;
    altered.wrapped[3] = static_cast<char>(altered.wrapped[3] ^ 1);
    EXPECT_FALSE(unwrap(altered, "seven tall watchtowers"));
    auto dear = wrapped;
    dear.cost = 40;
    EXPECT_EQ(unwrap(dear, "seven tall watchtowers").error().fault, base::Fault::invalid);
}

TEST(StreamKey, is_unwrapped_by_its_recipient_only) {
    auto const key = StreamKey::random();
    auto const opening = OpeningKey::random();
    auto const wrapped = *opening.recipient().wrap(key);
    EXPECT_EQ(opening.unwrap(wrapped)->bytes(), key.bytes());
    EXPECT_FALSE(OpeningKey::random().unwrap(wrapped));
    for (auto const& part : {&RecipientWrap::ephemeral, &RecipientWrap::wrapped}) {
        auto altered = wrapped;
        (altered.*part)[5] = static_cast<char>((altered.*part)[5] ^ 1);
        EXPECT_FALSE(opening.unwrap(altered));
    }
    EXPECT_FALSE(opening.unwrap({std::string(32, '\0'), wrapped.wrapped})) << "a point of small order";
    EXPECT_FALSE(Recipient::parse("kula-recipient-" + base64url(std::string(32, '\0')))->wrap(key));
}

TEST(Recipient, is_told_as_one_text) {
    auto const recipient = OpeningKey::random().recipient();
    EXPECT_EQ(Recipient::parse(recipient.text())->text(), recipient.text());
    for (auto const* text : {"", "kula-recipient-", "kula-recipient-AAAA", "age1abc"})
        EXPECT_FALSE(Recipient::parse(text)) << text;
}

TEST(OpeningKey, is_made_once_and_kept_in_a_file) {
    auto folder = (std::filesystem::temp_directory_path() / "kula-seals-XXXXXX").string();
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    auto const file = std::filesystem::path(folder) / "opening.key";
    EXPECT_EQ(OpeningKey::open(file).error().fault, base::Fault::not_found);
    auto const made = *OpeningKey::make(file);
    EXPECT_EQ(OpeningKey::open(file)->recipient().text(), made.recipient().text());
    EXPECT_EQ(OpeningKey::make(file).error().fault, base::Fault::conflict);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace kula::seals
