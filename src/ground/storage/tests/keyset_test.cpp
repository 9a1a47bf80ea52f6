#include "storage/keyset.hpp"

#include <gtest/gtest.h>

namespace kula::storage {
namespace {

constexpr char const* id = "01930b2e-6c00-7000-8000-000000000001";

TEST(Keyset, goes_on_behind_its_cursor) {
    Keyset const by_name(0, "name_order", Keyset::Direction::ascending, Keyset::Key::hexadecimal);
    EXPECT_EQ(by_name.order_by(), " order by name_order asc, id asc");
    Where where;
    ASSERT_TRUE(by_name.add_place(where, by_name.cursor("61ff", id)));
    EXPECT_EQ(where.sql(), " where (name_order > ? or (name_order = ? and id > ?))");

    Keyset const by_change(1, "changed_at", Keyset::Direction::descending, Keyset::Key::number);
    EXPECT_EQ(by_change.order_by(), " order by changed_at desc, id desc");
    Where backwards;
    ASSERT_TRUE(by_change.add_place(backwards, by_change.cursor("-12", id)));
    EXPECT_EQ(backwards.sql(), " where (changed_at < ? or (changed_at = ? and id < ?))");
}

TEST(Keyset, begins_where_there_is_no_cursor) {
    Where where;
    ASSERT_TRUE(Keyset(0, "a", Keyset::Direction::ascending, Keyset::Key::number).add_place(where, ""));
    EXPECT_EQ(where.sql(), "");
}

TEST(Keyset, takes_no_cursor_of_another_list_and_none_that_is_made_up) {
    Keyset const texts(0, "a", Keyset::Direction::ascending, Keyset::Key::hexadecimal);
    Keyset const numbers(1, "a", Keyset::Direction::ascending, Keyset::Key::number);
    auto const own = std::string(id);
    for (std::string const& cursor :
         {"1.61." + own, "0.." + own, "0.6G." + own, "0.61." + own + "0", std::string("0.61.1"), std::string("0.61"),
          std::string("0"), std::string("."), std::string("..")}) {
        Where where;
        auto const refused = texts.add_place(where, cursor);
        ASSERT_TRUE(refused.has_error()) << cursor;
        EXPECT_EQ(refused.error().detail, "cursor: does not belong to this list");
        EXPECT_EQ(where.sql(), "") << cursor;
    }
    for (auto const& cursor : {"1.61x." + own, "1.." + own, "1.99999999999999999999." + own}) {
        Where where;
        EXPECT_TRUE(numbers.add_place(where, cursor).has_error()) << cursor;
    }
}

}  // namespace
}  // namespace kula::storage
