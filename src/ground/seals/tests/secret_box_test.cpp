#include "seals/secret_box.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "seals/digest.hpp"

namespace kula::seals {
namespace {

class KeyFile : public ::testing::Test {
public:
    ~KeyFile() override { std::filesystem::remove_all(folder_); }

protected:
    KeyFile() {
        auto name = (std::filesystem::temp_directory_path() / "kula-seals-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
        folder_ = name;
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_ / "secret.key"; }
    void write(std::string_view bytes, std::filesystem::perms permissions) const {
        std::ofstream(file(), std::ios::binary) << bytes;
        std::filesystem::permissions(file(), permissions);
    }

private:
    std::filesystem::path folder_;
};

constexpr auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

TEST_F(KeyFile, is_made_once_for_its_owner_alone) {
    auto const box = SecretBox::open(file());
    ASSERT_TRUE(box) << box.error().detail;
    EXPECT_EQ(std::filesystem::status(file()).permissions(), owner_only);
    EXPECT_EQ(std::filesystem::file_size(file()), 32U);
    auto const again = SecretBox::open(file());
    ASSERT_TRUE(again);
    EXPECT_EQ(*again->open(box->seal("secret", "p"), "p"), "secret");
    auto const beside = std::filesystem::directory_iterator(file().parent_path());
    EXPECT_EQ(std::distance(begin(beside), end(beside)), 1);
}

TEST_F(KeyFile, is_the_same_for_all_who_make_it_at_once) {
    std::vector<std::string> sealed(8);
    {
        std::vector<std::jthread> threads;
        for (auto& text : sealed) {
            threads.emplace_back([this, &text] {
                auto const box = SecretBox::open(file());
                if (box) text = box->seal("secret", "p");
            });
        }
    }
    auto const box = SecretBox::open(file());
    ASSERT_TRUE(box);
    for (auto const& text : sealed) EXPECT_TRUE(box->open(text, "p"));
}

TEST_F(KeyFile, is_refused_when_others_may_read_it) {
    write(std::string(32, 'k'), owner_only | std::filesystem::perms::group_read);
    auto const box = SecretBox::open(file());
    ASSERT_FALSE(box);
    EXPECT_EQ(box.error().fault, base::Fault::invalid);
    EXPECT_NE(box.error().detail.find(file().string()), std::string::npos);
    EXPECT_EQ(box.error().detail.find("kkk"), std::string::npos);
    std::filesystem::permissions(file(), owner_only);
    EXPECT_TRUE(SecretBox::open(file()));
}

TEST_F(KeyFile, is_refused_when_it_does_not_hold_32_bytes) {
    for (auto const size : {0U, 31U, 33U, 100U}) {
        write(std::string(size, 'k'), owner_only);
        EXPECT_EQ(SecretBox::open(file()).error().fault, base::Fault::invalid) << size;
    }
}

TEST_F(KeyFile, is_unavailable_where_it_cannot_be_made) {
    auto const box = SecretBox::open(file() / "nowhere" / "secret.key");
    ASSERT_FALSE(box);
    EXPECT_EQ(box.error().fault, base::Fault::unavailable);
    EXPECT_EQ(SecretBox::open(file().parent_path()).error().fault, base::Fault::invalid);
}

SecretBox box_of(char letter) {
    std::array<std::uint8_t, 32> key{};
    key.fill(static_cast<std::uint8_t>(letter));
    return SecretBox(key);
}

TEST(SecretBox, opens_what_it_sealed) {
    auto const box = box_of('k');
    for (auto const& secret : {std::string(), std::string("s"), random_bytes(5'000)}) {
        auto const sealed = box.seal(secret, "totp:1");
        EXPECT_EQ(*box.open(sealed, "totp:1"), secret);
    }
    EXPECT_EQ(*box.open(box.seal("secret", ""), ""), "secret");
}

/// Test case 14 of the GCM specification (McGrew, Viega; NIST): sealing takes another nonce each time, so it is opening
/// that can be held against the vector.
TEST(SecretBox, opens_a_known_answer) {
    std::array<std::uint8_t, 32> const zeros{};
    std::string const nonce(12, '\0');
    std::string const cipher("\xce\xa7\x40\x3d\x4d\x60\x6b\x6e\x07\x4e\xc5\xd3\xba\xf3\x9d\x18", 16);
    std::string const tag("\xd0\xd1\xc8\xa7\x99\x99\x6b\xf0\x26\x5b\x98\xb5\xd4\x8a\xb9\x19", 16);
    auto const opened = SecretBox(zeros).open("1." + base64url(nonce + cipher + tag), "");
    ASSERT_TRUE(opened);
    EXPECT_EQ(*opened, std::string(16, '\0'));
}

TEST(SecretBox, seals_the_same_secret_to_another_text_each_time) {
    auto const box = box_of('k');
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) seen.insert(box.seal("secret", "p"));
    EXPECT_EQ(seen.size(), 100U);
}

TEST(SecretBox, does_not_open_for_another_purpose_or_with_another_key) {
    auto const sealed = box_of('k').seal("secret", "totp:1");
    auto const moved = box_of('k').open(sealed, "totp:2");
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().fault, base::Fault::invalid);
    EXPECT_EQ(moved.error().detail.find("secret:"), std::string::npos);
    EXPECT_FALSE(box_of('l').open(sealed, "totp:1"));
}

TEST(SecretBox, does_not_open_what_was_altered_or_cut) {
    auto const box = box_of('k');
    auto const sealed = box.seal("secret", "p");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto altered = sealed;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(box.open(altered, "p")) << i;
        EXPECT_FALSE(box.open(sealed.substr(0, i), "p")) << i;
    }
    EXPECT_FALSE(box.open(sealed + "AAAA", "p"));
}

}  // namespace
}  // namespace kula::seals
