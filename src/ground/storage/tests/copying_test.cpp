#include "storage/copying.hpp"

#include <algorithm>
#include <limits>

#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::storage;

constexpr Migration shelf_script{
    "0001_shelf",
    "create table shelf (id text primary key, above text references shelf (id), \"order\" bigint);"
    "create table item (shelf text not null references shelf (id) on delete cascade, number bigint "
    "not null, weight double precision, words text, primary key (shelf, number));"
    "create table account (id bigint primary key, total bigint not null);"
    "insert into account values (1, 0)"};
constexpr Migration colour_script{"0002_colour", "alter table shelf add column colour text"};

class CopyingTest : public storage::testing::Twins {
protected:
    static Migrations rooms(std::size_t count = 2) {
        return first_scripts({"shelves", {shelf_script, colour_script}}, count);
    }
    static Migrations first_scripts(Migrations all, std::size_t count) {
        all.scripts.resize(count);
        return all;
    }
    void fill() {
        ASSERT_TRUE(database().migrate(rooms()).has_value());
        auto const done = database().write(Priority::interactive, [](Session& session) {
            session.execute("insert into shelf values ('b', null, 2, 'red'), ('a', 'b', 1, null), ('c', 'a', -3, '')");
            session.execute("update account set total = ?", std::numeric_limits<std::int64_t>::min());
            for (int i = 0; i < 3000; ++i) {
                session.execute(
                    "insert into item values (?, ?, ?, ?)", i % 2 == 0 ? "a" : "b", i, i / 7.0,
                    i % 5 == 0 ? std::optional<std::string>() : "line\nwith\ttabs \\N \\. \r\b\f\v \x01 кула");
            }
        });
        ASSERT_TRUE(done.has_value()) << done.error().detail;
    }
    /// Everything as text: what a backup would hold.
    static std::string text_of(DatabaseOptions const& options) {
        auto const snapshot = Snapshot::open(options);
        EXPECT_TRUE(snapshot.has_value()) << snapshot.error().detail;
        std::string out;
        for (auto const& table : (*snapshot)->tables()) {
            std::vector<std::string> lines;
            std::string text;
            auto const rows = (*snapshot)->copy(table, [&](std::string_view piece) -> base::Result<void> {
                text += piece;
                return {};
            });
            EXPECT_TRUE(rows.has_value());
            for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
                lines.push_back(text.substr(at, text.find('\n', at) - at));
            EXPECT_EQ(*rows, static_cast<std::int64_t>(lines.size()));
            std::sort(lines.begin(), lines.end());
            out += "== " + table.name + '\n';
            for (auto const& line : lines) out += line + '\n';
        }
        return out;
    }
    base::Result<void> copy(DatabaseOptions const& from, DatabaseOptions const& to, std::size_t piece = 1000) {
        auto const snapshot = Snapshot::open(from);
        auto const known = std::vector{rooms()};
        auto const refill = Refill::open(to, (*snapshot)->scripts(), known, clock);
        if (!refill) return refill.error();
        for (auto const& table : (*snapshot)->tables()) {
            if (auto const begun = (*refill)->begin(table); !begun) return begun;
            auto const rows = (*snapshot)->copy(table, [&](std::string_view text) -> base::Result<void> {
                for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
                    if (auto const added = (*refill)->add(text.substr(0, piece)); !added) return added;
                }
                return {};
            });
            if (!rows) return rows.error();
            auto const taken = (*refill)->end();
            if (!taken) return taken.error();
            EXPECT_EQ(*taken, *rows);
        }
        return (*refill)->commit();
    }
    DatabaseOptions fresh() {
        auto out = options();
        out.folder = other_.path() / "copy";
        return out;
    }
    void empty_the_schema() {
        if (GetParam() == Dialect::sqlite) return;
        auto const done = database().write(Priority::interactive, [](Session& session) {
            for (auto const* table : {"item", "shelf", "account", "schema_migration"})
                session.execute(std::string("drop table ") + table);
        });
        ASSERT_TRUE(done.has_value());
    }
    storage::testing::TemporaryFolder other_;
};
KULA_ON_BOTH_DATABASES(CopyingTest);

