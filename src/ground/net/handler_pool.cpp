#include "handler_pool.hpp"

#include "base/must.hpp"

namespace kula::net {

HandlerPool::HandlerPool(LaneSize quick, LaneSize heavy) {
    base::must(quick.threads > 0 && heavy.threads > 0, "each lane has a thread");
    quick_.capacity = quick.queue;
    heavy_.capacity = heavy.queue;
    for (unsigned made = 0; made < quick.threads; ++made) threads_.emplace_back([this] { run(quick_); });
    for (unsigned made = 0; made < heavy.threads; ++made) threads_.emplace_back([this] { run(heavy_); });
}

HandlerPool::~HandlerPool() { stop(); }

bool HandlerPool::submit(Lane lane, std::function<void()> job) {
    std::lock_guard const lock(mutex_);
    auto& queue = this->queue(lane);
    if (stopped_ || queue.jobs.size() >= queue.capacity) return false;
    queue.jobs.push_back(std::move(job));
    queue.filled.notify_one();
    return true;
}

std::size_t HandlerPool::waiting() const {
    std::lock_guard const lock(mutex_);
    return quick_.jobs.size() + heavy_.jobs.size();
}

void HandlerPool::stop() {
    std::deque<std::function<void()>> forgotten;  // destroyed outside the lock: jobs own connections
    {
        std::lock_guard const lock(mutex_);
        stopped_ = true;
        forgotten.swap(quick_.jobs);
        for (auto& job : heavy_.jobs) forgotten.push_back(std::move(job));
        heavy_.jobs.clear();
        quick_.filled.notify_all();
        heavy_.filled.notify_all();
    }
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void HandlerPool::run(Queue& queue) {
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(mutex_);
            queue.filled.wait(lock, [&] { return stopped_ || !queue.jobs.empty(); });
            if (stopped_) return;
            job = std::move(queue.jobs.front());
            queue.jobs.pop_front();
        }
        job();
    }
}

}  // namespace kula::net
