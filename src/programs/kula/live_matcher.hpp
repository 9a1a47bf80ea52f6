#pragma once
/// @file
/// The matcher of a running server: built anew whenever indicators or the national space change, and swapped in between
/// two batches, so that matching never waits for it.

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
    /// Indicators changed: they are compiled in the background, which takes seconds for a million. Any thread; returns
    /// at once. Changes that come meanwhile make one more build.
    void follow_indicators();
    /// The national space may have changed: the new one holds for all that is matched once this returns, some
    /// milliseconds later. Any thread.
    void follow_national_space();

private:
    void compile();
    void assemble();
    void run(std::stop_token const& stop);

    CompileIndicators compile_;
    NationalSpaceNow national_;
    base::Clock const& clock_;

    std::mutex assembling_;  ///< Guards the parts of which the current one is made.
    std::shared_ptr<indicators::Snapshot const> snapshot_;
    std::shared_ptr<registry::NationalSpace const> space_;

    mutable std::mutex current_mutex_;
    std::shared_ptr<match::Matcher const> current_;
    base::Instant built_at_{};

    std::mutex asked_mutex_;
    std::condition_variable_any asked_signal_;
    bool asked_ = false;
    std::jthread compiler_;
};

}  // namespace kula
