#include "cursor.hpp"

#include <gtest/gtest.h>

namespace kula::api {
namespace {

TEST(Cursor, brings_back_the_key_for_the_same_query_only) {
    std::vector<std::string> const query{"a", "", "-flows"};
    auto const cursor = to_cursor(query, "7 ж");
    EXPECT_EQ(from_cursor(query, cursor), "7 ж");
    EXPECT_FALSE(from_cursor({"a", "-flows", ""}, cursor));
    EXPECT_FALSE(from_cursor({"a-flows"}, cursor));
}

TEST(Cursor, takes_nothing_it_did_not_make) {
    std::vector<std::string> const query{"a"};
    auto const cursor = to_cursor(query, "key");
    EXPECT_EQ(from_cursor(query, to_cursor(query, "")), "");
    for (auto const& wrong :
         {std::string(), std::string("x"), cursor + "0", cursor + "zz", cursor.substr(2), cursor.substr(0, 15)}) {
        EXPECT_FALSE(from_cursor(query, wrong)) << wrong;
    }
}

}  // namespace
}  // namespace kula::api
