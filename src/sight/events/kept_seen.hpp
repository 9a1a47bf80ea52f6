#pragma once
// The sums that were asked for last: a page is one of many in the same order, asked by several people.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "seen.hpp"

namespace kula::events {

/// Safe from any thread, while the columns do not change under it.
class KeptSeen {
public:
    /// Whoever asks for what another is working out waits for it; different sums are worked out beside each other.
    std::shared_ptr<Seen const> seen(Columns const& columns, ActivitySubject of, Window const& window,
                                     base::Clearance const& clearance) {
        auto kept = kept_for({of, first_hour(window), window.to, clearance});
        std::call_once(kept->worked_out, [&] { kept->sums.emplace(columns, of, window, clearance); });
        auto const* const sums = &*kept->sums;
        return {std::move(kept), sums};
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
        explicit Kept(Question asked) : question(std::move(asked)) {}
        Question const question;
        std::once_flag worked_out{};
        std::optional<Seen> sums{};
    };

    std::shared_ptr<Kept> kept_for(Question asked) {
        std::lock_guard const lock(mutex_);
        auto found =
            std::find_if(kept_.begin(), kept_.end(), [&](auto const& each) { return each->question == asked; });
        if (found == kept_.end()) {
            if (kept_.size() == most) kept_.pop_back();
            kept_.push_back(std::make_shared<Kept>(std::move(asked)));
            found = kept_.end() - 1;
        }
        std::rotate(kept_.begin(), found, found + 1);  // What was asked for last stands first.
        return kept_.front();
    }

    std::mutex mutex_;
    std::vector<std::shared_ptr<Kept>> kept_;
};

}  // namespace kula::events
