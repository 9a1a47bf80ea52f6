#include "packet_traffic.hpp"

#include "flows_only_sink.hpp"
#include "ip_protocols.hpp"
#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view header_unreadable = "packet is cut or damaged before its addresses";
constexpr std::string_view link_unknown = "link type is not known";
constexpr std::string_view fragments_missing = "flow export lacks fragments";

Place at(std::uint64_t number) { return {Place::Unit::packet, number}; }

/// Most datagrams on other ports are told apart from exports by their first bytes: a version in 16 bits, or in 32.
bool may_be_export(std::span<std::byte const> datagram) {
    if (datagram.size() < 4) return false;
    auto const word = load32(datagram.data());
    auto const version = word >> 16;
    return version == 5 || version == 9 || version == 10 || word == 5;
}

/// Whether a fragment needs to be held until ports or the whole datagram are known.
bool needs_first_fragment(Packet const& packet) { return !packet.source.is_v4() || has_ports(packet.protocol); }

}  // namespace

PacketTraffic::PacketTraffic(ExportDecoder& exports, CaptureOptions const& options)
    : exports_(exports), flows_(options.idle_timeout, options.active_timeout, options.most_flows) {
    for (auto const port : options.export_ports) export_ports_.set(port);
}

bool PacketTraffic::is_export(Packet const& packet) const {
    if (packet.protocol != protocols::udp || !packet.has_ports) return false;
    return export_ports_.test(packet.destination_port) ||
           (may_be_export(packet.udp_payload) && !packet.is_cut && ExportDecoder::recognises(packet.udp_payload));
}

void PacketTraffic::decode(Packet const& packet, base::Instant time, std::uint64_t number, TrafficSink& sink) {
    Exporter const exporter{packet.source, packet.source_port};
    auto const end = packet.is_cut ? DatagramEnd::cut : DatagramEnd::whole;
    exports_.decode(exporter, packet.udp_payload, time, at(number), sink, end);
}

void PacketTraffic::take(PacketRecord const& record, std::uint64_t number, TrafficSink& sink) {
    auto const dissection = dissect(record.link, record.bytes, record.wire_length);
    auto const& packet = dissection.packet;
    switch (dissection.content) {
        case Content::other: return;
        case Content::broken: return sink.undecodable(at(number), header_unreadable);
        case Content::unknown_link: return sink.undecodable(at(number), link_unknown);
        case Content::ip: break;
    }
    if (packet.fragment) return take_fragment(packet, record.time, number, sink);
    if (is_export(packet)) return decode(packet, record.time, number, sink);
    flows_.add(packet, {1, packet.ip_bytes, record.time, record.time}, sink);
}

void PacketTraffic::take_fragment(Packet const& packet, base::Instant time, std::uint64_t number, TrafficSink& sink) {
    if (!needs_first_fragment(packet)) {
        return flows_.add(packet, {1, packet.ip_bytes, time, time}, sink);
    }
    while (auto surplus = fragments_.take_surplus(time)) give_up(*surplus, sink);
    auto& held = fragments_.add(packet, time, number);
    if (held.is_done) {
        if (!held.is_export) count(held, sink);
    } else if (held.is_whole()) {
        take_whole(held, time, number, sink);
        fragments_.finish(held);
    } else if (held.has_first && held.head.protocol != protocols::udp) {
        count(held, sink);
    }
}

void PacketTraffic::take_whole(HeldFragments& held, base::Instant time, std::uint64_t number, TrafficSink& sink) {
    auto packet = held.head;
    dissect_transport(held.begins_with, held.bytes, packet);
    held.is_export = is_export(packet);
    if (!held.is_export) return count(held, sink);
    FlowsOnlySink copying(sink);
    decode(packet, time, number, copying);
}

void PacketTraffic::give_up(HeldFragments& held, TrafficSink& sink) {
    if (held.is_done) return;
    bool const was_export =
        held.head.protocol == protocols::udp && held.head.has_ports && export_ports_.test(held.head.destination_port);
    if (was_export) return sink.undecodable(at(held.number), fragments_missing);
    count(held, sink);
}

void PacketTraffic::count(HeldFragments& held, TrafficSink& sink) {
    if (held.waiting.packets > 0) flows_.add(held.head, held.waiting, sink);
    held.waiting = {};
}

void PacketTraffic::finish(TrafficSink& sink) {
    while (auto held = fragments_.take_any()) give_up(*held, sink);
    flows_.finish(sink);
}

}  // namespace kula::formats
