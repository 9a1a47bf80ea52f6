#include "sql_text.hpp"

#include <gtest/gtest.h>

namespace {

using kula::storage::is_storable_text;
using kula::storage::numbered_places;
using kula::storage::split_statements;

TEST(SqlText, numbers_places_but_leaves_quotes_and_comments_alone) {
    EXPECT_EQ(numbered_places("select '?', \"a?\" from t where a = ? and b like ? -- why?\n/* ? */ limit ?", "$"),
              "select '?', \"a?\" from t where a = $1 and b like $2 -- why?\n/* ? */ limit $3");
    EXPECT_EQ(numbered_places("'it''s ?' ?", ":v"), "'it''s ?' :v1");
    EXPECT_EQ(numbered_places("'never closed ?", ":v"), "'never closed ?");
}

TEST(SqlText, splits_a_script_and_drops_comments_and_empty_statements) {
    auto const statements = split_statements("-- one; two\ncreate table a (b text default ';');\n\n ;insert into a values ('x');");
    ASSERT_EQ(statements.size(), 2u);
    EXPECT_NE(statements[0].find("create table a (b text default ';')"), std::string::npos);
    EXPECT_NE(statements[1].find("insert into a"), std::string::npos);
}

TEST(SqlText, stores_well_formed_utf8_without_nul_only) {
    EXPECT_TRUE(is_storable_text(""));
    EXPECT_TRUE(is_storable_text("Македонија Shqipëri €\xF0\x9F\x99\x82"));
    EXPECT_FALSE(is_storable_text(std::string_view("a\0b", 3)));
    EXPECT_FALSE(is_storable_text("\xFF"));
    EXPECT_FALSE(is_storable_text("\xC0\xAF"));          // Overlong.
    EXPECT_FALSE(is_storable_text("\xED\xA0\x80"));      // A surrogate.
    EXPECT_FALSE(is_storable_text("\xF4\x90\x80\x80"));  // Beyond U+10FFFF.
    EXPECT_FALSE(is_storable_text("\xE2\x82"));          // Cut off.
}

}  // namespace
