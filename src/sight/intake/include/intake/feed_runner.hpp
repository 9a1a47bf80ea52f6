#pragma once
/// @file
/// Threads that look for what feeds bring, when it is due. Nothing is lost when they end: what they were at is done
/// again.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "intake/feeds.hpp"

namespace kula::intake {

class FeedRunner {
public:
    /// So many feeds are looked for at once: one that is slow holds up few others.
    static constexpr unsigned usual_threads = 4;

    /// All outlive it. `fault` is told what an operator should know: the database does not answer. From any thread.
    FeedRunner(Feeds& feeds, base::Clock const& clock, std::function<void(std::string_view)> fault,
               unsigned threads = usual_threads);
    /// Ends what is under way, within about a second where a server is silent, behind a batch of rows where one is
    /// read.
    ~FeedRunner();
    FeedRunner(FeedRunner const&) = delete;
    FeedRunner& operator=(FeedRunner const&) = delete;

private:
    void work(std::stop_token const& stop);
    /// Until that long has passed, or something was changed since `seen`.
    void wait(std::stop_token const& stop, std::uint64_t seen, std::chrono::microseconds sleep);
    [[nodiscard]] std::chrono::microseconds until_due() const;

    Feeds& feeds_;
    base::Clock const& clock_;
    std::function<void(std::string_view)> fault_;
    std::mutex mutex_{};
    std::condition_variable_any signal_{};
    std::uint64_t changes_ = 0;
    std::vector<std::jthread> threads_{};
};

}  // namespace kula::intake
