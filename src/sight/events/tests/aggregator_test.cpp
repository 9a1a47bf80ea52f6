#include "events/aggregator.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "sightings.hpp"
#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::events;
using namespace std::chrono_literals;

std::shared_ptr<registry::Attribution const> owners() { return {std::shared_ptr<void>(), &sixteen_owners()}; }

class AggregatorTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start({1h});
    }
    void TearDown() override {
        stop();
        Twins::TearDown();
    }
    void start(AggregatorOptions options) {
        store = SightingStore::open(database(), clock).value();
        aggregator = std::make_unique<SightingAggregator>(*store, owners, country, clock, options);
    }
    void stop() {
        aggregator.reset();
        store.reset();
    }
    void add(Observation const& seen) { aggregator->add({&seen, 1}); }
    Totals totals() { return store->totals({}).value(); }

    std::unique_ptr<SightingStore> store;
    std::unique_ptr<SightingAggregator> aggregator;
};
KULA_ON_BOTH_DATABASES(AggregatorTest);

class SqliteAggregatorTest : public AggregatorTest {
protected:
    /// SQLite refuses to grow: what a full disk does.
    void limit_pages(int pages) {
        auto const set = database().write(storage::Priority::interactive, [pages](storage::Session& session) {
            return session.value<std::int64_t>("pragma max_page_count = " + std::to_string(pages));
        });
        ASSERT_TRUE(set.has_value());
    }
    void fill_up() {
        limit_pages(1);  // As many as there are.
        auto const added = store->add(traffic(2000, at(1), 1, 3), 1'000'000);
        ASSERT_EQ(added.error().fault, base::Fault::unavailable);
    }
};
INSTANTIATE_TEST_SUITE_P(on, SqliteAggregatorTest, ::testing::Values(storage::Dialect::sqlite),
                         storage::testing::twin_name);

TEST_P(AggregatorTest, adds_observations_up_and_stores_them_with_what_it_decides) {
    add(observation());
    add(observation());
    auto late = observation();
    late.last = at(11);
    add(late);
    EXPECT_EQ(aggregator->state().waiting, 2u);
    EXPECT_EQ(totals().sightings, 0u);
    ASSERT_TRUE(aggregator->flush().has_value());
    EXPECT_EQ(aggregator->state().waiting, 0u);
    EXPECT_EQ(aggregator->state().flushed, 2u);
    EXPECT_EQ(totals(), (Totals{2, 3, 30, 3000, 1, 1}));
    auto const page = store->list({}, SightingSort::flows, SortOrder::descending, "", 10).value();
    EXPECT_EQ(page.items[0].organisation, organisation(0));
    EXPECT_EQ(page.items[0].record.created_by, "system:collect");
}

TEST_P(AggregatorTest, goes_on_adding_up_after_a_flush_and_over_a_restart) {
    add(observation());
    ASSERT_TRUE(aggregator->flush().has_value());
    add(observation());
    stop();  // Flushes once more.
    reopen();
    start({1h});
    add(observation());
    ASSERT_TRUE(aggregator->flush().has_value());
    EXPECT_EQ(totals().sightings, 1u);
    EXPECT_EQ(totals().flows, 3u);
}

TEST_P(AggregatorTest, flushes_by_itself_every_window) {
    stop();
    store = SightingStore::open(database(), clock).value();
    std::mutex mutex;
    std::condition_variable told;
    int news = 0;
    store->on_news([&](News const&) {
        std::lock_guard const lock(mutex);
        ++news;
        told.notify_all();
    });
    aggregator = std::make_unique<SightingAggregator>(*store, owners, country, clock, AggregatorOptions{100ms});
    add(observation());
    std::unique_lock lock(mutex);
    EXPECT_TRUE(told.wait_for(lock, 20s, [&] { return news == 1; }));
    lock.unlock();
    stop();  // The listener uses what ends here.
}

TEST_P(AggregatorTest, flushes_early_when_half_of_what_may_wait_does) {
    stop();
    store = SightingStore::open(database(), clock).value();
    std::mutex mutex;
    std::condition_variable told;
    std::uint64_t stored = 0;
    store->on_news([&](News const& news) {
        std::lock_guard const lock(mutex);
        stored += news.count;
        told.notify_all();
    });
    aggregator = std::make_unique<SightingAggregator>(*store, owners, country, clock, AggregatorOptions{1h, 1000});
    for (int i = 0; i < 600; ++i)
        add(observation("198.18.0." + std::to_string(i % 250), "192.0.2." + std::to_string(i / 250)));
    std::unique_lock lock(mutex);
    EXPECT_TRUE(told.wait_for(lock, 20s, [&] { return stored >= 500; }));
    lock.unlock();
    stop();  // The listener uses what ends here.
}

