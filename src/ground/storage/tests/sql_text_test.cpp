#include "sql_text.hpp"

#include <gtest/gtest.h>

namespace {

using kula::storage::numbered_places;
using kula::storage::split_statements;

TEST(SqlText, numbers_places_but_leaves_quotes_and_comments_alone) {
    EXPECT_EQ(numbered_places("select '?', \"a?\" from t where a = ? and b like ? -- why?\n/* ? */ limit ?", "$"),
              "select '?', \"a?\" from t where a = $1 and b like $2 -- why?\n/* ? */ limit $3");
    EXPECT_EQ(numbered_places("'it''s ?' ?", ":v"), "'it''s ?' :v1");
    EXPECT_EQ(numbered_places("'never closed ?", ":v"), "'never closed ?");
}

TEST(SqlText, splits_a_script_and_drops_comments_and_empty_statements) {
    auto const statements =
        split_statements("-- one; two\ncreate table a (b text default ';');\n\n ;insert into a values ('x');");
    ASSERT_EQ(statements.size(), 2u);
    EXPECT_NE(statements[0].find("create table a (b text default ';')"), std::string::npos);
    EXPECT_NE(statements[1].find("insert into a"), std::string::npos);
}

}  // namespace
