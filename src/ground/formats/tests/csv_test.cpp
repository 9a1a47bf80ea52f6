#include "formats/csv.hpp"

#include <gmock/gmock.h>

#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;

/// Rows as `line:a|b`, faults as `line!reason`.
std::vector<std::string> rows_of(std::string const& text, std::size_t piece = std::size_t(-1), char delimiter = ',',
                                 InputEnd end = InputEnd::reached) {
    CsvReader reader(delimiter);
    std::vector<std::string> rows;
    std::string held;
    std::size_t at = 0;
    do {
        auto const taken = std::min(piece, text.size() - at);
        held += text.substr(at, taken);
        at += taken;
        auto rest = bytes_of(held);
        for (;;) {
            auto const next = reader.next(rest, at == text.size() ? end : InputEnd::not_yet);
            if (next == CsvReader::Next::nothing) break;
            auto row = std::to_string(reader.line());
            if (next == CsvReader::Next::broken) {
                rows.push_back(row + "!" + std::string(reader.reason()));
                continue;
            }
            char mark = ':';
            for (auto const field : reader.fields()) {
                row += mark + std::string(field);
                mark = '|';
            }
            rows.push_back(row);
        }
        held = held.substr(held.size() - rest.size());
    } while (at < text.size());
    EXPECT_TRUE(held.empty()) << text;
    return rows;
}

TEST(Csv, takes_plain_rows) {
    EXPECT_THAT(rows_of("a,b,c\r\n1,,3\n,\nlast,row"), ElementsAre("1:a|b|c", "2:1||3", "3:|", "4:last|row"));
    EXPECT_THAT(rows_of(""), ElementsAre());
    EXPECT_THAT(rows_of("\n\r\n\n"), ElementsAre());
    EXPECT_THAT(rows_of("a\n\n\r\nb\r"), ElementsAre("1:a", "4:b"));
}

TEST(Csv, takes_quoted_fields_with_delimiters_quotes_and_line_ends) {
    EXPECT_THAT(rows_of("\"a,b\",\"c\"\"d\"\r\n\"e\nf\r\ng\",h\ni,\"\"\n"),
                ElementsAre("1:a,b|c\"d", "2:e\nf\r\ng|h", "5:i|"));
    EXPECT_THAT(rows_of("a\"b,c\"\n\"x\"\r"), ElementsAre("1:a\"b|c\"", "2:x"));
}

TEST(Csv, steps_over_a_byte_order_mark_at_the_front_only) {
    EXPECT_THAT(rows_of("\xef\xbb\xbf"
                        "a,b\n\xef\xbb\xbf"
                        "c\n"),
                ElementsAre("1:a|b",
                            "2:\xef\xbb\xbf"
                            "c"));
    EXPECT_THAT(rows_of("\xef\xbb"), ElementsAre("1:\xef\xbb"));
}

TEST(Csv, goes_on_behind_a_row_whose_quotes_do_not_match) {
    EXPECT_THAT(rows_of("a,b\n\"c\"d,e\nf,g\n"), ElementsAre("1:a|b", "2!quotes do not match", "3:f|g"));
    EXPECT_THAT(rows_of("a,\"b\nc,d\ne,f"), ElementsAre("1!quotes do not match", "2:c|d", "3:e|f"));
}

TEST(Csv, takes_quotes_behind_a_backslash_for_text_where_they_would_not_match_else) {
    EXPECT_THAT(rows_of(R"(a,"realm=\"\"box\"\"",b)"
                        "\n"
                        R"("c\",d)"
                        "\n"
                        R"("e\"",f)"
                        "\n"
                        R"("\\"g",h)"
                        "\n"),
                ElementsAre(R"(1:a|realm=""box""|b)", R"(2:c\|d)", R"(3:e"|f)", "4!quotes do not match"));
}

