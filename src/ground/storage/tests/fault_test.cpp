#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "storage/database.hpp"
#include "storage_testing/postgresql_server.hpp"
#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::storage;

class FaultTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) make_table();
    }
    void make_table() {
        auto const made = database().write(Priority::interactive, [](Session& session) {
            session.execute("create table line (id bigint primary key, words text)");
        });
        ASSERT_TRUE(made.has_value());
    }
    static base::Result<void> insert(Database& database, int id) {
        return database.write(Priority::interactive, [&](Session& session) {
            session.execute("insert into line values (?, ?)", id, std::string(2000, 'x'));
        });
    }
    static base::Result<int> count(Database const& database) {
        return database.read([](Session const& session) { return session.value<int>("select count(*) from line"); });
    }
};
KULA_ON_BOTH_DATABASES(FaultTest);

class SqliteFault : public FaultTest {};
INSTANTIATE_TEST_SUITE_P(on, SqliteFault, ::testing::Values(Dialect::sqlite), storage::testing::twin_name);

class PostgresqlFault : public FaultTest {};
INSTANTIATE_TEST_SUITE_P(on, PostgresqlFault, ::testing::Values(Dialect::postgresql), storage::testing::twin_name);

/// Commits rows one by one until it is killed; a number goes into the pipe after each commit.
[[noreturn]] void write_until_killed(DatabaseOptions const& options, base::Clock const& clock, int acknowledged) {
    auto database = Database::open(options, clock);
    for (int id = 1; database.has_value(); ++id) {
        auto const done =
            (*database)->write(id % 3 == 0 ? Priority::bulk : Priority::interactive,
                               [&](Session& session) { session.execute("insert into line values (?, 'x')", id); });
        if (done.has_error() || write(acknowledged, &id, sizeof id) != sizeof id) break;
    }
    _exit(1);
}

TEST_P(FaultTest, keeps_every_acknowledged_row_when_the_process_is_killed) {
    close();
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t const child = fork();
    if (child == 0) write_until_killed(options(), clock, ends[1]);
    ::close(ends[1]);
    int last = 0;
    for (int id = 0; read(ends[0], &id, sizeof id) == sizeof id;) {
        last = id;
        if (id == 60) kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    open();
    auto const ids =
        *database().read([](Session const& session) { return session.column<int>("select id from line order by id"); });
    ASSERT_GE(static_cast<int>(ids.size()), last);
    EXPECT_LE(static_cast<int>(ids.size()), last + 1);  // One more may have been committed, but not yet acknowledged.
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(ids[i], static_cast<int>(i) + 1);
}

/// No file of this process grows beyond so many bytes while it lives: what a full disk does.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const now{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(FileSizeLimit const&) = delete;
    FileSizeLimit& operator=(FileSizeLimit const&) = delete;

private:
    rlimit before_{};
};

