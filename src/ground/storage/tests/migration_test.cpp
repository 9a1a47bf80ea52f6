#include "storage/migration.hpp"

#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::storage;

class MigrationTest : public storage::testing::Twins {
protected:
    base::Result<void> migrate(std::vector<Migration> scripts) {
        return database().migrate({"notes", std::move(scripts)});
    }
    int count(std::string const& table) {
        return *database().read(
            [&](Session const& session) { return session.value<int>("select count(*) from " + table); });
    }
};
KULA_ON_BOTH_DATABASES(MigrationTest);

constexpr Migration note_script{"0001_note",
                                "create table note (id bigint primary key);\ninsert into note values (1);"};
constexpr Migration words_script{
    "0002_words", "alter table note add column words text; -- later\ncreate index note_words on note (words)"};

TEST_P(MigrationTest, runs_each_script_once_in_order) {
    ASSERT_TRUE(migrate({note_script}).has_value());
    ASSERT_TRUE(migrate({note_script, words_script}).has_value());
    reopen();
    ASSERT_TRUE(migrate({note_script, words_script}).has_value());
    EXPECT_EQ(count("note"), 1);
    EXPECT_EQ(count("schema_migration"), 2);
}

TEST_P(MigrationTest, refuses_a_script_that_was_changed_after_it_ran) {
    ASSERT_TRUE(migrate({note_script}).has_value());
    auto const changed = migrate({{note_script.name, "create table note (id text)"}, words_script});
    ASSERT_TRUE(changed.has_error());
    EXPECT_EQ(changed.error().fault, base::Fault::conflict);
    EXPECT_NE(changed.error().detail.find("0001_note"), std::string::npos);
    EXPECT_EQ(count("schema_migration"), 1);
}

TEST_P(MigrationTest, refuses_a_database_that_a_newer_program_has_used) {
    ASSERT_TRUE(migrate({note_script, words_script}).has_value());
    auto const older = migrate({note_script});
    ASSERT_TRUE(older.has_error());
    EXPECT_EQ(older.error().fault, base::Fault::conflict);
    EXPECT_NE(older.error().detail.find("newer"), std::string::npos);
}

TEST_P(MigrationTest, refuses_a_script_slipped_in_before_one_that_ran) {
    ASSERT_TRUE(migrate({words_script.name == "0002_words" ? Migration{"0002_words", "create table words (id bigint)"}
                                                           : note_script})
                    .has_value());
    EXPECT_EQ(migrate({note_script, {"0002_words", "create table words (id bigint)"}}).error().fault,
              base::Fault::conflict);
}

TEST_P(MigrationTest, leaves_nothing_of_a_script_that_fails_half_way) {
    ASSERT_TRUE(migrate({note_script}).has_value());
    Migration const broken{"0002_words",
                           "create table words (id bigint); insert into words values (1); insert into note values (1)"};
    EXPECT_EQ(migrate({note_script, broken}).error().fault, base::Fault::conflict);
    EXPECT_EQ(count("schema_migration"), 1);
    EXPECT_TRUE(migrate({note_script, words_script}).has_value());
    EXPECT_THROW(count("words"), std::logic_error);
}

TEST_P(MigrationTest, keeps_rooms_apart) {
    ASSERT_TRUE(migrate({note_script}).has_value());
    EXPECT_TRUE(database().migrate({"others", {{"0001_note", "create table other (id bigint)"}}}).has_value());
}

}  // namespace
