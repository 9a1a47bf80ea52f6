#include "formats/packet.hpp"

#include <algorithm>

#include "ip_protocols.hpp"
#include "link_layer.hpp"
#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t ipv4_header = 20;
constexpr std::size_t ipv6_header = 40;
constexpr std::size_t udp_header = 8;
constexpr int most_extension_headers = 16;

/// Length of the extension header that `bytes` starts with; nothing where `protocol` is none, or it is not all there.
std::optional<std::size_t> extension_length(std::uint8_t protocol, Bytes bytes) {
    if (bytes.size() < 8) return std::nullopt;
    std::size_t const units = octet(bytes, 1);
    std::size_t length = 0;
    switch (protocol) {
        case protocols::hop_by_hop:
        case protocols::routing:
        case protocols::destination_options:
        case protocols::mobility:
        case protocols::host_identity:
        case protocols::shim6: length = (units + 1) * 8; break;
        case protocols::authentication: length = (units + 2) * 4; break;
        case protocols::fragment: length = 8; break;
        default: return std::nullopt;
    }
    return length <= bytes.size() ? std::optional(length) : std::nullopt;
}

void read_ports(Bytes segment, Packet& packet) {
    if (!has_ports(packet.protocol) || segment.size() < 4) return;
    packet.has_ports = true;
    packet.source_port = load16(segment.data());
    packet.destination_port = load16(segment.data() + 2);
    if (packet.protocol != protocols::udp || segment.size() < udp_header) return;
    std::size_t const announced = load16(segment.data() + 4);
    // RFC 2675 §4: a jumbogram announces 0.
    auto const length = announced < udp_header ? segment.size() : std::min(announced, segment.size());
    if (!packet.fragment && (announced > segment.size() || (announced != 0 && announced < udp_header))) {
        packet.is_cut = true;
    }
    packet.udp_payload = segment.subspan(udp_header, length - udp_header);
}

/// Whether a fragment header made `packet` a real fragment: RFC 6946 has whole packets that carry one.
bool note_fragment(Bytes header, Packet& packet) {
    auto const word = load16(header.data() + 2);
    Fragment const fragment{load32(header.data() + 4), word & 0xfff8u, (word & 1) != 0, octet(header, 0)};
    if (fragment.offset == 0 && !fragment.more) return false;
    packet.fragment = fragment;
    return true;
}

}  // namespace

void dissect_transport(std::uint8_t protocol, Bytes segment, Packet& packet) {
    for (int walked = 0; walked < most_extension_headers && !packet.source.is_v4(); ++walked) {
        auto const length = extension_length(protocol, segment);
        if (!length) break;
        auto const header = segment.first(*length);
        segment = segment.subspan(*length);
        auto const carried = protocol;
        protocol = octet(header, 0);
        if (carried != protocols::fragment || packet.fragment || !note_fragment(header, packet)) continue;
        packet.protocol = protocol;
        packet.ip_payload = segment;
        if (!packet.fragment->is_first()) return;
    }
    packet.protocol = protocol;
    if (!packet.fragment) packet.ip_payload = segment;
    read_ports(segment, packet);
}

namespace {

Content read_ipv4(Bytes bytes, std::size_t wire_length, Packet& packet) {
    if (bytes.size() < ipv4_header) return Content::broken;
    std::size_t const header = (octet(bytes, 0) & 0x0fu) * 4u;
    std::size_t const told = load16(bytes.data() + 2);
    auto const length = told == 0 ? wire_length : told;
    if (header < ipv4_header || length < header) return Content::broken;
    packet.source = base::Address::v4(load32(bytes.data() + 12));
    packet.destination = base::Address::v4(load32(bytes.data() + 16));
    packet.protocol = octet(bytes, 9);
    packet.ip_bytes = static_cast<std::uint32_t>(length);
    packet.is_cut = length > bytes.size();
    auto const word = load16(bytes.data() + 6);
    if ((word & 0x3fff) != 0) {
        packet.fragment =
            Fragment{load16(bytes.data() + 4), (word & 0x1fffu) * 8u, (word & 0x2000) != 0, packet.protocol};
    }
    auto const captured = std::min(length, bytes.size());
    if (captured <= header) return Content::ip;
    packet.ip_payload = bytes.subspan(header, captured - header);
    if (!packet.fragment || packet.fragment->is_first()) read_ports(packet.ip_payload, packet);
    return Content::ip;
}

Content read_ipv6(Bytes bytes, std::size_t wire_length, Packet& packet) {
    if (bytes.size() < ipv6_header) return Content::broken;
    auto const address = [&](std::size_t at) {
        return base::Address::v6(base::Uint128{load64(bytes.data() + at)} << 64 | load64(bytes.data() + at + 8));
    };
    std::size_t const told = load16(bytes.data() + 4);
    auto const next_header = octet(bytes, 6);
    bool const is_offloaded = told == 0 && next_header != protocols::no_next_header;
    auto const length = is_offloaded ? wire_length : ipv6_header + told;
    packet.source = address(8);
    packet.destination = address(24);
    packet.ip_bytes = static_cast<std::uint32_t>(length);
    packet.is_cut = length > bytes.size();
    auto const captured = std::min(length, bytes.size());
    dissect_transport(next_header, bytes.subspan(ipv6_header, captured - ipv6_header), packet);
    return Content::ip;
}

}  // namespace

Dissection dissect(LinkType link, Bytes captured, std::size_t wire_length) {
    Dissection result;
    auto const found = find_network_layer(link, captured);
    result.content = found.content;
    if (found.content != Content::ip) return result;
    auto const bytes = captured.subspan(found.offset);
    if (bytes.empty()) {
        result.content = Content::broken;
        return result;
    }
    auto const length = std::clamp(wire_length, captured.size(), std::size_t{0xffffffff}) - found.offset;
    switch (octet(bytes, 0) >> 4) {
        case 4: result.content = read_ipv4(bytes, length, result.packet); break;
        case 6: result.content = read_ipv6(bytes, length, result.packet); break;
        default: result.content = Content::broken; break;
    }
    return result;
}

}  // namespace kula::formats
