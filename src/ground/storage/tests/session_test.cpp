#include "storage/session.hpp"

#include <limits>

#include "storage/record.hpp"
#include "storage/where.hpp"
#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::storage;

struct Note;

class SessionTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        auto const made = database().write(Priority::interactive, [](Session& session) {
            session.execute(
                "create table note (id text primary key, number bigint, share double precision, words text)");
        });
        ASSERT_TRUE(made.has_value());
    }

    base::Result<void> insert(char const* id, std::string_view words) {
        return database().write(Priority::interactive, [&](Session& session) {
            session.execute("insert into note (id, words) values (?, ?)", id, words);
        });
    }
};
KULA_ON_BOTH_DATABASES(SessionTest);

TEST_P(SessionTest, gives_back_every_kind_of_value_as_it_was) {
    auto const id = base::Id<Note>::make(clock.now());
    auto const text = std::string("Фонд ' \" ; -- ? :name \\ \n 🙂");
    auto const done = database().write(Priority::interactive, [&](Session& session) {
        session.execute(
            "create table t (id text, at bigint, small bigint, big bigint, share double precision, words text, yes bigint)");
        session.execute("insert into t values (?, ?, ?, ?, ?, ?, ?)", id, clock.now(),
                        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), 0.1, text,
                        true);
        return session.row<base::Id<Note>, base::Instant, std::int64_t, std::int64_t, double, std::string, bool>(
            "select id, at, small, big, share, words, yes from t");
    });
    ASSERT_TRUE(done.has_value()) << done.error().detail;
    ASSERT_TRUE(done->has_value());
    EXPECT_EQ(**done, std::make_tuple(id, clock.now(), std::numeric_limits<std::int64_t>::min(),
                                      std::numeric_limits<std::int64_t>::max(), 0.1, text, true));
}

TEST_P(SessionTest, tells_null_from_empty) {
    auto const rows = database().write(Priority::interactive, [](Session& session) {
        std::optional<std::int64_t> const none;
        session.execute("insert into note (id, number, words) values (?, ?, ?)", "a", none,
                        std::optional<std::string>());
        session.execute("insert into note (id, number, words) values (?, ?, ?)", "b", std::optional<std::int64_t>(7),
                        "");
        return session.rows<std::string, std::optional<std::int64_t>, std::optional<std::string>>(
            "select id, number, words from note order by id");
    });
    ASSERT_TRUE(rows.has_value()) << rows.error().detail;
    ASSERT_EQ(rows->size(), 2u);
    EXPECT_EQ(rows->at(0),
              (std::tuple<std::string, std::optional<std::int64_t>, std::optional<std::string>>("a", {}, {})));
    EXPECT_EQ(rows->at(1),
              (std::tuple<std::string, std::optional<std::int64_t>, std::optional<std::string>>("b", 7, "")));
}

TEST_P(SessionTest, counts_the_rows_that_a_change_touched) {
    auto const counts = database().write(Priority::interactive, [](Session& session) {
        std::vector<std::int64_t> out;
        for (auto const* id : {"a", "b", "c"}) out.push_back(session.execute("insert into note (id) values (?)", id));
        out.push_back(session.execute("update note set number = 1 where id <> ?", "a"));
        out.push_back(session.execute("delete from note where id = ?", "nobody"));
        return out;
    });
    ASSERT_TRUE(counts.has_value());
    EXPECT_EQ(*counts, (std::vector<std::int64_t>{1, 1, 1, 2, 0}));
}

TEST_P(SessionTest, refuses_text_that_is_not_utf8_as_invalid) {
    EXPECT_EQ(insert("a", "\xFF\xFE").error().fault, base::Fault::invalid);
    EXPECT_EQ(insert("a", std::string_view("x\0y", 3)).error().fault, base::Fault::invalid);
    EXPECT_TRUE(insert("a", "fine").has_value());
}

TEST_P(SessionTest, calls_a_taken_key_a_conflict_without_quoting_it) {
    ASSERT_TRUE(insert("secret-key", "x").has_value());
    auto const again = insert("secret-key", "y");
    ASSERT_TRUE(again.has_error());
    EXPECT_EQ(again.error().fault, base::Fault::conflict);
    EXPECT_EQ(again.error().detail.find("secret-key"), std::string::npos);
}

TEST_P(SessionTest, treats_faulty_sql_as_a_bug_and_stays_usable) {
    EXPECT_THROW((void)database().read([](Session const& session) { return session.rows<std::int64_t>("selekt 1"); }),
                 std::logic_error);
    EXPECT_THROW((void)database().write(Priority::bulk,
                                        [](Session& session) { session.execute("insert into nowhere values (1)"); }),
                 std::logic_error);
    EXPECT_TRUE(insert("a", "x").has_value());
}