TEST(Csv, drops_a_row_that_the_input_broke_off_in) {
    EXPECT_THAT(rows_of("a,b\nc,d", std::size_t(-1), ',', InputEnd::cut), ElementsAre("1:a|b"));
    EXPECT_THAT(rows_of("a,b\n\"c", std::size_t(-1), ',', InputEnd::cut), ElementsAre("1:a|b"));
    EXPECT_THAT(rows_of("a,b\n\"c\"", std::size_t(-1), ',', InputEnd::cut), ElementsAre("1:a|b"));
}

TEST(Csv, steps_over_a_row_that_is_too_long) {
    auto const exact = std::string(longest_csv_row - 1, 'y') + "\n";
    auto const text = "a\n" + std::string(longest_csv_row, 'x') + "\n" + exact + "\"" +
                      std::string(longest_csv_row, 'z') + "\nb\"\nc";
    for (std::size_t const piece : {std::size_t(-1), std::size_t{65536}, longest_csv_row + 1}) {
        auto const rows = rows_of(text, piece);
        ASSERT_EQ(rows.size(), 6u);
        EXPECT_EQ(rows[1], "2!row is too long");
        EXPECT_EQ(rows[2].size(), longest_csv_row + 1);
        EXPECT_EQ(rows[3], "4!row is too long");
        EXPECT_EQ(rows[4], "5:b\"");
        EXPECT_EQ(rows[5], "6:c");
    }
}

TEST(Csv, finds_the_delimiter_of_a_header) {
    EXPECT_EQ(CsvReader::delimiter_of("a,b;c,d"), ',');
    EXPECT_EQ(CsvReader::delimiter_of("a;b;c,d"), ';');
    EXPECT_EQ(CsvReader::delimiter_of("a\tb"), '\t');
    EXPECT_EQ(CsvReader::delimiter_of("a|b"), '|');
    EXPECT_EQ(CsvReader::delimiter_of("a"), ',');
}

TEST(Csv, gives_the_same_rows_however_it_is_split) {
    std::mt19937 random(7);
    static constexpr std::string_view letters = "ab,\"\"\n\r\n\xef\xbb\xbf";
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (auto length = random() % 30; length > 0; --length) text += letters[random() % letters.size()];
        for (auto const end : {InputEnd::reached, InputEnd::cut}) {
            auto const whole = rows_of(text, std::size_t(-1), ',', end);
            for (std::size_t piece = 1; piece < 6; ++piece) EXPECT_EQ(rows_of(text, piece, ',', end), whole) << text;
        }
    }
}

TEST(Csv, writes_fields_that_it_reads_again) {
    EXPECT_EQ(csv_field("plain text"), "plain text");
    EXPECT_EQ(csv_field("a \"b\""), "\"a \"\"b\"\"\"");
    for (std::string const text : {"", "a,b", "a;b", "a\tb", "\"", "two\r\nlines", "'"})
        EXPECT_EQ(rows_of(csv_field(text) + ",x", std::size_t(-1)), rows_of(csv_field(text) + ",x", 1)) << text;
    std::string const row = csv_field("a,\"b\"\n") + ',' + csv_field("c");
    CsvReader reader;
    auto rest = std::as_bytes(std::span(std::string_view(row)));
    ASSERT_EQ(reader.next(rest, InputEnd::reached), CsvReader::Next::row);
    ASSERT_EQ(reader.fields().size(), 2u);
    EXPECT_EQ(reader.fields()[0], "a,\"b\"\n");
    EXPECT_EQ(reader.fields()[1], "c");
}

TEST(Csv, guards_what_a_spreadsheet_would_compute_and_takes_the_guard_off_again) {
    for (std::string const text :
         {"=1+1", "+389 2 555 100", "-1", "@sum", "\tx", "plain", "", "'quoted'", "a=b", "'=1", "''@a", "'", "''"})
        EXPECT_EQ(without_guard(guarded_from_spreadsheets(text)), text);
    EXPECT_EQ(guarded_from_spreadsheets("+1"), "'+1");
    EXPECT_EQ(guarded_from_spreadsheets("a+1"), "a+1");
    EXPECT_EQ(guarded_from_spreadsheets("'=1"), "''=1");
    EXPECT_EQ(without_guard("'a"), "'a") << "no guard of ours";
}

}  // namespace
}  // namespace kula::formats