TEST_P(CopyingTest, fills_another_database_with_the_same_rows_while_this_one_is_in_use) {
    fill();
    auto const before = text_of(options());
    EXPECT_NE(before.find("== shelf\na\tb\t1\t\\N\nb\t\\N\t2\tred\nc\ta\t-3\t\n"), std::string::npos)
        << before.substr(0, 300);
    EXPECT_LT(before.find("== shelf"), before.find("== item")) << "what is referred to stands before";
    DatabaseOptions const sqlite{other_.path() / "sqlite"};
    for (std::size_t const piece : {std::size_t{1}, std::size_t{100'000}}) {
        auto const copied = copy(options(), sqlite, piece);
        ASSERT_TRUE(copied.has_value()) << copied.error().detail;
        EXPECT_EQ(text_of(sqlite), before);
    }
    // And back, from SQLite into this kind of database.
    empty_the_schema();
    auto const back = copy(sqlite, fresh());
    ASSERT_TRUE(back.has_value()) << back.error().detail;
    EXPECT_EQ(text_of(fresh()), before);
}

TEST_P(CopyingTest, sees_one_state_whatever_is_written_meanwhile) {
    fill();
    auto const before = text_of(options());
    auto const snapshot = Snapshot::open(options());
    ASSERT_TRUE(database()
                    .write(Priority::interactive,
                           [](Session& session) { session.execute("delete from item where number > 10"); })
                    .has_value());
    std::int64_t rows = 0;
    for (auto const& table : (*snapshot)->tables()) {
        rows += *(*snapshot)->copy(table, [](std::string_view) -> base::Result<void> { return {}; });
    }
    EXPECT_EQ(rows, 3000 + 3 + 1 + 2);
}

TEST_P(CopyingTest, restores_an_older_schema_as_it_was) {
    ASSERT_TRUE(database().migrate(rooms(1)).has_value());
    DatabaseOptions const sqlite{other_.path() / "sqlite"};
    ASSERT_TRUE(copy(options(), sqlite).has_value());
    auto const snapshot = Snapshot::open(sqlite);
    auto const known = std::vector{rooms()};
    auto const missing = missing_scripts((*snapshot)->scripts(), known);
    ASSERT_EQ(missing->size(), 1U);
    EXPECT_EQ(missing->front().name, "0002_colour");
}

TEST_P(CopyingTest, refuses_a_newer_schema_by_name) {
    fill();
    auto const snapshot = Snapshot::open(options());
    auto const older = std::vector{rooms(1)};
    auto const refused = Refill::open({other_.path() / "sqlite"}, (*snapshot)->scripts(), older, clock);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fault, base::Fault::conflict);
    EXPECT_NE(refused.error().detail.find("0002_colour of shelves"), std::string::npos) << refused.error().detail;
    EXPECT_FALSE(std::filesystem::exists(other_.path() / "sqlite"));
    auto const none = missing_scripts((*snapshot)->scripts(), std::span<Migrations const>());
    EXPECT_NE(none.error().detail.find("newer Kula"), std::string::npos);
}

TEST_P(CopyingTest, refuses_rows_that_are_none_and_says_where) {
    fill();
    empty_the_schema();
    auto const known = std::vector{rooms()};
    auto const all = [&] {
        std::vector<AppliedScript> out;
        storage::testing::TemporaryFolder const folder;
        auto const made = *Database::open({folder.path() / "data"}, clock);
        EXPECT_TRUE(made->migrate(rooms()).has_value());
        return (*Snapshot::open({folder.path() / "data"}))->scripts();
    }();
    auto const refill = Refill::open(fresh(), all, known, clock);
    ASSERT_TRUE(refill.has_value()) << refill.error().detail;
    EXPECT_EQ((*refill)->begin({"shell", {"id"}}).error().fault, base::Fault::invalid);
    EXPECT_EQ((*refill)->begin({"shelf", {"id", "sum"}}).error().detail, "table shelf has no column sum");
    ASSERT_TRUE((*refill)->begin({"account", {"id", "total"}}).has_value());
    ASSERT_TRUE((*refill)->add("2\t3\n3\t").has_value());
    auto const refused = (*refill)->add("x\n");
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().detail, "table account, row 2: column 2 of a row cannot be read");
}

TEST_P(CopyingTest, refuses_a_row_that_refers_to_none) {
    fill();
    auto const scripts = (*Snapshot::open(options()))->scripts();
    empty_the_schema();
    auto const known = std::vector{rooms()};
    auto const refill = Refill::open(fresh(), scripts, known, clock);
    ASSERT_TRUE(refill.has_value()) << refill.error().detail;
    ASSERT_TRUE((*refill)->begin({"item", {"shelf", "number"}}).has_value());
    ASSERT_TRUE((*refill)->add("nowhere\t1\n").has_value());
    auto const ended = (*refill)->end();
    EXPECT_FALSE(ended.has_value() && (*refill)->commit().has_value());
}

TEST(CopyingFolder, holds_a_database_and_one_owner) {
    storage::testing::TemporaryFolder const folder;
    EXPECT_EQ(Snapshot::open({folder.path()}).error().fault, base::Fault::not_found);
    EXPECT_TRUE(not_in_use(folder.path() / "missing").has_value());
    base::SystemClock const clock;
    auto database = *Database::open({folder.path() / "data"}, clock);
    EXPECT_EQ(not_in_use(folder.path() / "data").error().fault, base::Fault::conflict);
    database.reset();
    EXPECT_TRUE(not_in_use(folder.path() / "data").has_value());
}

}  // namespace
