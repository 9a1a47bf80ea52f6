#include "handler_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace kula::net {
namespace {

TEST(HandlerPool, refuses_when_its_queue_is_full) {
    HandlerPool pool({1, 2}, {1, 1});
    std::promise<void> open;
    std::promise<void> started;
    ASSERT_TRUE(pool.submit(Lane::quick, [&] {
        started.set_value();
        open.get_future().wait();
    }));
    started.get_future().wait();
    EXPECT_TRUE(pool.submit(Lane::quick, [] {}));
    EXPECT_TRUE(pool.submit(Lane::quick, [] {}));
    EXPECT_FALSE(pool.submit(Lane::quick, [] {}));
    EXPECT_EQ(pool.waiting(), 2u);
    open.set_value();
}

TEST(HandlerPool, heavy_work_never_keeps_quick_work_waiting) {
    HandlerPool pool({1, 8}, {1, 8});
    std::promise<void> open;
    ASSERT_TRUE(pool.submit(Lane::heavy, [&] { open.get_future().wait(); }));
    std::promise<void> done;
    ASSERT_TRUE(pool.submit(Lane::quick, [&] { done.set_value(); }));
    done.get_future().wait();
    open.set_value();
}

TEST(HandlerPool, stop_joins_what_runs_and_forgets_what_waits) {
    std::atomic<int> ran = 0;
    HandlerPool pool({1, 8}, {1, 8});
    std::promise<void> started;
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
