// Proves: lists are read as they come in the wild, and what is no indicator is counted and named without stopping the
// rest.
#include "indicators/list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kula::indicators {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Taken {
    std::vector<std::string> values;
    std::vector<std::string> comments;
    std::vector<std::uint64_t> counts;
    ImportReport report;
};

static Taken read(std::string_view content, ListOptions const& options = {}, std::size_t piece = 7) {
    Taken out;
    ListReader reader(options, [&](Value const& value, Attributes const& attributes) {
        out.values.push_back(value.text());
        out.comments.emplace_back(attributes.comment);
        out.counts.push_back(attributes.count.value_or(0));
    });
    for (; !content.empty(); content.remove_prefix(std::min(piece, content.size())))
        reader.feed(content.substr(0, piece));
    out.report = reader.finish().value();
    return out;
}

TEST(List, takes_one_value_a_line_of_every_kind) {
    auto const taken = read(
        "192.0.2.1\n198.51.100.0/24\n203.0.113.5-203.0.113.9\nAS64500\nbad.example\nhttp://bad.example/x\n"
        "d41d8cd98f00b204e9800998ecf8427e\n2001:db8::/32");
    EXPECT_THAT(taken.values,
                ElementsAre("192.0.2.1", "198.51.100.0/24", "203.0.113.5-203.0.113.9", "AS64500", "bad.example",
                            "http://bad.example/x", "d41d8cd98f00b204e9800998ecf8427e", "2001:db8::/32"));
    EXPECT_EQ(taken.report.read, 8U);
    EXPECT_EQ(taken.report.taken, 8U);
    EXPECT_EQ(taken.report.skipped, 0U);
}

TEST(List, passes_over_comments_and_empty_lines_without_counting_them) {
    auto const taken = read("# head\n\n   \n; also\n\t# indented\n192.0.2.1\n#192.0.2.2\n");
    EXPECT_THAT(taken.values, ElementsAre("192.0.2.1"));
    EXPECT_EQ(taken.report.read, 1U);
}

TEST(List, keeps_what_stands_behind_a_value) {
    auto const taken = read(
        "192.0.2.1\t12\n1.2.3.0/24 ; SBL123\n192.0.2.2 # seen by us\n192.0.2.3#glued; on\n192.0.2.4;x\n"
        "192.0.2.5 7 # both\n192.0.2.6 plain words\n192.0.2.7 - a remark\n");
    EXPECT_THAT(taken.values, ElementsAre("192.0.2.1", "1.2.3.0/24", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5",
                                          "192.0.2.6", "192.0.2.7"));
    EXPECT_THAT(taken.counts, ElementsAre(12U, 0U, 0U, 0U, 0U, 7U, 0U, 0U));
    EXPECT_THAT(taken.comments,
                ElementsAre("", "SBL123", "seen by us", "glued; on", "x", "both", "plain words", "- a remark"));
}

TEST(List, leaves_marks_inside_urls_alone) {
    auto const taken = read("http://bad.example/a;b=1\nhttp://bad.example/a#frag\nhttp://bad.example/x # remark\n");
    EXPECT_THAT(taken.values, ElementsAre("http://bad.example/a;b=1", "http://bad.example/a", "http://bad.example/x"));
}

TEST(List, takes_ranges_with_blanks_around_the_dash) {
    auto const taken =
        read("192.0.2.1 - 192.0.2.9\n192.0.2.1- 192.0.2.9\n192.0.2.1 -192.0.2.9 ; SBL1\n2001:db8::1\t-\t2001:db8::2\n");
    EXPECT_THAT(taken.values, ElementsAre("192.0.2.1-192.0.2.9", "192.0.2.1-192.0.2.9", "192.0.2.1-192.0.2.9",
                                          "2001:db8::1-2001:db8::2"));
    EXPECT_EQ(taken.comments[2], "SBL1");
}

TEST(List, reads_carriage_returns_a_byte_order_mark_and_a_last_line_without_end) {
    auto const taken = read(
        "\xEF\xBB\xBF"
        "192.0.2.1\r\n192.0.2.2\r\n\r\n192.0.2.3");
    EXPECT_THAT(taken.values, ElementsAre("192.0.2.1", "192.0.2.2", "192.0.2.3"));
    EXPECT_EQ(taken.report.skipped, 0U);
}

TEST(List, names_what_it_skips_with_line_text_and_reason_and_goes_on) {
    auto const taken =
        read("# head\n192.0.2.1\nhello world\n\n10.0.0.1\n8.0.0.0/7\n64500\n192.0.2.2 192.0.2.3\n192.0.2.9\n");
    EXPECT_THAT(taken.values, ElementsAre("192.0.2.1", "192.0.2.9"));
    EXPECT_EQ(taken.report.read, 7U);
    EXPECT_EQ(taken.report.skipped, 5U);
    auto const& skipped = taken.report.first_skipped;
    ASSERT_EQ(skipped.size(), 5U);
    EXPECT_EQ(skipped[0].line, 3U);
    EXPECT_EQ(skipped[0].text, "hello world");
    EXPECT_THAT(skipped[0].reason, HasSubstr("no indicator"));
    EXPECT_EQ(skipped[1].line, 5U);
    EXPECT_THAT(skipped[1].reason, HasSubstr("public Internet"));
    EXPECT_THAT(skipped[2].reason, HasSubstr("wider than a /8"));
    EXPECT_EQ(skipped[3].line, 7U);
    EXPECT_THAT(skipped[4].reason, HasSubstr("two values"));
}