TEST_P(SessionTest, puts_a_where_together_from_the_filters_that_are_set) {
    for (auto const* id : {"50%", "50x", "5_0"}) ASSERT_TRUE(insert(id, "x").has_value());
    auto const found = database().read([](Session const& session) {
        Where where;
        where.add("id like ? escape '\\'", like_prefix("50%")).add("words = ? or words = ?", "x", "y");
        return session.column<std::string>("select id from note" + where.sql() + " limit ?", where.arguments(), 10);
    });
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(*found, std::vector<std::string>{"50%"});
    EXPECT_EQ(like_anywhere("a_b"), "%a\\_b%");
    EXPECT_EQ(Where().sql(), "");
}

TEST_P(SessionTest, lets_a_visitor_ask_again_while_rows_come) {
    for (auto const* id : {"a", "b"}) ASSERT_TRUE(insert(id, "x").has_value());
    auto const pairs = database().read([](Session const& session) {
        int count = 0;
        session.each<std::string>(
            [&](std::string const&) {
                session.each<std::string>([&](std::string const&) { ++count; }, "select id from note");
            },
            "select id from note");
        return count;
    });
    EXPECT_EQ(*pairs, 4);
}

TEST_P(SessionTest, reads_the_new_state_after_a_visitor_threw) {
    ASSERT_TRUE(insert("a", "x").has_value());
    for (int i = 0; i < 8; ++i) {
        EXPECT_THROW((void)database().read([](Session const& session) {
            session.each<std::string>([](std::string const&) { throw std::runtime_error("stop"); },
                                      "select id from note");
        }),
                     std::runtime_error);
    }
    ASSERT_TRUE(insert("b", "x").has_value());
    auto const count =
        database().read([](Session const& session) { return session.value<int>("select count(*) from note"); });
    EXPECT_EQ(*count, 2);
}

TEST_P(SessionTest, sends_rows_in_bulk_and_counts_them) {
    auto const changed = database().write(Priority::bulk, [](Session& session) {
        auto bulk = session.bulk(
            "insert into note (id, number) values (?, ?) on conflict (id) do update set number = note.number + excluded.number");
        for (int i = 0; i < 1000; ++i) bulk.add("n" + std::to_string(i % 600), i);
        return bulk.finish();
    });
    ASSERT_TRUE(changed.has_value()) << changed.error().detail;
    EXPECT_EQ(*changed, 1000);
    auto const state = database().read([](Session const& session) {
        return session.row<std::int64_t, std::int64_t>("select count(*), cast(sum(number) as bigint) from note");
    });
    EXPECT_EQ(**state, std::make_tuple(std::int64_t{600}, std::int64_t{499'500}));
}

TEST_P(SessionTest, undoes_a_bulk_whose_row_breaks_a_rule) {
    auto const broken = database().write(Priority::bulk, [](Session& session) {
        auto bulk = session.bulk("insert into note (id, number) values (?, ?)");
        for (int i = 0; i < 700; ++i) bulk.add("n" + std::to_string(i == 650 ? 0 : i), i);
        return bulk.finish();
    });
    ASSERT_TRUE(broken.has_error());
    EXPECT_EQ(broken.error().fault, base::Fault::conflict);
    auto const count =
        database().read([](Session const& session) { return session.value<int>("select count(*) from note"); });
    EXPECT_EQ(*count, 0);
    EXPECT_TRUE(insert("a", "x").has_value());
}

TEST_P(SessionTest, binds_and_reads_what_every_record_carries) {
    auto record = new_record(clock, "system:test", {base::Tlp::amber_strict, base::Pap::red}, "import:list",
                             base::Id<base::Owner>::make(clock.now()));
    record.version = 4;
    auto const back = database().write(Priority::interactive, [&](Session& session) {
        session.execute(
            "create table kept (id bigint, owner text, tlp text, pap text, lineage text, created_at bigint, "
            "created_by text, changed_at bigint, changed_by text, version bigint)");
        session.execute("insert into kept (id, " KULA_RECORD_COLUMNS ") values (?, " KULA_RECORD_PLACES ")", 1, record);
        return session.row<std::int64_t, base::Record>("select id, " KULA_RECORD_COLUMNS " from kept");
    });
    ASSERT_TRUE(back.has_value()) << back.error().detail;
    auto const& [id, read] = **back;
    EXPECT_EQ(read.owner, record.owner);
    EXPECT_EQ(read.marking, record.marking);
    EXPECT_EQ(read.lineage, "import:list");
    EXPECT_EQ(read.created_at, clock.now());
    EXPECT_EQ(read.changed_by, "system:test");
    EXPECT_EQ(read.version, 4);
}

}  // namespace
