#include "storage/text.hpp"

#include <gtest/gtest.h>

#include "storage/digest.hpp"

namespace {

using kula::storage::is_storable_text;

TEST(StorableText, is_well_formed_utf8_without_nul_only) {
    EXPECT_TRUE(is_storable_text(""));
    EXPECT_TRUE(is_storable_text("Македонија Shqipëri €\xF0\x9F\x99\x82"));
    EXPECT_FALSE(is_storable_text(std::string_view("a\0b", 3)));
    EXPECT_FALSE(is_storable_text("\xFF"));
    EXPECT_FALSE(is_storable_text("\xC0\xAF"));          // Overlong.
    EXPECT_FALSE(is_storable_text("\xED\xA0\x80"));      // A surrogate.
    EXPECT_FALSE(is_storable_text("\xF4\x90\x80\x80"));  // Beyond U+10FFFF.
    EXPECT_FALSE(is_storable_text("\xE2\x82"));          // Cut off.
}

TEST(Digest, is_sha256) {
    auto const digest = kula::storage::sha256("abc");  // FIPS 180-4's example.
    EXPECT_EQ(digest[0], 0xba);
    EXPECT_EQ(digest[1], 0x78);
    EXPECT_EQ(digest[31], 0xad);
}

}  // namespace
