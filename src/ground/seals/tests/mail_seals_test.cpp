// What is signed and encrypted for mail opens with the tools that its readers have: gpg and openssl.

#include <gmock/gmock.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "example_keys.hpp"
#include "openpgp_engine.hpp"
#include "seals/openpgp_signer.hpp"
#include "seals/smime.hpp"
#include "seals_testing/example_key.hpp"

namespace {

using namespace kula;
using namespace kula::seals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A little later than certificates that a test makes become valid.
base::Instant const now =
    std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now() + std::chrono::hours(1));

class MailSealsTest : public ::testing::Test {
protected:
    MailSealsTest() {
        std::string name = (std::filesystem::temp_directory_path() / "kula-mail-seals-XXXXXX").string();
        folder = mkdtemp(name.data());
    }
    ~MailSealsTest() override {
        run("gpgconf --homedir " + folder.string() + " --kill gpg-agent");
        std::error_code fault;
        do std::filesystem::remove_all(folder, fault);
        while (fault == std::errc::no_such_file_or_directory);
    }
    /// In the folder; what it printed, errors among it.
    std::string run(std::string const& command) const {
        std::string out;
        auto* const pipe = popen(("cd " + folder.string() + " && (" + command + ") 2>&1").c_str(), "r");
        if (pipe == nullptr) throw std::runtime_error("a shell cannot be run");
        for (int c = 0; (c = fgetc(pipe)) != EOF;) out.push_back(static_cast<char>(c));
        pclose(pipe);
        return out;
    }
    std::string gpg(std::string const& arguments) const {
        return run("gpg --homedir . --batch --pinentry-mode loopback --passphrase '' --trust-model always " +
                   arguments);
    }
    std::filesystem::path write(std::string const& name, std::string_view bytes) const {
        auto const file = folder / name;
        std::ofstream(file, std::ios::binary) << bytes;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return file;
    }
    std::string read(std::string const& name) const {
        std::ifstream file(folder / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    OpenPgpSigner team() const {
        gpg("--quick-gen-key 'Example CSIRT <team@csirt.example>' ed25519 sign never");
        gpg("--armor --output team.asc --export-secret-keys team@csirt.example");
        std::filesystem::permissions(folder / "team.asc", std::filesystem::perms::owner_read);
        return OpenPgpSigner::open(folder / "team.asc").value();
    }
    /// With its secret key in the folder's keyring.
    std::string public_key_of(std::string const& address) const {
        gpg("--quick-gen-key '" + address + "' default default never");
        gpg("--armor --output " + address + ".asc --export " + address);
        return read(address + ".asc");
    }
    /// `NAME.pem` for everybody, `NAME.key`, and `NAME.all` with both.
    std::string certificate(std::string const& name, std::string const& algorithm,
                            std::string const& extensions = {}) const {
        run("openssl req -x509 -newkey " + algorithm + " -nodes -keyout " + name + ".key -out " + name +
            ".pem -days 30 -subj '/CN=" + name + "' -addext subjectAltName=email:" + name + "@bank.example " +
            extensions + " && (umask 077; cat " + name + ".pem " + name + ".key > " + name + ".all)");
        return read(name + ".pem");
    }

    std::filesystem::path folder;
};

constexpr char const* rsa = "rsa:2048";
constexpr char const* curve = "ec -pkeyopt ec_paramgen_curve:prime256v1";
std::string const entity = "Content-Type: text/plain; charset=utf-8\r\n\r\nНаод / gjetje.\r\n";

TEST_F(MailSealsTest, openpgp_opens_for_each_recipient_and_is_signed_within) {
    auto const signer = team();
    std::vector<std::string> const keys{public_key_of("soc@bank.example"), public_key_of("noc@bank.example")};
    auto const sealed = signer.sign_and_encrypt(entity, keys);
    ASSERT_TRUE(sealed.has_value()) << sealed.error().detail;
    EXPECT_THAT(*sealed, AllOf(StartsWith("-----BEGIN PGP MESSAGE-----"), Not(HasSubstr("gjetje"))));
    write("mail.asc", *sealed);
    for (auto const* const reader : {"soc@bank.example", "noc@bank.example"}) {
        auto const told =
            gpg("--status-fd 1 --yes --output opened --try-secret-key " + std::string(reader) + " --decrypt mail.asc");
        EXPECT_THAT(told, AllOf(HasSubstr("DECRYPTION_OKAY"), HasSubstr("VALIDSIG " + signer.signing_fingerprint())));
        EXPECT_EQ(read("opened"), entity) << "to the byte";
    }
    EXPECT_THAT(gpg("--list-packets --verbose mail.asc"), Not(HasSubstr("pubkey enc packet: version 3, algo 22")));
}

TEST_F(MailSealsTest, openpgp_signs_beside_and_says_with_which_digest) {
    auto const signer = team();
    auto const made = signer.sign_beside(entity);
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    EXPECT_THAT(made->digest, StartsWith("pgp-sha"));
    write("signed", entity);
    write("signed.asc", made->armoured);
    EXPECT_THAT(gpg("--status-fd 1 --verify signed.asc signed"), HasSubstr("GOODSIG"));
}

TEST_F(MailSealsTest, openpgp_is_never_encrypted_to_a_key_that_is_not_to_be_used) {
    auto const signer = team();
    auto const refusal = [&](std::string_view key) {
        std::vector<std::string> const keys{std::string(seals::testing::example_key), std::string(key)};
        auto const sealed = signer.sign_and_encrypt(entity, keys);
        return sealed ? "encrypted" : sealed.error().detail;
    };
    EXPECT_EQ(refusal(seals::testing::example_key), "encrypted");
    EXPECT_THAT(refusal(seals::testing::expired_key), AllOf(StartsWith("the key "), HasSubstr(" has expired")));
    EXPECT_THAT(refusal(seals::testing::revoked_key), AllOf(StartsWith("the key "), HasSubstr(" is revoked")));
    EXPECT_THAT(refusal(seals::testing::signing_only_key), HasSubstr(" holds nothing that can be encrypted to now"));
    for (auto const& none : {std::string_view("no key"), seals::testing::private_key, seals::testing::two_in_one_key})
        EXPECT_THAT(refusal(none), HasSubstr("is no single OpenPGP public key"));
}

TEST_F(MailSealsTest, a_gnupg_that_does_not_answer_is_waited_for_no_longer_than_told) {
    run("mkfifo nothing");
    auto const hung = write("gpg", "#!/bin/sh\n[ \"$1\" = --version ] && echo 'gpg (GnuPG) 2.2.40' && exit\nexec 3<>" +
                                       (folder / "nothing").string() + "\nread -r line <&3\n");
    std::filesystem::permissions(hung, std::filesystem::perms::owner_all);
    openpgp::Home const home(openpgp::Agent::none);
    auto const context = openpgp::new_context(home);
    ASSERT_EQ(gpgme_ctx_set_engine_info(context.get(), GPGME_PROTOCOL_OpenPGP, hung.c_str(), home.path().c_str()), 0U);
    auto const begin = std::chrono::steady_clock::now();
    openpgp::Deadline const deadline(home, std::chrono::milliseconds(200));
    gpgme_key_t none = nullptr;
    EXPECT_NE(gpgme_get_key(context.get(), "962185379DE0126DC9D1EBA552CEE0572F009FBD", &none, 0), 0U);
    EXPECT_TRUE(deadline.is_over());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(MailSealsTest, smime_opens_for_each_recipient_and_is_signed_within) {
    certificate("team", rsa);
    std::vector<std::string> const readers{certificate("soc", rsa), certificate("noc", curve)};
    auto const signer = SmimeSigner::open(folder / "team.all");
    ASSERT_TRUE(signer.has_value()) << signer.error().detail;
    EXPECT_THAT(signer->certificate().emails, ::testing::ElementsAre("team@bank.example"));
    auto const signed_data = signer->sign(entity, now);
    ASSERT_TRUE(signed_data.has_value()) << signed_data.error().detail;
    auto const sealed = encrypt_smime(*signed_data, readers, now);
    ASSERT_TRUE(sealed.has_value()) << sealed.error().detail;
    write("mail.der", *sealed);
    for (std::string const reader : {"soc", "noc"}) {
        auto const told =
            run("openssl cms -decrypt -inform DER -in mail.der -binary -inkey " + reader + ".key -recip " + reader +
                ".pem -out signed.der && openssl cms -verify -inform DER -in signed.der -binary " +
                "-CAfile team.pem -purpose any -out opened");
        EXPECT_THAT(told, HasSubstr("Verification successful")) << reader << ": " << told;
        EXPECT_EQ(read("opened"), entity);
        std::filesystem::remove(folder / "opened");
    }
    EXPECT_THAT(run("openssl cms -cmsout -print -inform DER -in mail.der"),
                AllOf(HasSubstr("aes-256-cbc"), HasSubstr("dhSinglePass-stdDH-sha256kdf-scheme")));
}

TEST_F(MailSealsTest, smime_is_never_encrypted_to_a_certificate_that_is_not_to_be_used) {
    auto const refusal = [](std::string_view text, base::Instant at = now) {
        std::vector<std::string> const readers{std::string(text)};
        auto const sealed = encrypt_smime(entity, readers, at);
        return sealed ? "encrypted" : sealed.error().detail;
    };
    auto const soc = certificate("soc", rsa);
    EXPECT_EQ(refusal(soc), "encrypted");
    EXPECT_THAT(refusal(soc, now - std::chrono::days(2)), HasSubstr("is not valid yet"));
    EXPECT_THAT(refusal(soc, now + std::chrono::days(31)), HasSubstr("has expired"));
    EXPECT_THAT(refusal(seals::testing::mail_signing_only_certificate), HasSubstr("is not for encrypting mail"));
    EXPECT_EQ(refusal("none"), "what is to be encrypted to is no single X.509 certificate, PEM or DER");
}

TEST_F(MailSealsTest, smime_signs_only_with_what_can) {
    auto const refusal = [](std::filesystem::path const& file) {
        auto const opened = SmimeSigner::open(file);
        return opened ? "taken" : opened.error().detail;
    };
    auto const one = certificate("one", rsa);
    certificate("other", rsa);
    certificate("server", rsa, "-addext extendedKeyUsage=serverAuth");
    EXPECT_EQ(refusal(folder / "one.all"), "taken");
    EXPECT_EQ(refusal(folder / "server.all"), "holds a certificate that is not for signing mail");
    EXPECT_EQ(refusal(write("mixed", one + read("other.key"))), "holds a private key of another certificate");
    EXPECT_EQ(refusal(write("public", one)), "holds no private key that can be read without a password");
    EXPECT_EQ(refusal(write("key", read("one.key"))), "holds no certificate that can be read");
    auto const signer = SmimeSigner::open(folder / "one.all");
    EXPECT_THAT(signer->sign(entity, now + std::chrono::days(31)).error().detail, HasSubstr("has expired"));
}

}  // namespace
