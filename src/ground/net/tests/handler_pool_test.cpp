#include "handler_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace kula::net {
namespace {

TEST(HandlerPool, refuses_when_its_queue_is_full) {
    std::promise<void> open;
    std::promise<void> started;
    auto const gate = open.get_future().share();
    HandlerPool pool({1, 2}, {1, 1});
    ASSERT_TRUE(pool.submit(Lane::quick, [&, gate] {
        started.set_value();
        gate.wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.submit(Lane::quick, [] {}));
    EXPECT_TRUE(pool.submit(Lane::quick, [] {}));
    EXPECT_FALSE(pool.submit(Lane::quick, [] {}));
    EXPECT_EQ(pool.waiting(), 2u);
    open.set_value();
}

TEST(HandlerPool, heavy_work_never_keeps_quick_work_waiting) {
    std::promise<void> open;
    std::promise<void> done;
    auto const gate = open.get_future().share();
    HandlerPool pool({1, 8}, {1, 8});
    ASSERT_TRUE(pool.submit(Lane::heavy, [gate] { gate.wait(); }));
    ASSERT_TRUE(pool.submit(Lane::quick, [&] { done.set_value(); }));
    done.get_future().wait();
    open.set_value();
}

TEST(HandlerPool, stop_joins_what_runs_and_forgets_what_waits) {
    std::atomic<int> ran = 0;
    std::promise<void> started;
    HandlerPool pool({1, 8}, {1, 8});
    ASSERT_TRUE(pool.submit(Lane::quick, [&] {
        started.set_value();
        ++ran;
    }));
    started.get_future().wait();
    pool.stop();
    EXPECT_EQ(ran, 1);
    EXPECT_FALSE(pool.submit(Lane::quick, [&] { ++ran; }));
    pool.stop();
}

}  // namespace
}  // namespace kula::net
