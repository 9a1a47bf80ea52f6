#pragma once
/// @file
/// Passes everything on, NetFlow v5 datagrams as decoded flows: for datagrams whose memory does not live long enough to
/// be told in place. Pure; one thread at a time.

#include "flow_batch.hpp"

namespace kula::formats {

class FlowsOnlySink final : public TrafficSink {
public:
    explicit FlowsOnlySink(TrafficSink& behind) : behind_(behind) {}

    void flows(std::span<Flow const> flows) override { behind_.flows(flows); }
    void netflow5(Netflow5 const& datagram) override {
        for (std::size_t i = 0; i < datagram.size(); ++i) batch_.add(datagram.flow(i), behind_);
        batch_.tell(behind_);
    }
    void names(Flow const& flow, std::span<SeenName const> names) override { behind_.names(flow, names); }
    void undecodable(Place place, std::string_view reason) override { behind_.undecodable(place, reason); }

private:
    TrafficSink& behind_;
    FlowBatch batch_;
};

}  // namespace kula::formats
