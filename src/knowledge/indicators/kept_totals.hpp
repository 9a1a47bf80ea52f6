#pragma once
// Totals of lists, kept for a while: counting a million indicators takes longer than reading a page of them.

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/instant.hpp"

namespace kula::indicators {

/// Safe from any thread. Every number is forgotten when indicators change, and after a minute: what is active passes
/// with time.
class KeptTotals {
public:
    /// `count()` is asked where nothing is kept under this key, several times if several threads ask at once.
    template <class Count>
    std::int64_t total(std::string const& key, base::Instant now, Count const& count) {
        std::uint64_t generation = 0;
        {
            std::lock_guard const lock(mutex_);
            auto const found = totals_.find(key);
            if (found != totals_.end() && found->second.counted_at <= now && now - found->second.counted_at < longest)
                return found->second.total;
            generation = generation_;
        }
        auto const total = count();
        std::lock_guard const lock(mutex_);
        if (generation == generation_) {
            if (totals_.size() >= most) totals_.clear();
            totals_[key] = {total, now};
        }
        return total;
    }
    void forget() {
        std::lock_guard const lock(mutex_);
        ++generation_;
        totals_.clear();
    }

private:
    static constexpr std::chrono::minutes longest{1};
    static constexpr std::size_t most = 200;
    struct Counted {
        std::int64_t total;
        base::Instant counted_at;
    };

    std::mutex mutex_;
    std::uint64_t generation_ = 0;
    std::map<std::string, Counted> totals_;
};

}  // namespace kula::indicators
