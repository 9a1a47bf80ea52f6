#include "seals/public_key.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "example_keys.hpp"
#include "key_texts.hpp"
#include "seals_testing/example_key.hpp"

namespace {

using namespace kula::seals;
using namespace kula::seals::testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

std::string day(kula::base::Instant instant) { return kula::base::to_seconds_text(instant).substr(0, 10); }

std::string refusal(kula::base::Result<PublicKey> const& key) { return key ? "taken" : key.error().detail; }

TEST(OpenpgpKey, tells_whose_it_is_and_until_when_one_can_write_to_it) {
    auto const key = read_openpgp_key("\n  " + std::string(example_key) + "\n\n");
    ASSERT_TRUE(key.has_value()) << key.error().detail;
    EXPECT_EQ(key->text, example_key);
    EXPECT_EQ(key->fingerprint, example_fingerprint);
    EXPECT_THAT(key->names, UnorderedElementsAre("Example SOC <soc@bank.example>", "Example Desk <Desk@Bank.Example>"));
    EXPECT_THAT(key->emails, UnorderedElementsAre("soc@bank.example", "desk@bank.example"));
    EXPECT_THAT(key->issuer, IsEmpty());
    EXPECT_EQ(day(key->valid_from), "2026-01-01");
    ASSERT_TRUE(key->valid_until.has_value());
    EXPECT_EQ(day(*key->valid_until), "2028-01-01") << "the key for encryption ends, the whole does not";
    EXPECT_TRUE(key->can_encrypt);
    EXPECT_FALSE(key->is_revoked);
}

TEST(OpenpgpKey, tells_what_is_over) {
    auto const expired = read_openpgp_key(expired_key);
    ASSERT_TRUE(expired.has_value()) << expired.error().detail;
    EXPECT_EQ(day(expired->valid_until.value()), "2025-01-01");
    EXPECT_TRUE(expired->can_encrypt);
    auto const revoked = read_openpgp_key(revoked_key);
    ASSERT_TRUE(revoked.has_value()) << revoked.error().detail;
    EXPECT_TRUE(revoked->is_revoked);
    EXPECT_THAT(revoked->emails, ElementsAre("gone@bank.example"));
}

TEST(OpenpgpKey, tells_when_nothing_can_be_encrypted_to_it) {
    auto const key = read_openpgp_key(signing_only_key);
    ASSERT_TRUE(key.has_value()) << key.error().detail;
    EXPECT_FALSE(key->can_encrypt);
    EXPECT_FALSE(key->valid_until.has_value());
}

TEST(OpenpgpKey, a_private_key_is_refused_whatever_it_calls_itself) {
    EXPECT_THAT(refusal(read_openpgp_key(private_key)), HasSubstr("is a private key"));
    EXPECT_THAT(refusal(read_openpgp_key(private_relabelled_key)), HasSubstr("is a private key"));
}

TEST(OpenpgpKey, anything_but_one_key_is_refused) {
    EXPECT_THAT(refusal(read_openpgp_key(two_in_one_key)), HasSubstr("several keys"));
    EXPECT_THAT(refusal(read_openpgp_key(std::string(example_key) + std::string(expired_key))), HasSubstr("no single"));
    for (auto const* text : {"", "0xDEADBEEF", "-----BEGIN PGP MESSAGE-----\n\nabcd\n-----END PGP MESSAGE-----"})
        EXPECT_THAT(refusal(read_openpgp_key(text)), HasSubstr("no single")) << text;
    EXPECT_THAT(refusal(read_openpgp_key("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nabcd\n=abcd\n"
                                         "-----END PGP PUBLIC KEY BLOCK-----")),
                HasSubstr("can be read"));
    EXPECT_THAT(refusal(read_openpgp_key(std::string(longest_public_key + 1, 'a'))), HasSubstr("64 KiB"));
}

TEST(OpenpgpKey, leaves_nothing_behind) {
    auto const homes = [] {
        std::size_t count = 0;
        for (auto const& entry : std::filesystem::directory_iterator(std::filesystem::temp_directory_path()))
            if (entry.path().filename().string().starts_with("kula-openpgp-" + std::to_string(getpid()))) ++count;
        return count;
    };
    ASSERT_TRUE(read_openpgp_key(example_key).has_value());
    EXPECT_EQ(homes(), 0u);
}

TEST(KeyTexts, are_fit_to_be_stored_and_shown) {
    EXPECT_EQ(shown("Пример\n<a@b>"), "Пример <a@b>");
    EXPECT_EQ(shown("\xd0"), "?");
    EXPECT_EQ(shown("a\xc0\xaf"), "a??") << "an overlong form";
    EXPECT_EQ(shown("\xed\xa0\x80"), "???") << "half a surrogate pair";
    EXPECT_EQ(shown("\xf0\x9f\x94\x91"), "\xf0\x9f\x94\x91");
}

TEST(SmimeCertificate, tells_whose_it_is_who_says_so_and_until_when) {
    auto const found = read_smime_certificate(mail_certificate);
    ASSERT_TRUE(found.has_value()) << found.error().detail;
    EXPECT_EQ(found->text, mail_certificate);
    EXPECT_EQ(found->fingerprint, "5DD48DE07EDACE03BA8F85F3FFE715467770F6071A8637845A9CE7C6E0073D8A");
    EXPECT_THAT(found->names, ElementsAre("CN=Example SOC,O=Example Bank,C=MK"));
    EXPECT_EQ(found->issuer, "CN=Example SOC,O=Example Bank,C=MK");
    EXPECT_THAT(found->emails, UnorderedElementsAre("soc@bank.example", "desk@bank.example"));
    EXPECT_EQ(day(found->valid_from), "2026-11-25");
    EXPECT_EQ(day(found->valid_until.value()), "2036-11-22");
    EXPECT_TRUE(found->can_encrypt);
}

TEST(SmimeCertificate, tells_when_it_is_not_made_for_encrypted_mail) {
    EXPECT_FALSE(read_smime_certificate(mail_signing_only_certificate).value().can_encrypt);
    EXPECT_FALSE(read_smime_certificate(server_certificate).value().can_encrypt);
}

TEST(SmimeCertificate, anything_but_one_certificate_is_refused) {
    EXPECT_THAT(refusal(read_smime_certificate("-----BEGIN PRIVATE KEY-----\nabcd\n-----END PRIVATE KEY-----")),
                HasSubstr("private key"));
    EXPECT_THAT(refusal(read_smime_certificate(std::string(mail_certificate) + std::string(server_certificate))),
                HasSubstr("no single"));
    for (auto const* text : {"", "x", "-----BEGIN CERTIFICATE-----\nabcd\n-----END CERTIFICATE-----"})
        EXPECT_THAT(refusal(read_smime_certificate(text)), HasSubstr("no single")) << text;
}

}  // namespace
