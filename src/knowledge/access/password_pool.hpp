#pragma once
// A few threads that work out password digests, so that a crowd of attempts can take neither the processors nor the
// memory: at most `threads` at a time, at most `queue` waiting, one more is told so at once.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/result.hpp"

namespace kula::access {

class PasswordPool {
public:
    PasswordPool(unsigned threads, std::size_t queue);
    /// Nobody waits in `run` any more.
    ~PasswordPool();
    PasswordPool(PasswordPool const&) = delete;
    PasswordPool& operator=(PasswordPool const&) = delete;

    /// Does the work on one of the threads and waits for it; exceptions come back. `unavailable` when the queue is
    /// full.
    template <class Work>
    base::Result<std::invoke_result_t<Work&>> run(Work work) {
        std::packaged_task<std::invoke_result_t<Work&>()> task(std::move(work));
        auto future = task.get_future();
        if (!stand_in_line([&task] { task(); })) return base::unavailable("too many passwords are being checked");
        return future.get();
    }

private:
    bool stand_in_line(std::function<void()> work);
    void work_off();

    std::size_t const longest_;
    std::mutex mutex_;
    std::condition_variable there_is_work_;
    std::deque<std::function<void()>> waiting_;
    unsigned idle_ = 0;
    bool is_over_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace kula::access
