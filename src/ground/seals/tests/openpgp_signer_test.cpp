#include "seals/openpgp_signer.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "example_keys.hpp"
#include "seals/public_key.hpp"
#include "seals_testing/example_key.hpp"

namespace {

using namespace kula;
using namespace kula::seals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// Keys made by `gpg` itself, and its word on what was signed.
class OpenpgpSignerTest : public ::testing::Test {
protected:
    OpenpgpSignerTest() {
        std::string name = (std::filesystem::temp_directory_path() / "kula-signer-XXXXXX").string();
        folder = mkdtemp(name.data());
    }
    ~OpenpgpSignerTest() override {
        std::error_code fault;  // The agent that made the keys removes its sockets at the same time.
        do std::filesystem::remove_all(folder, fault);
        while (fault == std::errc::no_such_file_or_directory);
    }

    /// What it printed, errors among it.
    std::string gpg(std::string const& arguments) const {
        std::string out;
        auto const command = "gpg --homedir " + folder.string() + " --batch --status-fd 1 " + arguments + " 2>&1";
        auto* const pipe = popen(command.c_str(), "r");
        if (pipe == nullptr) throw std::runtime_error("gpg cannot be run");
        for (int c = 0; (c = fgetc(pipe)) != EOF;) out.push_back(static_cast<char>(c));
        pclose(pipe);
        return out;
    }
    /// In ASCII armour, without what GnuPG says beside it.
    [[nodiscard]] std::string exported(std::string const& what) const {
        auto const told = gpg("--armor " + what);
        auto const end = told.find('\n', told.find("-----END PGP"));
        auto const begin = told.find("-----BEGIN PGP");
        return begin == std::string::npos ? "" : told.substr(begin, end - begin + 1);
    }
    void make_key(std::string const& passphrase = "''") const {
        gpg("--pinentry-mode loopback --passphrase " + passphrase +
            " --quick-gen-key 'Example CSIRT <team@csirt.example>' ed25519 sign never");
    }
    /// A file that only its owner can read.
    [[nodiscard]] std::filesystem::path secret_key(std::string const& passphrase = "''") const {
        auto const file = folder / "team.asc";
        gpg("--pinentry-mode loopback --passphrase " + passphrase + " --armor --yes --output " + file.string() +
            " --export-secret-keys");
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return file;
    }
    [[nodiscard]] std::filesystem::path file_of(std::string_view text) const {
        auto const file = folder / "other.asc";
        std::filesystem::remove(file);
        std::ofstream(file) << text;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        return file;
    }
    static std::string refusal(std::filesystem::path const& file) {
        auto const opened = OpenPgpSigner::open(file);
        return opened ? "taken" : opened.error().detail;
    }

