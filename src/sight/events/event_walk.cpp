#include "event_walk.hpp"

#include <algorithm>
#include <limits>

#include "decision.hpp"

namespace kula::events {
namespace {

constexpr std::size_t events_at_first = 2000;
// An event that is reached by its key is a page of the disk; what a feed told in an hour may lie on many.
constexpr std::size_t pages_of_hour = 64;
constexpr std::size_t pages_at_first = pages_of_hour;
constexpr std::size_t most_pages = 1024 * pages_of_hour;
constexpr std::size_t fewest_events = 16;
// Short enough that the last one ends soon after the time is over, also where the disk has to be read.
constexpr std::chrono::milliseconds shortest_piece{8};
constexpr std::chrono::milliseconds longest_piece{24};

}  // namespace

EventWalk::EventWalk(storage::Session const& session, EventPlan const& plan, std::optional<EventPlace> behind,
                     Clock::time_point until)
    : session_(session),
      plan_(plan),
      stops_at_(behind),
      until_(until),
      events_(events_at_first),
      pages_(pages_at_first) {}

std::optional<EventPlan::Piece> EventWalk::next() {
    auto const now = Clock::now();
    bool const is_first = !piece_begun_;
    if (!is_first) {
        if (!stops_at_ || now >= until_) return std::nullopt;
        fit_pieces(now);
    }
    piece_begun_ = now;
    auto piece = is_first || plan_.marks().empty() ? plan_.piece(stops_at_, events_) : of_hours();
    stops_at_ = piece.stops_at;
    return piece;
}

void EventWalk::fit_pieces(Clock::time_point now) {
    auto const took = now - *piece_begun_;
    if (took < shortest_piece) {
        events_ = std::min(events_ * 2, most_looked_at);
        pages_ = std::min(pages_ * 2, most_pages);
    } else if (took > longest_piece) {
        events_ = std::max(events_ / 2, fewest_events);
        pages_ = std::max(pages_ / 2, pages_at_first);
    }
}

EventPlan::Piece EventWalk::of_hours() {
    if (waiting_.empty()) ask_for_hours();
    std::vector<HoursAhead::Hour> hours;
    for (std::size_t pages = 0; pages < pages_ && !waiting_.empty(); waiting_.pop_front()) {
        pages += waiting_.front().events.size() + waiting_.front().sources.size() * pages_of_hour;
        hours.push_back(std::move(waiting_.front()));
    }
    auto piece = plan_.piece(stops_at_, hours);
    if (!waiting_.empty()) {
        piece.stops_at = end_of(hours.back().begin);
    } else if (asked_to_) {
        piece.stops_at = end_of(*asked_to_);
    }
    return piece;
}

void EventWalk::ask_for_hours() {
    bool const rises = plan_.order() == SortOrder::ascending;
    auto first = plan_.from() ? hour_of(*plan_.from()) : base::Instant::min();
    auto last = plan_.to().value_or(base::Instant::max());
    auto& near = rises ? first : last;
    constexpr std::chrono::hours step{1};
    near = asked_to_ ? (rises ? *asked_to_ + step : *asked_to_ - step) : hour_of(stops_at_->moment);
    if (!ahead_) ahead_.emplace(session_, plan_.marks(), plan_.order());
    auto found = ahead_->between(first, last);
    waiting_.assign(std::make_move_iterator(found.hours.begin()), std::make_move_iterator(found.hours.end()));
    asked_to_ = found.stops_at;
}

EventPlace EventWalk::end_of(base::Instant hour) const {
    using Key = std::numeric_limits<std::int64_t>;
    return plan_.order() == SortOrder::ascending
               ? EventPlace{hour + std::chrono::hours(1) - std::chrono::microseconds(1), Key::max()}
               : EventPlace{hour, Key::min()};
}

}  // namespace kula::events