TEST_P(AggregatorTest, stores_names_with_any_bytes_and_leaves_out_what_is_too_long) {
    auto wild = observation("evil.example");
    wild.matched = std::string("ev\0il\xFF\n.example", 15);
    add(wild);
    auto huge = observation();
    huge.matched.assign(5000, 'x');
    add(huge);
    ASSERT_TRUE(aggregator->flush().has_value());
    EXPECT_EQ(store->list({}, SightingSort::last, SortOrder::descending, "", 10)->items.at(0).seen.matched,
              "ev?il??.example");
    EXPECT_EQ(aggregator->state().dropped_sightings, 1u);
}

TEST_P(AggregatorTest, counts_what_many_threads_add) {
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([this] {
            for (int i = 0; i < 500; ++i) add(observation("198.18.0." + std::to_string(i % 50)));
        });
    }
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(aggregator->flush().has_value());
    for (auto& thread : threads) thread.join();
    ASSERT_TRUE(aggregator->flush().has_value());
    EXPECT_EQ(totals().flows, 2000u);
    EXPECT_EQ(totals().sightings, 50u);
}

TEST_P(SqliteAggregatorTest, waits_while_the_disk_is_full_and_stores_everything_when_there_is_room) {
    fill_up();
    for (int i = 0; i < 300; ++i)
        add(observation("198.18.0." + std::to_string(i % 250), "192.0.2." + std::to_string(i / 250)));
    EXPECT_EQ(aggregator->flush().error().fault, base::Fault::unavailable);
    EXPECT_TRUE(aggregator->state().trouble.has_value());
    add(observation("198.19.0.1"));
    EXPECT_TRUE(aggregator->flush().has_error());
    EXPECT_EQ(aggregator->state().waiting, 301u);
    limit_pages(1'000'000);
    ASSERT_TRUE(aggregator->flush().has_value());
    EXPECT_FALSE(aggregator->state().trouble.has_value());
    EXPECT_EQ(aggregator->state().waiting, 0u);
    EXPECT_EQ(totals().flows, 301u);
    EXPECT_EQ(aggregator->state().dropped_sightings, 0u);
}

TEST_P(SqliteAggregatorTest, drops_the_oldest_and_counts_them_when_too_much_waits) {
    stop();
    start({1h, 100});
    fill_up();
    for (int i = 0; i < 40; ++i) add(observation("198.18.0." + std::to_string(i)));  // Too few for an early flush.
    EXPECT_TRUE(aggregator->flush().has_error());
    for (int i = 40; i < 250; ++i) add(observation("198.18.0." + std::to_string(i)));
    auto const state = aggregator->state();
    EXPECT_LE(state.waiting, 100u);
    EXPECT_EQ(state.waiting + state.dropped_sightings, 250u);
    EXPECT_EQ(state.dropped_flows, state.dropped_sightings);
    limit_pages(1'000'000);
    ASSERT_TRUE(aggregator->flush().has_value());
    auto const page = store->list({}, SightingSort::last, SortOrder::descending, "", 1000).value();
    EXPECT_EQ(page.items.size(), state.waiting);
    for (auto const& item : page.items) EXPECT_GE(std::stoi(item.seen.matched.substr(9)), 150);
}

/// Flushes window after window; after each, tells how many flows are stored for certain.
[[noreturn]] void flush_until_killed(storage::DatabaseOptions const& options, base::Clock const& clock, int told) {
    auto const database = storage::Database::open(options, clock).value();
    auto const store = SightingStore::open(*database, clock).value();
    SightingAggregator aggregator(*store, owners, country, clock, {1h});
    for (int flows = 1;; ++flows) {
        auto const seen = observation("198.18.0." + std::to_string(flows % 200));
        aggregator.add({&seen, 1});
        if (aggregator.flush().has_error() || write(told, &flows, sizeof flows) != sizeof flows) _exit(1);
    }
}

TEST_P(AggregatorTest, loses_nothing_that_was_flushed_when_the_process_is_killed) {
    stop();
    close();
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    pid_t const child = fork();
    if (child == 0) flush_until_killed(options(), clock, ends[1]);
    ::close(ends[1]);
    int last = 0;
    for (int flows = 0; read(ends[0], &flows, sizeof flows) == sizeof flows;) {
        last = flows;
        if (flows == 40) kill(child, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    open();
    start({1h});
    EXPECT_GE(totals().flows, static_cast<std::uint64_t>(last));
    EXPECT_LE(totals().flows, static_cast<std::uint64_t>(last) + 1);
}

}  // namespace