TEST(List, takes_reserved_space_when_told) {
    ListOptions options;
    options.reserved = ReservedSpace::allow;
    EXPECT_THAT(read("10.0.0.0/8\n::1\n", options).values, ElementsAre("10.0.0.0/8", "::1"));
}

TEST(List, names_only_so_many_skipped_lines_but_counts_all) {
    ListOptions options;
    options.skipped_kept = 2;
    auto const taken = read("x\ny\nz\n192.0.2.1\n", options);
    EXPECT_EQ(taken.report.first_skipped.size(), 2U);
    EXPECT_EQ(taken.report.skipped, 3U);
}

TEST(List, survives_lines_without_end_and_shows_bounded_clean_text) {
    auto const taken = read(std::string(300'000, 'a') +
                                "\n192.0.2.1\n\x01\xFF"
                                "bin\n" +
                                std::string(150, '\xC3') + "\n",
                            {}, 4096);
    EXPECT_THAT(taken.values, ElementsAre("192.0.2.1"));
    ASSERT_EQ(taken.report.first_skipped.size(), 3U);
    EXPECT_THAT(taken.report.first_skipped[0].reason, HasSubstr("longer than"));
    EXPECT_EQ(taken.report.first_skipped[0].text.size(), 200U);
    EXPECT_EQ(taken.report.first_skipped[1].text, "??bin");
}

TEST(List, reads_the_same_however_it_is_cut) {
    std::string const list = "192.0.2.1\r\n# c\n192.0.2.2 - 192.0.2.3\nx y\nhttp://bad.example/\n";
    for (std::size_t piece = 1; piece < list.size(); ++piece)
        EXPECT_EQ(read(list, {}, piece).values.size(), 3U) << piece;
}

TEST(List, reads_a_real_list_and_names_what_cannot_be_opened) {
    char const* const named = std::getenv("KULA_SHARED_DATA");
    std::filesystem::path const data = named != nullptr ? named : "../shared/data";
    auto const file = data / "indicators" / "ipsum_l1.txt";
    auto const nowhere = read_list_file("/nowhere/list.txt", {}, [](Value const&, Attributes const&) {});
    EXPECT_EQ(nowhere.error().fault, base::Fault::not_found);
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "no shared data at " << data;
    std::size_t taken = 0;
    auto const report = read_list_file(file, {}, [&](Value const&, Attributes const&) { ++taken; });
    ASSERT_TRUE(report);
    EXPECT_EQ(report->taken, taken);
    EXPECT_GT(taken, 100'000U);
    EXPECT_LT(report->skipped, report->read / 100);
}

TEST(List, unpacks_gzip_and_zstd_and_says_when_they_are_damaged) {
    std::string_view const gzip(
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x33\xb4\x34\xd2\x33\xd0\x33\xd2\x33\xe4\x4a\x4a\x4c\xd1\x4b\xad\x48\xcc\x2d\xc8\x49\xe5\x02\x00\x75\x0b\xad\x89\x16\x00\x00\x00",
        42);
    std::string_view const zstd(
        "\x28\xb5\x2f\xfd\x24\x16\xb1\x00\x00\x31\x39\x32\x2e\x30\x2e\x32\x2e\x31\x0a\x62\x61\x64\x2e\x65\x78\x61\x6d\x70\x6c\x65\x0a\x6d\x34\xf7\x62",
        35);
    for (auto const packed : {gzip, zstd}) {
        std::vector<std::string> values;
        auto const visitor = [&](Value const& value, Attributes const&) { values.push_back(value.text()); };
        ASSERT_TRUE(read_list(packed, {}, visitor));
        EXPECT_THAT(values, ElementsAre("192.0.2.1", "bad.example"));
        EXPECT_EQ(read_list(packed.substr(0, packed.size() / 2), {}, visitor).error().fault, base::Fault::invalid);
        auto damaged = std::string(packed);
        damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
        EXPECT_TRUE(read_list(damaged, {}, visitor).has_error());
        ListOptions short_lists;
        short_lists.most_bytes = 10;
        EXPECT_THAT(read_list(packed, short_lists, visitor).error().detail, HasSubstr("longer than 10 bytes"));
    }
}

TEST(List, names_a_source_after_its_file) {
    EXPECT_EQ(source_name_of("lists/ipsum_l1.txt"), "ipsum_l1");
    EXPECT_EQ(source_name_of("/x/feed.v2.csv.gz"), "feed.v2");
    EXPECT_EQ(source_name_of("plain"), "plain");
}

}  // namespace kula::indicators
