#include "sensor.hpp"

namespace kula {
namespace {

constexpr auto between_hand_overs = std::chrono::milliseconds(500);
constexpr std::size_t most_held = 20'000;  // different sightings; a scan of the whole country makes many

}  // namespace

Sensor::Sensor(LiveMatcher const& matcher, events::SightingAggregator& events)
    : events_(events),
      matching_([&matcher] { return matcher.now(); },
                [this](match::Matcher const& by, match::Hit const& hit) { table_.add(by, hit); }) {}

void Sensor::batch_done(base::Instant now) {
    matching_.flush();
    bool const is_due = now - handed_over_ >= between_hand_overs || now < handed_over_ || table_.size() >= most_held;
    if (table_.size() == 0 || !is_due) return;
    handed_over_ = now;
    auto sightings = table_.take();
    for (auto& sighting : sightings) sighting.lineage = "collect";
    events_.add(sightings);
}

}  // namespace kula
