#pragma once
/// @file
/// What captured packets mean: flow exports are decoded, everything else is counted in flows. Pure; one thread at a
/// time.

#include <bitset>

#include "flow_table.hpp"
#include "formats/capture.hpp"
#include "fragments.hpp"
#include "packet_record.hpp"

namespace kula::formats {

class PacketTraffic {
public:
    PacketTraffic(ExportDecoder& exports, CaptureOptions const& options);

    /// `number` is the packet's place in its capture.
    void take(PacketRecord const& record, std::uint64_t number, TrafficSink& sink);
    /// Ends and tells what is still open.
    void finish(TrafficSink& sink);

private:
    [[nodiscard]] bool is_export(Packet const& packet) const;
    void decode(Packet const& packet, base::Instant time, std::uint64_t number, TrafficSink& sink);
    void take_fragment(Packet const& packet, base::Instant time, std::uint64_t number, TrafficSink& sink);
    void take_whole(HeldFragments& held, base::Instant time, std::uint64_t number, TrafficSink& sink);
    void give_up(HeldFragments& held, TrafficSink& sink);
    void count(HeldFragments& held, TrafficSink& sink);

    ExportDecoder& exports_;
    std::bitset<65536> export_ports_;
    FlowTable flows_;
    FragmentStore fragments_;
};

}  // namespace kula::formats
