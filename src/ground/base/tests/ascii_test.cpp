#include "base/ascii.hpp"

#include <gtest/gtest.h>

namespace kula::base {
namespace {

TEST(Text, is_trimmed_of_blanks_or_of_what_is_asked) {
    EXPECT_EQ(trimmed(" \t\v\f\r\n a b \n"), "a b");
    EXPECT_EQ(trimmed(" \r\n"), "");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed(" a\r ", " "), "a\r");
}

TEST(Text, is_shown_in_one_line) {
    EXPECT_EQ(one_line("a\r\nb\tш\x7f"), "a  b ш ");
    EXPECT_EQ(one_line(""), "");
}

TEST(Text, is_not_cut_inside_a_letter) {
    std::string_view const text = "aш€";  // 1, 2 and 3 bytes.
    EXPECT_EQ(beginning(text, 6), text);
    EXPECT_EQ(beginning(text, 5), "aш");
    EXPECT_EQ(beginning(text, 3), "aш");
    EXPECT_EQ(beginning(text, 2), "a");
    EXPECT_EQ(beginning(text, 0), "");
    EXPECT_EQ(beginning("\xb0\xb0\xb0", 2), "");
}

}  // namespace
}  // namespace kula::base
