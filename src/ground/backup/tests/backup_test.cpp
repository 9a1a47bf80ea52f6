#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "backup/make.hpp"
#include "backup/restore.hpp"
#include "memory_backup.hpp"
#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::backup;
using storage::Dialect;

constexpr storage::Migration first{"0001_note",
                                   "create table note (id bigint primary key, words text not null);"
                                   "create table sum (id bigint primary key, notes bigint not null);"
                                   "insert into sum values (1, 0)"};
constexpr storage::Migration second{"0002_colour", "alter table note add column colour text"};

class BackupTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(database().migrate(rooms_.front()).has_value());
        write_file("journal.key", "sealed");
        write_file("blobs/aa/one", std::string(200'000, 'b'));
        write_file("secret.key", std::string(32, 's'));
        ASSERT_TRUE(add_note(1).has_value());
    }
    void write_file(std::string const& name, std::string const& content) {
        auto const file = options().folder / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << content;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    /// The sum goes with the note, in one transaction: whoever sees one without the other sees no consistent state.
    base::Result<void> add_note(int id) {
        return database().write(storage::Priority::interactive, [id](storage::Session& session) {
            session.execute("insert into note (id, words) values (?, ?)", id, "words of " + std::to_string(id));
            session.execute("update sum set notes = notes + 1");
        });
    }
    [[nodiscard]] MakeOptions making() const {
        MakeOptions out;
        out.database = options();
        out.program = "0.1.0";
        return out;
    }
    [[nodiscard]] RestoreOptions restoring(std::filesystem::path const& file) const {
        RestoreOptions out;
        out.file = file;
        out.database.folder = place_.path() / "restored";
        out.rooms = rooms_;
        return out;
    }
    [[nodiscard]] std::filesystem::path target() const { return place_.path() / "a.kula-backup"; }
    /// Notes, and what their sum says, in a restored folder.
    std::pair<std::int64_t, std::int64_t> counts(std::filesystem::path const& folder) {
        auto const restored = *storage::Database::open({folder}, clock);
        return *restored->read([](storage::Session const& session) {
            return std::pair(session.value<std::int64_t>("select count(*) from note"),
                             session.value<std::int64_t>("select notes from sum"));
        });
    }
    std::vector<std::string> names_in(std::filesystem::path const& folder) {
        std::vector<std::string> out;
        for (auto const& entry : std::filesystem::directory_iterator(folder)) out.push_back(entry.path().filename());
        std::sort(out.begin(), out.end());
        return out;
    }

    storage::testing::TemporaryFolder place_;
    std::vector<storage::Migrations> rooms_{{"notes", {first}}};
};
KULA_ON_BOTH_DATABASES(BackupTest);

TEST_P(BackupTest, holds_one_state_of_a_database_that_is_written_meanwhile) {
    std::jthread const writer([this](std::stop_token const& stop) {
        for (int id = 2; !stop.stop_requested(); ++id) ASSERT_TRUE(add_note(id).has_value());
    });
    for (int round = 0; round < 5; ++round) {
        auto const file = place_.path() / ("round-" + std::to_string(round));
        auto const made = make(making(), file, clock);
        ASSERT_TRUE(made.has_value()) << made.error().detail;
        auto options = restoring(file);
        options.database.folder /= std::to_string(round);
        std::filesystem::create_directories(options.database.folder.parent_path());
        auto const restored = restore(options, clock);
        ASSERT_TRUE(restored.has_value()) << restored.error().detail;
        EXPECT_EQ(restored->rows, made->rows);
        auto const [notes, sum] = counts(options.database.folder);
        EXPECT_EQ(notes, sum);
        EXPECT_GE(notes, 1);
        EXPECT_EQ(backup::testing::text_of(options.database.folder / "blobs/aa/one"), std::string(200'000, 'b'));
    }
}

TEST_P(BackupTest, leaves_the_secret_key_out_unless_told_and_sealed) {
    ASSERT_TRUE(make(making(), target(), clock).has_value());
    auto const restored = restore(restoring(target()), clock);
    ASSERT_TRUE(restored.has_value()) << restored.error().detail;
    EXPECT_FALSE(restored->opening.has_secret_key);
    EXPECT_EQ(names_in(place_.path() / "restored"),
              (std::vector<std::string>{"blobs", "journal.key", "kula.lock", "kula.sqlite"}));
    auto with = making();
    with.secret_key = options().folder / "secret.key";
    EXPECT_EQ(make(with, place_.path() / "b", clock).error().fault, base::Fault::invalid);
    with.sealing.passphrase = "short";
    EXPECT_EQ(make(with, place_.path() / "b", clock).error().fault, base::Fault::invalid);
    with.sealing.passphrase = "seven tall watchtowers";
    ASSERT_TRUE(make(with, place_.path() / "b", clock).has_value());
    auto again = restoring(place_.path() / "b");
    again.database.folder = place_.path() / "again";
    EXPECT_NE(restore(again, clock).error().detail.find("is sealed"), std::string::npos);
    again.keys.passphrase = "seven tall watchtowers";
    ASSERT_TRUE(restore(again, clock).has_value());
    EXPECT_EQ(backup::testing::text_of(place_.path() / "again/secret.key"), std::string(32, 's'));
    struct stat about {};
    ASSERT_EQ(stat((place_.path() / "again/secret.key").c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_P(BackupTest, refuses_a_folder_that_is_not_empty_or_in_use_and_changes_nothing) {
    ASSERT_TRUE(make(making(), target(), clock).has_value());
    auto options = restoring(target());
    options.database.folder = this->options().folder;
    auto const used = restore(options, clock);
    EXPECT_NE(used.error().detail.find("is in use"), std::string::npos) << used.error().detail;
    options.database.folder = place_.path() / "full";
    std::filesystem::create_directories(options.database.folder);
    std::ofstream(options.database.folder / "letter") << "mine";
    auto const full = restore(options, clock);
    EXPECT_NE(full.error().detail.find("it holds letter"), std::string::npos) << full.error().detail;
    EXPECT_EQ(names_in(options.database.folder), std::vector<std::string>{"letter"});
    std::filesystem::remove(options.database.folder / "letter");
    EXPECT_TRUE(restore(options, clock).has_value()) << "an empty one will do";
}

TEST_P(BackupTest, leaves_nothing_of_a_restore_that_fails) {
    ASSERT_TRUE(make(making(), target(), clock).has_value());
    auto bytes = backup::testing::text_of(target());
    bytes[bytes.size() - 20] = static_cast<char>(bytes[bytes.size() - 20] ^ 1);
    std::ofstream(place_.path() / "damaged", std::ios::binary) << bytes;
    EXPECT_EQ(verify(place_.path() / "damaged", {}).error().fault, base::Fault::invalid);
    auto const refused = restore(restoring(place_.path() / "damaged"), clock);
    EXPECT_NE(refused.error().detail.find("damaged"), std::string::npos) << refused.error().detail;
    auto unwanted = restoring(target());
    unwanted.accept = [](std::filesystem::path const&) -> base::Result<void> { return base::refused("not this one"); };
    EXPECT_EQ(restore(unwanted, clock).error().detail, "not this one");
    EXPECT_EQ(names_in(place_.path()), (std::vector<std::string>{"a.kula-backup", "damaged"}));
    // What a process that was killed left behind does not stand in the way.
    std::filesystem::create_directories(place_.path() / "restored.restoring/blobs");
    std::ofstream(place_.path() / "restored.restoring/kula.sqlite") << "half";
    EXPECT_TRUE(restore(restoring(target()), clock).has_value());
    EXPECT_EQ(names_in(place_.path()), (std::vector<std::string>{"a.kula-backup", "damaged", "restored"}));
}

TEST_P(BackupTest, refuses_a_newer_schema_by_name_and_takes_an_older_one) {
    ASSERT_TRUE(make(making(), target(), clock).has_value());
    ASSERT_TRUE(database().migrate({"notes", {first, second}}).has_value());
    ASSERT_TRUE(make(making(), place_.path() / "newer", clock).has_value());
    auto const refused = restore(restoring(place_.path() / "newer"), clock);
    EXPECT_NE(refused.error().detail.find("0002_colour of notes"), std::string::npos) << refused.error().detail;
    rooms_ = {{"notes", {first, second}}};
    EXPECT_TRUE(restore(restoring(target()), clock).has_value());
    EXPECT_EQ(counts(place_.path() / "restored").first, 1);
}

TEST_P(BackupTest, appears_whole_or_not_at_all) {
    ASSERT_TRUE(make(making(), target(), clock).has_value());
    EXPECT_EQ(make(making(), target(), clock).error().fault, base::Fault::conflict) << "nothing is overwritten";
    auto const nowhere = make(making(), place_.path() / "missing/a", clock);
    EXPECT_EQ(nowhere.error().fault, base::Fault::unavailable);
    EXPECT_NE(nowhere.error().detail.find("missing/a cannot be made"), std::string::npos) << nowhere.error().detail;
    EXPECT_EQ(make(making(), options().folder / "a", clock).error().fault, base::Fault::invalid);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    rlimit const small{200, before.rlim_max};  // What a full disk does.
    setrlimit(RLIMIT_FSIZE, &small);
    auto const full = make(making(), place_.path() / "full", clock);
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(full.error().fault, base::Fault::unavailable);
    EXPECT_EQ(names_in(place_.path()), std::vector<std::string>{"a.kula-backup"});
}

TEST_P(BackupTest, tells_a_link_in_the_folder_rather_than_leave_it_out) {
    std::filesystem::create_symlink("/nowhere", options().folder / "blobs/link");
    auto const refused = make(making(), target(), clock);
    EXPECT_EQ(refused.error().fault, base::Fault::invalid);
    EXPECT_NE(refused.error().detail.find("blobs/link"), std::string::npos);
}

class PostgresqlBackup : public BackupTest {};
INSTANTIATE_TEST_SUITE_P(on, PostgresqlBackup, ::testing::Values(Dialect::postgresql), storage::testing::twin_name);

TEST_P(PostgresqlBackup, goes_to_a_database_without_tables_only_and_there_in_one_transaction) {
    ASSERT_TRUE(add_note(2).has_value());
    ASSERT_TRUE(make(making(), target(), clock).has_value());
    auto back = restoring(target());
    back.database.url = options().url;
    auto const refused = restore(back, clock);
    EXPECT_NE(refused.error().detail.find("is not empty: it holds 3 tables"), std::string::npos)
        << refused.error().detail;
    auto const dropped = database().write(storage::Priority::interactive, [](storage::Session& session) {
        for (auto const* table : {"note", "sum", "schema_migration"})
            session.execute(std::string("drop table ") + table);
    });
    ASSERT_TRUE(dropped.has_value());
    back.accept = [](std::filesystem::path const&) -> base::Result<void> { return base::refused("not this one"); };
    EXPECT_EQ(restore(back, clock).error().detail, "not this one");
    back.accept = {};
    auto const restored = restore(back, clock);
    ASSERT_TRUE(restored.has_value()) << restored.error().detail;
    EXPECT_EQ(*database().read([](storage::Session const& session) {
        return session.value<std::int64_t>("select count(*) from note");
    }),
              2);
    EXPECT_EQ(names_in(place_.path() / "restored"), (std::vector<std::string>{"blobs", "journal.key", "kula.lock"}));
    EXPECT_TRUE(database().migrate(rooms_.front()).has_value());
}

TEST(Backups, are_kept_by_age) {
    storage::testing::TemporaryFolder const folder;
    auto const at = base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + std::chrono::hours(10));
    EXPECT_EQ(file_name("kula", at), "kula-20261121T100000.000Z.kula-backup");
    for (int day = 0; day < 4; ++day)
        std::ofstream(folder.path() / file_name("kula", at + std::chrono::days(day))) << day;
    for (auto const* other : {"kula-notes.txt", "before-upgrade-20261121T100000.000Z.kula-backup"})
        std::ofstream(folder.path() / other) << "";
    auto const removed = remove_older(folder.path(), "kula", 3);
    ASSERT_EQ(removed->size(), 1U);
    EXPECT_EQ(removed->front().filename(), "kula-20261121T100000.000Z.kula-backup");
    EXPECT_EQ(remove_older(folder.path(), "kula", 9)->size(), 0U);
    EXPECT_EQ(newest(folder.path(), "kula")->filename(), "kula-20261124T100000.000Z.kula-backup");
    EXPECT_TRUE(newest(folder.path(), "other")->empty());
    EXPECT_EQ(remove_older(folder.path() / "missing", "kula", 1).error().fault, base::Fault::unavailable);
}

}  // namespace
