#pragma once
// How a search goes through the events of a plan: piece after piece in the order of lists, as long as it may take.

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

#include "event_hours.hpp"
#include "event_ways.hpp"

namespace kula::events {

/// The first piece follows the plan's ways, which finds at once what there is much of. Where the plan knows marks, the
/// others are of the hours that hold them, and leave out what is between.
class EventWalk {
public:
    using Clock = std::chrono::steady_clock;
    /// Behind this place. Both outlive it.
    EventWalk(storage::Session const& session, EventPlan const& plan, std::optional<EventPlace> behind,
              Clock::time_point until);

    /// The first one always; then nothing where there are no more, or the time is over.
    [[nodiscard]] std::optional<EventPlan::Piece> next();
    /// All before it was in a piece; nothing where there are no more behind.
    [[nodiscard]] std::optional<EventPlace> const& stops_at() const { return stops_at_; }

private:
    void fit_pieces(Clock::time_point now);
    EventPlan::Piece of_hours();
    void ask_for_hours();
    [[nodiscard]] EventPlace end_of(base::Instant hour) const;

    storage::Session const& session_;
    EventPlan const& plan_;
    std::optional<EventPlace> stops_at_;
    Clock::time_point until_;
    std::optional<Clock::time_point> piece_begun_{};
    std::size_t events_;  ///< Of a piece.
    std::size_t pages_;   ///< Of the disk, about, in a piece of hours.
    std::optional<HoursAhead> ahead_{};
    std::deque<HoursAhead::Hour> waiting_{};
    std::optional<base::Instant> asked_to_{};  ///< The last hour, where there are more behind it.
};

}  // namespace kula::events
