#include "intake/feed_runner.hpp"

#include <algorithm>

namespace kula::intake {
namespace {

/// Clocks are set, and other processes change tables: nobody sleeps longer.
constexpr std::chrono::microseconds longest_sleep = std::chrono::seconds(30);
constexpr std::chrono::microseconds shortest_sleep = std::chrono::milliseconds(50);

}  // namespace

FeedRunner::FeedRunner(Feeds& feeds, base::Clock const& clock, std::function<void(std::string_view)> fault,
                       unsigned threads)
    : feeds_(feeds), clock_(clock), fault_(std::move(fault)) {
    feeds_.on_change([this] {
        {
            std::lock_guard const lock(mutex_);
            ++changes_;
        }
        signal_.notify_all();
    });
    for (unsigned at = 0; at < threads; ++at)
        threads_.emplace_back([this](std::stop_token const& stop) { work(stop); });
}

FeedRunner::~FeedRunner() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
    feeds_.on_change({});
}

void FeedRunner::work(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        std::uint64_t seen = 0;
        {
            std::lock_guard const lock(mutex_);
            seen = changes_;
        }
        auto const looked = feeds_.look(stop);
        if (!looked) fault_(looked.error().detail);
        // What could not be kept is still due: at once again it would be asked for without end.
        if (!looked) wait(stop, seen, longest_sleep);
        if (looked && !*looked) wait(stop, seen, until_due());
    }
}

std::chrono::microseconds FeedRunner::until_due() const {
    auto const due = feeds_.next_due();
    if (!due || !*due) return longest_sleep;
    return std::clamp<std::chrono::microseconds>(**due - clock_.now(), shortest_sleep, longest_sleep);
}

void FeedRunner::wait(std::stop_token const& stop, std::uint64_t seen, std::chrono::microseconds sleep) {
    std::unique_lock lock(mutex_);
    signal_.wait_for(lock, stop, sleep, [&] { return changes_ != seen; });
}

}  // namespace kula::intake
