#include "password_pool.hpp"

#include <algorithm>

namespace kula::access {

PasswordPool::PasswordPool(unsigned threads, std::size_t queue) : longest_(queue) {
    threads = std::clamp(threads, 1u, 4u);
    idle_ = threads;
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work_off(); });
}

PasswordPool::~PasswordPool() {
    {
        std::lock_guard const lock(mutex_);
        is_over_ = true;
    }
    there_is_work_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool PasswordPool::stand_in_line(std::function<void()> work) {
    {
        std::lock_guard const lock(mutex_);
        if (waiting_.size() >= longest_ + idle_) return false;
        waiting_.push_back(std::move(work));
    }
    there_is_work_.notify_one();
    return true;
}

void PasswordPool::work_off() {
    std::unique_lock lock(mutex_);
    for (;;) {
        there_is_work_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        auto const work = std::move(waiting_.front());
        waiting_.pop_front();
        --idle_;
        lock.unlock();
        work();
        lock.lock();
        ++idle_;
    }
}

}  // namespace kula::access
