#include "token_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace kula::client {
namespace {

class TokenFile : public ::testing::Test {
protected:
    std::filesystem::path folder;

    void SetUp() override {
        auto path = (std::filesystem::temp_directory_path() / "kula-client-XXXXXX").string();
        folder = mkdtemp(path.data());
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    [[nodiscard]] std::string write(std::string const& text, mode_t mode = 0600) const {
        auto const path = (folder / "token").string();
        std::ofstream(path) << text;
        EXPECT_EQ(::chmod(path.c_str(), mode), 0);
        return path;
    }
};

TEST_F(TokenFile, holds_one_line) {
    EXPECT_EQ(*read_token(write("kula_abc\n")), "kula_abc");
    EXPECT_EQ(*read_token(write("kula_abc", 0400)), "kula_abc");
    for (auto const& text :
         {std::string(), std::string("\n"), std::string("a b"), std::string("a\nb\n"), std::string(2000, 'x')}) {
        auto const token = read_token(write(text));
        ASSERT_FALSE(token);
        EXPECT_EQ(token.error().fault, base::Fault::invalid);
    }
}

TEST_F(TokenFile, is_refused_where_others_may_read_it) {
    for (mode_t const mode : {0640u, 0604u, 0644u, 0620u, 0602u, 0660u}) {
        auto const token = read_token(write("kula_secret", mode));
        ASSERT_FALSE(token) << mode;
        EXPECT_EQ(token.error().fault, base::Fault::invalid);
        EXPECT_NE(token.error().detail.find("chmod 600"), std::string::npos);
        EXPECT_EQ(token.error().detail.find("kula_secret"), std::string::npos);
    }
}

TEST_F(TokenFile, that_is_missing_or_no_file_is_told) {
    EXPECT_EQ(read_token((folder / "none").string()).error().fault, base::Fault::not_found);
    EXPECT_EQ(read_token(folder.string()).error().fault, base::Fault::invalid);
}

}  // namespace
}  // namespace kula::client