TEST_P(SqliteFault, reports_a_file_that_cannot_grow_as_unavailable_and_recovers) {
    int id = 0;
    {
        FileSizeLimit const limit(400'000);
        base::Result<void> done;
        while (done.has_value() && id < 2000) done = insert(database(), ++id);
        ASSERT_TRUE(done.has_error());
        EXPECT_EQ(done.error().fault, base::Fault::unavailable) << done.error().detail;
        EXPECT_EQ(database().health().error().fault, base::Fault::unavailable);
        EXPECT_EQ(*count(database()), id - 1);
    }
    EXPECT_TRUE(insert(database(), id).has_value());
    EXPECT_TRUE(database().health().has_value());
    reopen();
    EXPECT_EQ(*count(database()), id);
}

TEST_P(SqliteFault, reports_a_full_database_as_unavailable_and_recovers) {
    auto const limit_pages = [this](int pages) {
        auto const set = database().write(Priority::interactive, [pages](Session& session) {
            return session.value<std::int64_t>("pragma max_page_count = " + std::to_string(pages));
        });
        ASSERT_TRUE(set.has_value());
    };
    limit_pages(20);
    int id = 0;
    base::Result<void> done;
    while (done.has_value() && id < 2000) done = insert(database(), ++id);
    ASSERT_EQ(done.error().fault, base::Fault::unavailable) << done.error().detail;
    EXPECT_EQ(*count(database()), id - 1);
    limit_pages(1'000'000);
    EXPECT_TRUE(insert(database(), id).has_value());
}

TEST_P(PostgresqlFault, connects_anew_when_the_server_has_cut_its_connections) {
    ASSERT_TRUE(insert(database(), 1).has_value());
    ASSERT_EQ(*count(database()), 1);
    // Only this test's own connections: others use the same server at the same time.
    auto const name = *database().read([](Session const& session) {
        return session.value<std::string>("select current_setting('application_name')");
    });
    {
        storage::testing::TemporaryFolder const folder;
        auto other = Database::open({folder.path(), storage::testing::PostgresqlServer::shared().url()}, clock);
        auto const cut = (*other)->write(Priority::interactive, [&name](Session& session) {
            return session.column<bool>(
                "select cast(pg_terminate_backend(pid) as int) from pg_stat_activity where application_name = ?", name);
        });
        ASSERT_TRUE(cut.has_value());
        ASSERT_GE(cut->size(), 2U);  // The one that writes, and one that reads.
    }
    EXPECT_TRUE(insert(database(), 2).has_value());
    EXPECT_EQ(*count(database()), 2);
}

TEST_P(PostgresqlFault, reports_the_server_s_full_disk_as_unavailable_and_recovers) {
    for (auto const* state : {"53100", "53200", "40001", "40P01", "57014"}) {
        auto const done = database().write(Priority::interactive, [&](Session& session) {
            session.execute(std::string("do $$ begin raise exception 'in the test' using errcode = '") + state +
                            "'; end $$");
        });
        ASSERT_TRUE(done.has_error());
        EXPECT_EQ(done.error().fault, base::Fault::unavailable) << state;
        EXPECT_TRUE(insert(database(), std::atoi(state)).has_value());
    }
}

TEST(PostgresqlServerFault, answers_unavailable_while_the_server_is_down_and_works_when_it_is_back) {
    if (!storage::testing::PostgresqlServer::is_installed()) GTEST_SKIP() << "PostgreSQL is not installed";
    storage::testing::TemporaryFolder const folder;
    base::SystemClock const clock;
    std::filesystem::permissions(folder.path(),
                                 std::filesystem::perms::others_exec | std::filesystem::perms::group_exec,
                                 std::filesystem::perm_options::add);
    storage::testing::PostgresqlServer server(folder.path() / "server");
    auto const database = *Database::open({folder.path() / "data", server.url()}, clock);
    auto const insert = [&](int id) {
        return database->write(Priority::interactive, [&](Session& session) {
            session.execute("create table if not exists line (id bigint)");
            session.execute("insert into line values (?)", id);
        });
    };
    auto const count = [&] {
        return database->read([](Session const& session) { return session.value<int>("select count(*) from line"); });
    };
    ASSERT_TRUE(insert(1).has_value());
    EXPECT_EQ(*count(), 1);
    server.stop();
    for (int attempt = 0; attempt < 3; ++attempt) {
        EXPECT_EQ(insert(2).error().fault, base::Fault::unavailable);
        EXPECT_EQ(count().error().fault, base::Fault::unavailable);
        EXPECT_EQ(database->health().error().fault, base::Fault::unavailable);
    }
    server.start();
    EXPECT_TRUE(insert(3).has_value());
    EXPECT_EQ(*count(), 2);
    EXPECT_TRUE(database->health().has_value());
    server.stop();
}

TEST(PostgresqlServerFault, says_unavailable_when_it_cannot_connect_at_the_start) {
    base::SystemClock const clock;
    storage::testing::TemporaryFolder const folder;
    auto const refused = Database::open({folder.path(), "postgresql://127.0.0.1:1/kula"}, clock);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().fault, base::Fault::unavailable);
    EXPECT_EQ(refused.error().detail.find('\n'), std::string::npos);
}

}  // namespace
