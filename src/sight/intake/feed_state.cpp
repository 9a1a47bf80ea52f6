// When to look, and what is to be told of how it goes.

#include <algorithm>

#include "base/fnv.hpp"
#include "intake/feed.hpp"

namespace kula::intake {
namespace {

using std::chrono::seconds;

constexpr std::uint64_t failures_that_alarm = 3;
constexpr seconds first_pause{60};
constexpr seconds longest_pause = std::chrono::hours(1);
constexpr seconds longest_wish = std::chrono::hours(24);  // of a server

}  // namespace

FeedHealth health_of(Feed const& feed, base::Instant now) {
    auto const& state = feed.state;
    if (!feed.content.is_enabled) return FeedHealth::off;
    if (state.failures >= failures_that_alarm || (state.failures > 0 && !state.succeeded_at))
        return FeedHealth::failing;
    auto const since = std::max(state.delivered_at.value_or(state.watched_from), state.watched_from);
    if (feed.content.expected && now - since > *feed.content.expected) return FeedHealth::late;
    if (state.condition == DeliveryCondition::none) return FeedHealth::never;
    return state.condition == DeliveryCondition::whole ? FeedHealth::ok : FeedHealth::incomplete;
}

base::Instant next_look(Feed const& feed, base::Instant now) {
    auto const period = feed.content.period;
    auto const most = std::max<std::int64_t>(period.count() / 10, 1);
    auto const earlier = base::fnv1a(feed.id.text()) % static_cast<std::uint64_t>(most);
    return now + period - seconds(static_cast<std::int64_t>(earlier));
}

base::Instant next_attempt(std::uint64_t failures, std::optional<base::Instant> not_before, base::Instant now) {
    constexpr std::uint64_t most_doublings = 6;  // beyond the longest pause
    auto const doublings = std::min(failures > 0 ? failures - 1 : 0, most_doublings);
    auto const due = now + std::min(first_pause * (std::int64_t{1} << doublings), longest_pause);
    if (!not_before) return due;
    return std::max<base::Instant>(due, std::min<base::Instant>(*not_before, now + longest_wish));
}

}  // namespace kula::intake
