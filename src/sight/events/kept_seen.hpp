#pragma once
// The sums that were asked for last: a page is one of many in the same order, asked by several people.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "seen.hpp"

namespace kula::events {

/// Safe from any thread, while the columns do not change under it.
class KeptSeen {
public:
    /// Whoever asks for what is being worked out waits for it.
    std::shared_ptr<Seen const> seen(Columns const& columns, ActivitySubject of, Window const& window,
                                     base::Clearance const& clearance) {
        Question asked{of, first_hour(window), window.to, clearance};
        std::lock_guard const lock(mutex_);
        auto found = std::find_if(kept_.begin(), kept_.end(), [&](Kept const& each) { return each.question == asked; });
        if (found == kept_.end()) {
            if (kept_.size() == most) kept_.pop_back();
            auto sums = std::make_shared<Seen const>(columns, of, window, clearance);
            kept_.push_back({std::move(asked), std::move(sums)});
            found = kept_.end() - 1;
        }
        std::rotate(kept_.begin(), found, found + 1);  // What was asked for last stands first.
        return kept_.front().sums;
    }
    /// To be called with every change of the columns, before anybody asks again.
    void forget() {
        std::lock_guard const lock(mutex_);
        kept_.clear();
    }

private:
    static constexpr std::size_t most = 8;
    struct Question {
        ActivitySubject of;
        base::Instant from;
        base::Instant to;
        base::Clearance clearance;
        friend bool operator==(Question const&, Question const&) = default;
    };
    struct Kept {
        Question question;
        std::shared_ptr<Seen const> sums;
    };

    std::mutex mutex_;
    std::vector<Kept> kept_;
};

}  // namespace kula::events
