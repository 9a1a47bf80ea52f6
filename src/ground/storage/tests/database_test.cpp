#include "storage/database.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::storage;

class DatabaseTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        auto const made = database().write(Priority::interactive, [](Session& session) {
            session.execute("create table line (id bigint primary key, words text not null)");
        });
        ASSERT_TRUE(made.has_value());
    }
    base::Result<void> insert(int id, Priority priority = Priority::interactive) {
        return database().write(priority,
                                [&](Session& session) { session.execute("insert into line values (?, 'x')", id); });
    }
    std::vector<int> ids() {
        return *database().read(
            [](Session const& session) { return session.column<int>("select id from line order by id"); });
    }
};
KULA_ON_BOTH_DATABASES(DatabaseTest);

/// Holds the writer inside a unit until it is let go, so that a test can fill the queue behind it.
class Gate {
public:
    void wait() {
        std::unique_lock lock(mutex_);
        is_reached_ = true;
        changed_.notify_all();
        changed_.wait(lock, [this] { return is_open_; });
    }
    void wait_until_reached() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return is_reached_; });
    }
    void open() {
        std::lock_guard const lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_reached_ = false;
    bool is_open_ = false;
};

TEST_P(DatabaseTest, keeps_what_was_written_over_a_restart) {
    ASSERT_TRUE(insert(1).has_value());
    reopen();
    EXPECT_EQ(ids(), std::vector<int>{1});
}

TEST_P(DatabaseTest, rolls_a_unit_back_that_yields_an_error_or_throws) {
    auto const failed = database().write(Priority::interactive, [](Session& session) -> base::Result<int> {
        session.execute("insert into line values (1, 'x')");
        return base::not_found("nothing like it");
    });
    EXPECT_EQ(failed.error().fault, base::Fault::not_found);
    EXPECT_THROW((void)database().write(Priority::interactive,
                                        [](Session& session) {
                                            session.execute("insert into line values (2, 'x')");
                                            throw std::runtime_error("a bug");
                                        }),
                 std::runtime_error);
    EXPECT_EQ(ids(), std::vector<int>{});
    EXPECT_TRUE(database().health().has_value());
}

TEST_P(DatabaseTest, lets_a_failing_unit_leave_its_neighbours_in_the_batch_alone) {
    ASSERT_TRUE(insert(5).has_value());
    Gate gate;
    std::thread first([&] {
        (void)database().write(Priority::interactive, [&](Session& session) {
            gate.wait();
            session.execute("insert into line values (100, 'x')");
        });
    });
    gate.wait_until_reached();
    std::atomic<int> conflicts = 0;
    std::vector<std::thread> threads;
    for (int i = 1; i <= 9; ++i) {
        threads.emplace_back([&, i] {
            auto const done = insert(i);
            if (done.has_error() && done.error().fault == base::Fault::conflict) ++conflicts;
        });
    }
    gate.open();
    for (auto& thread : threads) thread.join();
    first.join();
    EXPECT_EQ(conflicts, 1);
    EXPECT_EQ(ids(), (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 100}));
}

TEST_P(DatabaseTest, runs_interactive_units_before_bulk_ones_that_came_earlier) {
    Gate gate;
    std::atomic<int> queued = 0;
    std::vector<int> order;  // Only the writer's thread touches it.
    auto const note = [&](Priority priority, int number) {
        return std::thread([this, &order, &queued, priority, number] {
            ++queued;
            (void)database().write(priority, [&](Session&) { order.push_back(number); });
        });
    };
    std::thread blocker([&] { (void)database().write(Priority::bulk, [&](Session&) { gate.wait(); }); });
    gate.wait_until_reached();
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) threads.push_back(note(Priority::bulk, 10));
    while (queued < 3) std::this_thread::yield();
    for (int i = 0; i < 3; ++i) threads.push_back(note(Priority::interactive, 1));
    while (queued < 6) std::this_thread::yield();
    // All six stand in the queue as soon as each thread is past its counter; a seventh unit behind them proves it.
    std::thread last([&] { (void)database().write(Priority::interactive, [&](Session&) { order.push_back(2); }); });
    gate.open();
    for (auto& thread : threads) thread.join();
    last.join();
    blocker.join();
    ASSERT_EQ(order.size(), 7u);
    EXPECT_EQ(std::count(order.begin(), order.end(), 10), 3);
    EXPECT_NE(order.front(), 10);
}

