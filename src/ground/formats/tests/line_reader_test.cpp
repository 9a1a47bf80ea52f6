#include "line_reader.hpp"

#include <gtest/gtest.h>

#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;

std::vector<std::string> lines_of(std::string const& text, std::size_t piece, InputEnd end = InputEnd::reached) {
    LineReader reader;
    std::vector<std::string> lines;
    std::string held;
    for (std::size_t at = 0; at <= text.size(); at += piece) {
        held += text.substr(at, piece);
        auto rest = bytes_of(held);
        bool const is_last = at + piece > text.size();
        std::string_view line;
        for (;;) {
            auto const next = reader.next(rest, is_last ? end : InputEnd::not_yet, line);
            if (next == LineReader::Next::nothing) break;
            lines.push_back(std::to_string(reader.number()) +
                            (next == LineReader::Next::line ? ":" + std::string(line) : " is too long"));
        }
        held = held.substr(held.size() - rest.size());
    }
    EXPECT_TRUE(held.empty());
    return lines;
}

TEST(LineReader, cuts_lines_wherever_the_input_is_split) {
    std::vector<std::string> const expected{"1:a", "2:", "3:bcd", "4:e"};
    for (std::size_t piece = 1; piece < 14; ++piece) EXPECT_EQ(lines_of("a\n\r\nbcd\r\ne", piece), expected);
    EXPECT_EQ(lines_of("a\n", 1), std::vector<std::string>{"1:a"});
    EXPECT_EQ(lines_of("", 1), std::vector<std::string>{});
}

TEST(LineReader, drops_an_unfinished_line_where_the_input_broke_off) {
    EXPECT_EQ(lines_of("a\nbc", 2, InputEnd::cut), std::vector<std::string>{"1:a"});
}

TEST(LineReader, steps_over_a_line_that_is_too_long) {
    auto const text = "a\n" + std::string(longest_line + 1, 'x') + "\nb\n" + std::string(longest_line, 'y') + "\nc";
    for (std::size_t const piece : {text.size() + 1, std::size_t{1} << 20, longest_line + 2}) {
        auto const lines = lines_of(text, piece);
        ASSERT_EQ(lines.size(), 5u);
        EXPECT_EQ(lines[1], "2 is too long");
        EXPECT_EQ(lines[2], "3:b");
        EXPECT_EQ(lines[3].size(), 2 + longest_line);
        EXPECT_EQ(lines[4], "5:c");
    }
}

}  // namespace
}  // namespace kula::formats
