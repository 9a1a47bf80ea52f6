#pragma once
/// @file
/// One collecting thread's way from flows to events: match, add up, hand over.

#include <chrono>
#include <string>

#include "events/aggregator.hpp"
#include "live_matcher.hpp"
#include "match/sighting_table.hpp"

namespace kula {

class Sensor {
public:
    /// `lineage` says where the flows come from: `collect:127.0.0.1:2055`. All references outlive the sensor.
    Sensor(LiveMatcher const& matcher, events::SightingAggregator& events, std::string lineage);

    [[nodiscard]] match::Matching& sink() { return matching_; }
    /// The decoder's bytes are about to go: matches what is gathered, and hands sums over twice a second.
    void batch_done();
    [[nodiscard]] match::MatchingCounts const& counts() const { return matching_.counts(); }

private:
    events::SightingAggregator& events_;
    std::string lineage_;
    match::SightingTable table_;
    match::Matching matching_;
    std::chrono::steady_clock::time_point handed_over_ = std::chrono::steady_clock::now();
};

}  // namespace kula