TEST_P(DatabaseTest, reads_one_consistent_state_while_others_write) {
    auto const counts = database().read([&](Session const& session) {
        auto const before = session.value<int>("select count(*) from line");
        std::thread([&] { ASSERT_TRUE(insert(1).has_value()); }).join();
        return std::make_pair(before, session.value<int>("select count(*) from line"));
    });
    ASSERT_TRUE(counts.has_value());
    EXPECT_EQ(counts->first, counts->second);
    EXPECT_EQ(ids().size(), 1u);
}

TEST_P(DatabaseTest, refuses_to_write_from_a_reading_unit) {
    auto const wrote = database().read([](Session const& session) {
        return session.rows<std::int64_t>("insert into line values (1, 'x') returning id");
    });
    EXPECT_TRUE(wrote.has_error());
    EXPECT_EQ(ids(), std::vector<int>{});
}

TEST_P(DatabaseTest, notices_a_write_from_inside_a_unit_instead_of_waiting_for_itself) {
    EXPECT_THROW((void)database().write(Priority::interactive, [&](Session&) { (void)insert(1); }), std::logic_error);
}

TEST_P(DatabaseTest, serves_many_threads_at_once) {
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < 25; ++i) {
                if (insert(t * 100 + i, i % 2 == 0 ? Priority::bulk : Priority::interactive).has_error()) ++failures;
                if (ids().empty()) ++failures;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(ids().size(), 200u);
}

TEST_P(DatabaseTest, owns_its_data_folder_alone_and_says_so) {
    auto const second = Database::open(options(), clock);
    ASSERT_TRUE(second.has_error());
    EXPECT_EQ(second.error().fault, base::Fault::unavailable);
    EXPECT_NE(second.error().detail.find(options().folder.string()), std::string::npos);
    EXPECT_NE(second.error().detail.find("another process"), std::string::npos);
    close();
    EXPECT_TRUE(Database::open(options(), clock).has_value());
}

TEST_P(DatabaseTest, makes_a_missing_folder_that_only_its_owner_can_enter) {
    auto const permissions = std::filesystem::status(options().folder).permissions();
    EXPECT_EQ(permissions & std::filesystem::perms::mask, std::filesystem::perms::owner_all);
}

TEST_P(DatabaseTest, gives_space_back_after_deletions) {
    auto const filled = database().write(Priority::bulk, [](Session& session) {
        auto bulk = session.bulk("insert into line values (?, ?)");
        for (int i = 0; i < 2000; ++i) bulk.add(i, std::string(1000, 'x'));
        return bulk.finish();
    });
    ASSERT_TRUE(filled.has_value());
    auto const full = *database().used_bytes();
    EXPECT_GT(full, 2'000'000);
    ASSERT_TRUE(
        database().write(Priority::bulk, [](Session& session) { session.execute("delete from line"); }).has_value());
    auto const first = database().give_back_space(1'000'000);
    ASSERT_TRUE(first.has_value()) << first.error().detail;
    if (GetParam() == Dialect::sqlite) {
        EXPECT_LT(*database().used_bytes(), full / 10);
        EXPECT_GT(*first, 500'000);
        EXPECT_LT(*first, 1'500'000);
    }
}

TEST(DatabaseOpen, names_a_faulty_url_and_a_folder_that_cannot_be_made) {
    base::SystemClock const clock;
    storage::testing::TemporaryFolder const folder;
    auto const faulty = Database::open({folder.path() / "a", "mysql://somewhere"}, clock);
    EXPECT_EQ(faulty.error().fault, base::Fault::invalid);
    auto const hopeless = Database::open({"/proc/kula/data"}, clock);
    EXPECT_EQ(hopeless.error().fault, base::Fault::unavailable);
    EXPECT_NE(hopeless.error().detail.find("/proc/kula/data"), std::string::npos);
    auto const nobody =
        Database::open({folder.path() / "b", "postgresql:///kula?host=" + folder.path().string()}, clock);
    EXPECT_EQ(nobody.error().fault, base::Fault::unavailable);
}

}  // namespace