    std::filesystem::path folder;
};

TEST_F(OpenpgpSignerTest, signs_what_gnupg_verifies_with_the_public_key) {
    make_key();
    auto const signer = OpenPgpSigner::open(secret_key());
    ASSERT_TRUE(signer.has_value()) << signer.error().detail;
    EXPECT_THAT(gpg("--with-colons --fingerprint"), HasSubstr("fpr:::::::::" + signer->fingerprint() + ":"));
    auto const told = signer->clear_sign("Contact: mailto:team@csirt.example\n- a line that begins with a dash\n");
    ASSERT_TRUE(told.has_value()) << told.error().detail;
    EXPECT_THAT(*told, StartsWith("-----BEGIN PGP SIGNED MESSAGE-----\n"));
    EXPECT_THAT(*told, HasSubstr("\nContact: mailto:team@csirt.example\n"));
    auto const file = folder / "signed.txt";
    std::ofstream(file) << *told;
    EXPECT_THAT(gpg("--verify " + file.string()), HasSubstr("VALIDSIG " + signer->fingerprint()));
    auto broken = *told;
    broken.replace(broken.find("team@"), 5, "tear@");
    std::ofstream(file) << broken;
    EXPECT_THAT(gpg("--verify " + file.string()), HasSubstr("BADSIG"));
}

TEST_F(OpenpgpSignerTest, tells_which_subkey_signs_so_that_the_published_key_can_be_asked_for_it) {
    make_key();
    auto const without = exported("--export");
    auto const primary = OpenPgpSigner::open(secret_key())->fingerprint();
    gpg("--pinentry-mode loopback --passphrase '' --quick-add-key " + primary + " ed25519 sign never");
    auto const signer = OpenPgpSigner::open(file_of(exported("--export-secret-subkeys")));
    ASSERT_TRUE(signer.has_value()) << signer.error().detail;
    EXPECT_EQ(signer->fingerprint(), primary);
    EXPECT_NE(signer->signing_fingerprint(), primary);
    EXPECT_FALSE(verifies_for(without, signer->signing_fingerprint()).value())
        << "published before the subkey was made";
    EXPECT_TRUE(verifies_for(exported("--export"), signer->signing_fingerprint()).value());
    EXPECT_FALSE(verifies_for(seals::testing::example_key, signer->signing_fingerprint()).value());
    EXPECT_FALSE(verifies_for("", signer->signing_fingerprint()).has_value());
}

std::vector<std::filesystem::path> homes_of(pid_t process) {
    std::vector<std::filesystem::path> out;
    auto const name = "kula-openpgp-" + std::to_string(process) + "-";
    for (auto const& folder : {std::filesystem::temp_directory_path(), std::filesystem::path("/dev/shm")}) {
        std::error_code none;
        for (auto const& entry : std::filesystem::directory_iterator(folder, none)) {
            if (entry.path().filename().string().starts_with(name)) out.push_back(entry.path());
        }
    }
    return out;
}

TEST_F(OpenpgpSignerTest, leaves_no_key_behind) {
    make_key();
    ASSERT_TRUE(OpenPgpSigner::open(secret_key()).has_value());
    EXPECT_THAT(homes_of(getpid()), IsEmpty());
    ASSERT_FALSE(OpenPgpSigner::open(file_of(seals::testing::private_key)).has_value());
    ASSERT_FALSE(OpenPgpSigner::open(file_of("nothing of the kind")).has_value());
    EXPECT_THAT(homes_of(getpid()), IsEmpty());
}

TEST_F(OpenpgpSignerTest, removes_what_a_killed_process_left) {
    pid_t const gone = fork();
    if (gone == 0) _exit(0);
    ASSERT_EQ(waitpid(gone, nullptr, 0), gone);
    auto const left = std::filesystem::temp_directory_path() / ("kula-openpgp-" + std::to_string(gone) + "-abcdef");
    auto const used = std::filesystem::temp_directory_path() / ("kula-openpgp-" + std::to_string(getpid()) + "-abcdef");
    std::filesystem::create_directories(left / "private-keys-v1.d");
    std::filesystem::create_directories(used);
    (void)OpenPgpSigner::open(folder / "missing");
    EXPECT_THAT(homes_of(gone), IsEmpty());
    EXPECT_THAT(homes_of(getpid()), ElementsAre(used));
    std::filesystem::remove(used);
}

TEST_F(OpenpgpSignerTest, says_why_a_file_cannot_sign) {
    make_key("secret");
    EXPECT_EQ(refusal(secret_key("secret")), "asks for a passphrase, and nobody is there to tell it");
    EXPECT_EQ(refusal(file_of(seals::testing::example_key)), "holds no OpenPGP secret key");
    EXPECT_EQ(refusal(file_of(seals::testing::private_key)), "holds no key that can sign now");
    EXPECT_EQ(refusal(file_of(std::string(256 * 1024 + 1, 'x'))), "is longer than 262144 bytes");
    EXPECT_EQ(refusal(folder), "is no file");
    EXPECT_THAT(refusal(folder / "missing"), StartsWith("cannot be read: "));
}

TEST_F(OpenpgpSignerTest, refuses_a_file_that_is_no_key) {
    EXPECT_EQ(refusal(file_of("nothing of the kind")), "holds no OpenPGP secret key");
}

TEST_F(OpenpgpSignerTest, refuses_a_key_that_others_can_read) {
    make_key();
    auto const file = secret_key();
    std::filesystem::permissions(file, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
    EXPECT_THAT(refusal(file), StartsWith("is open to others than its owner"));
}

TEST_F(OpenpgpSignerTest, refuses_several_keys) {
    make_key();
    gpg("--pinentry-mode loopback --passphrase '' --quick-gen-key 'Example Other <other@csirt.example>' ed25519 sign "
        "never");
    EXPECT_EQ(refusal(secret_key()), "holds several keys; one is wanted");
}

}  // namespace
