#pragma once
/// @file
/// The matcher of a running server: built anew in the background whenever indicators or the national space change, and
/// swapped in between two batches, so that matching never waits for it.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "indicators/snapshot.hpp"
#include "match/matcher.hpp"
#include "registry/national_space.hpp"

namespace kula {

class LiveMatcher {
public:
    using CompileIndicators = std::function<base::Result<std::shared_ptr<indicators::Snapshot const>>()>;
    using NationalSpaceNow = std::function<std::shared_ptr<registry::NationalSpace const>()>;

    /// Builds the first matcher before it returns; without indicators at first, should the database not answer.
    /// `clock` outlives it.
    LiveMatcher(CompileIndicators compile, NationalSpaceNow national, base::Clock const& clock);
    ~LiveMatcher();
    LiveMatcher(LiveMatcher const&) = delete;
    LiveMatcher& operator=(LiveMatcher const&) = delete;

    /// Never null. Any thread.
    [[nodiscard]] std::shared_ptr<match::Matcher const> now() const;
    /// When the current one was built.
    [[nodiscard]] base::Instant built_at() const;
    /// Something changed. Any thread; returns at once. Changes that come while one is being built make one more build.
    void rebuild();

private:
    void build();
    void run(std::stop_token const& stop);

    CompileIndicators compile_;
    NationalSpaceNow national_;
    base::Clock const& clock_;
    mutable std::mutex current_mutex_;
    std::shared_ptr<match::Matcher const> current_;
    base::Instant built_at_{};
    std::mutex asked_mutex_;
    std::condition_variable_any asked_signal_;
    bool asked_ = false;
    std::jthread builder_;
};

}  // namespace kula
