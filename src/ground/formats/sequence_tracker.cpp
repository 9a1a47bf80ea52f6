#include "sequence_tracker.hpp"

#include <algorithm>

namespace kula::formats {
namespace {

/// A datagram that is further behind did not come late: the exporter counts anew.
constexpr std::uint32_t furthest_behind = 1U << 16;
/// Datagrams that overtake one another make the uptime fall by less.
constexpr std::uint32_t least_fall = 10'000;  // milliseconds
constexpr std::uint32_t hour = 3'600'000;

}  // namespace

std::optional<bool> SequenceTracker::saw(std::uint32_t sequence, std::optional<std::uint32_t> units,
                                         std::optional<std::uint32_t> uptime) {
    auto const next = sequence + units.value_or(0);
    auto const ahead = sequence - next_;
    auto const behind = next_ - sequence;
    auto const follows = knows_next_ ? std::optional(ahead == 0) : std::nullopt;
    bool const is_ahead = ahead < 1U << 31;
    if (!knows_next_ || has_restarted(uptime) || (!is_ahead && behind > furthest_behind)) {
        start_over(next);
    } else if (is_ahead) {
        if (ahead > 0) miss({next_, ahead});
        next_ = next;
        is_late_run_ = false;
    } else if (!fill(sequence, units.value_or(1))) {
        if (is_late_run_ && sequence == late_next_) {
            start_over(next);
        } else {
            is_late_run_ = true;
            late_next_ = next;
        }
    }
    knows_next_ = units.has_value();
    if (uptime) uptime_ = uptime;
    return follows;
}

bool SequenceTracker::has_restarted(std::optional<std::uint32_t> uptime) const {
    if (!uptime || !uptime_ || *uptime >= *uptime_ || *uptime_ - *uptime < least_fall) return false;
    bool const has_wrapped = *uptime_ > ~hour && *uptime < hour;
    return !has_wrapped;
}

void SequenceTracker::start_over(std::uint32_t next) {
    next_ = next;
    is_late_run_ = false;
    gaps_.fill({});
}

void SequenceTracker::miss(Gap gap) {
    lost_ += gap.size;
    newest_gap_ = (newest_gap_ + 1) % gaps_.size();
    gaps_[newest_gap_] = gap;
}

/// Takes the units off the gap that they stand in; what is left of it on both sides stays missing.
bool SequenceTracker::fill(std::uint32_t sequence, std::uint32_t units) {
    for (auto& gap : gaps_) {
        auto const before = sequence - gap.first;
        if (before >= gap.size) continue;
        auto const filled = std::min(units, gap.size - before);
        auto const after = gap.size - before - filled;
        lost_ -= filled;
        gap.size = before;
        if (after > 0) {
            Gap const rest{sequence + filled, after};
            if (before == 0) {
                gap = rest;
            } else {
                lost_ -= after;
                miss(rest);
            }
        }
        return true;
    }
    return false;
}

}  // namespace kula::formats
