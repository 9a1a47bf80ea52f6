#include "sensor.hpp"

namespace kula {
namespace {

constexpr auto between_hand_overs = std::chrono::milliseconds(500);
constexpr std::size_t most_held = 20'000;  // different sightings; a scan of the whole country makes many

}  // namespace

Sensor::Sensor(LiveMatcher const& matcher, events::SightingAggregator& events, std::string lineage)
    : events_(events),
      lineage_(std::move(lineage)),
      matching_([&matcher] { return matcher.now(); },
                [this](match::Matcher const& by, match::Hit const& hit) { table_.add(by, hit); }) {}

void Sensor::batch_done() {
    matching_.flush();
    auto const now = std::chrono::steady_clock::now();
    if (table_.size() == 0 || (now - handed_over_ < between_hand_overs && table_.size() < most_held)) return;
    handed_over_ = now;
    auto sightings = table_.take();
    for (auto& sighting : sightings) sighting.lineage = lineage_;
    events_.add(sightings);
}

}  // namespace kula
