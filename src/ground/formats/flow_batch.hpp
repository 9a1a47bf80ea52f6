#pragma once
/// @file
/// Collects flows so that a sink is told of many at once. Pure; one thread at a time.

#include <cstddef>
#include <vector>

#include "formats/traffic.hpp"

namespace kula::formats {

class FlowBatch {
public:
    void add(Flow const& flow, TrafficSink& sink) {
        flows_.push_back(flow);
        if (flows_.size() >= most) tell(sink);
    }
    void tell(TrafficSink& sink) {
        if (flows_.empty()) return;
        sink.flows(flows_);
        flows_.clear();
    }

private:
    static constexpr std::size_t most = 512;
    std::vector<Flow> flows_;
};

}  // namespace kula::formats
