#pragma once
/// @file
/// One collecting thread's way from flows to events: match, add up, hand over.

#include <string>

#include "collect/collector.hpp"
#include "events/aggregator.hpp"
#include "live_matcher.hpp"
#include "match/sighting_table.hpp"

namespace kula {

class Sensor final : public collect::FlowTaker {
public:
    /// Both references outlive the sensor.
    Sensor(LiveMatcher const& matcher, events::SightingAggregator& events);

    void flows(std::span<formats::Flow const> flows) override { matching_.flows(flows); }
    void netflow5(formats::Netflow5 const& datagram) override { matching_.netflow5(datagram); }
    void names(formats::Flow const& flow, std::span<formats::SeenName const> names) override {
        matching_.names(flow, names);
    }
    void undecodable(formats::Place place, std::string_view reason) override { matching_.undecodable(place, reason); }
    /// Matches what is gathered; hands the sums over twice a second.
    void batch_done(base::Instant now) override;

private:
    events::SightingAggregator& events_;
    match::SightingTable table_{match::SightingTable::Hours::apart};
    match::Matching matching_;
    base::Instant handed_over_{};
};

}  // namespace kula
