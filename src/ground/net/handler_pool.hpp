#pragma once
/// @file
/// The threads that run handlers: two lanes, each with a bounded queue of its own.

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "net/router.hpp"

namespace kula::net {

class HandlerPool {
public:
    struct LaneSize {
        unsigned threads;
        std::size_t queue;
    };
    HandlerPool(LaneSize quick, LaneSize heavy);
    /// Joins.
    ~HandlerPool();
    HandlerPool(HandlerPool const&) = delete;
    HandlerPool& operator=(HandlerPool const&) = delete;

    /// False when the lane's queue is full or the pool has stopped; never waits. `job` must not throw.
    [[nodiscard]] bool submit(Lane lane, std::function<void()> job);
    /// Jobs that no thread has taken yet.
    [[nodiscard]] std::size_t waiting() const;
    /// Forgets the jobs that wait, joins those that run. Idempotent; never from a job.
    void stop();

private:
    struct Queue {
        std::deque<std::function<void()>> jobs;
        std::size_t capacity = 0;
        std::condition_variable filled;
    };
    Queue& queue(Lane lane) { return lane == Lane::quick ? quick_ : heavy_; }
    void run(Queue& queue);

    mutable std::mutex mutex_;
    Queue quick_;
    Queue heavy_;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kula::net
