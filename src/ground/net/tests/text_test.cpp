#include "text.hpp"

#include <gmock/gmock.h>

namespace kula::net {
namespace {

using ::testing::ElementsAre;

TEST(Target, is_split_before_it_is_decoded) {
    auto const target = parse_target("/a/b%2Fc/%D0%BC");
    ASSERT_TRUE(target);
    EXPECT_THAT(target->segments, ElementsAre("a", "b/c", "м"));
    EXPECT_EQ(target->path, "/a/b%2Fc/%D0%BC");
}

TEST(Target, root_is_one_empty_segment) {
    EXPECT_THAT(parse_target("/")->segments, ElementsAre(""));
    EXPECT_THAT(parse_target("/desk/")->segments, ElementsAre("desk", ""));
}

TEST(Target, query_keeps_order_and_repetition) {
    auto const target = parse_target("/x?port=80&port=443&name=a+b%2B&flag&=v&");
    ASSERT_TRUE(target && target->query);
    auto const& query = *target->query;
    ASSERT_EQ(query.size(), 5u);
    EXPECT_EQ(query[0].value, "80");
    EXPECT_EQ(query[1].value, "443");
    EXPECT_EQ(query[2].value, "a b+");
    EXPECT_EQ(query[3].name, "flag");
    EXPECT_EQ(query[3].value, "");
    EXPECT_EQ(query[4].name, "");
}

TEST(Target, takes_the_absolute_form_that_proxies_send) {
    auto const target = parse_target("http://localhost:8080/a?b=c");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->authority, "localhost:8080");
    EXPECT_THAT(target->segments, ElementsAre("a"));
    EXPECT_EQ(parse_target("http://localhost?b=c")->path, "/");
}

TEST(Target, refuses_what_no_client_means) {
    for (auto const* bad : {"", "a", "*", "http://", "/%", "/%4", "/%zz", "/%00", "/%0d%0aSet-Cookie", "/%ff",
                            "/%c0%af", "/%ed%a0%80", "/a#b"}) {
        EXPECT_FALSE(parse_target(bad)) << bad;
    }
    for (auto const* bad : {"/a?b=%1f", "/a?b=%f8", "/a?%zz", "/a?b=%00%ff"}) {
        auto const target = parse_target(bad);
        EXPECT_TRUE(target && !target->query) << bad;
    }
}

TEST(Text, utf8_is_checked_to_its_edges) {
    EXPECT_TRUE(is_utf8("ќ \xf4\x8f\xbf\xbf \xee\x80\x80"));
    for (std::string_view const bad :
         {"\x80", "\xc2", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xed\xbf\xbf"}) {
        EXPECT_FALSE(is_utf8(bad));
    }
}

TEST(Text, lists_have_elements_between_commas) {
    EXPECT_THAT(list_elements(" a,, b\t,c ,"), ElementsAre("a", "b", "c"));
    EXPECT_TRUE(list_elements("").empty());
}

TEST(Text, tokens_are_what_names_are_made_of) {
    EXPECT_TRUE(is_token("X-Content_1~"));
    for (auto const* bad : {"", "a b", "a:", "a\n", "ж"}) EXPECT_FALSE(is_token(bad)) << bad;
}

}  // namespace
}  // namespace kula::net
