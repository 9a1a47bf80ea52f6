#include "totp.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base32.hpp"

namespace {

using namespace kula;
using namespace kula::access;

constexpr std::string_view seed = "12345678901234567890";

base::Instant at(std::int64_t unix_time) { return base::from_microseconds(unix_time * 1'000'000); }

TEST(Totp, yields_the_codes_of_rfc_6238) {
    // Appendix B has eight digits; ours are the last six of them.
    EXPECT_EQ(totp_code(seed, totp_step(at(59))), "287082");
    EXPECT_EQ(totp_code(seed, totp_step(at(1111111109))), "081804");
    EXPECT_EQ(totp_code(seed, totp_step(at(1111111111))), "050471");
    EXPECT_EQ(totp_code(seed, totp_step(at(1234567890))), "005924");
    EXPECT_EQ(totp_code(seed, totp_step(at(2000000000))), "279037");
    EXPECT_EQ(totp_code(seed, totp_step(at(20000000000))), "353130");
}

TEST(Totp, takes_one_step_to_either_side) {
    auto const now = at(1234567890);
    auto const step = totp_step(now);
    for (auto const near : {-1, 0, 1}) EXPECT_EQ(totp_match(seed, totp_code(seed, step + near), now, 0), step + near);
    for (auto const far : {-2, 2}) EXPECT_EQ(totp_match(seed, totp_code(seed, step + far), now, 0), std::nullopt);
}

TEST(Totp, takes_no_code_of_a_step_that_was_used) {
    auto const now = at(1234567890);
    auto const step = totp_step(now);
    EXPECT_EQ(totp_match(seed, totp_code(seed, step), now, step), std::nullopt);
    EXPECT_EQ(totp_match(seed, totp_code(seed, step - 1), now, step), std::nullopt);
    EXPECT_EQ(totp_match(seed, totp_code(seed, step + 1), now, step), step + 1);
}

TEST(Totp, overlooks_blanks_and_dashes_and_nothing_else) {
    auto const now = at(1234567890);
    EXPECT_TRUE(totp_match(seed, "005 924", now, 0).has_value());
    EXPECT_TRUE(totp_match(seed, "005-924", now, 0).has_value());
    for (auto const* const other : {"", "5924", "0059240", "005.924", "00592x"})
        EXPECT_FALSE(totp_match(seed, other, now, 0).has_value()) << other;
}

TEST(Totp, tells_an_app_what_it_needs) {
    EXPECT_EQ(
        totp_uri("GEZDGNBV", "Kula MK", "ana@team.example"),
        "otpauth://totp/Kula%20MK:ana%40team.example?secret=GEZDGNBV&issuer=Kula%20MK&algorithm=SHA1&digits=6&period=30");
}

TEST(Base32, writes_the_vectors_of_rfc_4648_without_padding) {
    EXPECT_EQ(base32(""), "");
    EXPECT_EQ(base32("f"), "MY");
    EXPECT_EQ(base32("fo"), "MZXQ");
    EXPECT_EQ(base32("foo"), "MZXW6");
    EXPECT_EQ(base32("foob"), "MZXW6YQ");
    EXPECT_EQ(base32("fooba"), "MZXW6YTB");
    EXPECT_EQ(base32("foobar"), "MZXW6YTBOI");
    EXPECT_EQ(base32(seed), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(RecoveryCodes, are_eighty_bits_in_groups_and_read_in_any_spelling) {
    std::set<std::string> codes;
    for (int i = 0; i < 100; ++i) codes.insert(make_recovery_code());
    EXPECT_EQ(codes.size(), 100u);
    auto const code = *codes.begin();
    EXPECT_EQ(code.size(), 19u);
    EXPECT_EQ(bare_code(code).size(), 16u);
    EXPECT_EQ(bare_code(" abcd efgh-IJKL"), "ABCDEFGHIJKL");
}

}  // namespace
