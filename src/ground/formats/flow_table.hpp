#pragma once
/// @file
/// Aggregates packets into unidirectional five-tuple flows, as a router does. Bounded: beyond `most_flows` the flow
/// that was idle longest is told early. Pure; one thread at a time.

#include <array>
#include <chrono>
#include <cstdint>
#include <vector>

#include "flow_batch.hpp"
#include "formats/packet.hpp"

namespace kula::formats {

/// Packets of one flow that came close together; usually one.
struct SeenPackets {
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    base::Instant first;
    base::Instant last;
};

class FlowTable {
public:
    FlowTable(std::chrono::seconds idle, std::chrono::seconds active, std::size_t most_flows);

    /// Counts packets that have the ends, ports and protocol of `packet`. Flows that end are told some hundred at a
    /// time.
    void add(Packet const& packet, SeenPackets const& seen, TrafficSink& sink);
    /// Tells what has ended so far.
    void tell(TrafficSink& sink);
    /// Ends all flows and tells them.
    void finish(TrafficSink& sink);

private:
    static constexpr std::uint32_t none = 0xffffffff;

    struct Arrival {
        Flow flow;  ///< As if these were its only packets.
        std::uint32_t hash = 0;
    };
    struct Entry {
        Flow flow;
        base::Instant queued;  ///< When it was last put at the back of the queue.
        std::uint32_t hash = 0;
        std::uint32_t next = none;  ///< In the queue, or in the list of free entries.
    };
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t entry = none;
    };

    [[nodiscard]] std::uint32_t hash(Packet const& packet) const;
    [[nodiscard]] std::uint32_t find(Arrival const& arrival) const;
    void work_off(TrafficSink& sink);
    void count(Arrival const& arrival, TrafficSink& sink);
    void insert(Arrival const& arrival, TrafficSink& sink);
    void widen();
    void occupy(std::uint32_t hash, std::uint32_t entry);
    void vacate(std::uint32_t entry);
    void end_idle(base::Instant now, TrafficSink& sink);
    void end_oldest(TrafficSink& sink);
    void enqueue(std::uint32_t entry);
    std::uint32_t dequeue();
    void end(std::uint32_t entry, TrafficSink& sink);

    std::chrono::microseconds idle_;
    std::chrono::microseconds active_;
    std::size_t most_flows_;
    std::uint64_t seed_;
    std::vector<Slot> slots_;  ///< Open addressing, a power of two, at most half full.
    std::vector<Entry> entries_;
    std::size_t used_ = 0;
    std::uint32_t free_ = none;
    std::uint32_t front_ = none;  ///< Of the queue of all flows, the one queued longest ago first.
    std::uint32_t back_ = none;
    /// Packets wait until there are some, so that the memory for all of them is fetched at once.
    std::array<Arrival, 16> arrivals_;
    std::size_t arrived_ = 0;
    FlowBatch ended_;
};

}  // namespace kula::formats
