#include "link_layer.hpp"

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr NetworkLayer broken{Content::broken, 0};
constexpr NetworkLayer other{Content::other, 0};

namespace ether_types {
constexpr unsigned first = 0x0600;  // IEEE 802.3 §3.2.6: below stands a length
constexpr unsigned ipv4 = 0x0800;
constexpr unsigned vlan = 0x8100;
constexpr unsigned ipv6 = 0x86dd;
constexpr unsigned mpls = 0x8847;
constexpr unsigned mpls_upstream = 0x8848;
constexpr unsigned pppoe_session = 0x8864;
constexpr unsigned provider_vlan = 0x88a8;
constexpr unsigned old_provider_vlan = 0x9100;
constexpr unsigned older_provider_vlan = 0x9200;
}  // namespace ether_types

NetworkLayer ip_at(std::size_t offset) { return {Content::ip, offset}; }

NetworkLayer behind_ppp(Bytes frame, std::size_t at) {
    if (frame.size() < at + 2) return broken;
    if (octet(frame, at) == 0xff && octet(frame, at + 1) == 0x03) at += 2;
    if (frame.size() < at + 1) return broken;
    unsigned protocol = octet(frame, at);
    std::size_t length = 1;
    if ((protocol & 1) == 0) {  // RFC 1661 §6.5: an odd first byte is a compressed protocol field
        if (frame.size() < at + 2) return broken;
        protocol = load16(frame.data() + at);
        length = 2;
    }
    return protocol == 0x0021 || protocol == 0x0057 ? ip_at(at + length) : other;
}

NetworkLayer behind_pppoe(Bytes frame, std::size_t at) {
    if (frame.size() < at + 6) return broken;
    return behind_ppp(frame, at + 6);
}

/// RFC 3032 does not say what a label stack carries; the first nibble does (RFC 4928 §3).
NetworkLayer behind_mpls(Bytes frame, std::size_t at) {
    bool is_last = false;
    while (!is_last) {
        if (frame.size() < at + 4) return broken;
        is_last = (octet(frame, at + 2) & 1) != 0;
        at += 4;
    }
    if (frame.size() <= at) return broken;
    auto const nibble = octet(frame, at) >> 4;
    return nibble == 4 || nibble == 6 ? ip_at(at) : other;
}

/// IEEE 802.2 with SNAP carries an EtherType; other service access points carry no IP.
constexpr std::size_t snap_header = 8;
bool is_snap(Bytes frame, std::size_t at) {
    return frame.size() >= at + snap_header && load16(frame.data() + at) == 0xaaaa && octet(frame, at + 2) == 0x03;
}

/// `at` is where the EtherType stands.
NetworkLayer behind_ether_type(Bytes frame, std::size_t at) {
    for (;;) {
        if (frame.size() < at + 2) return broken;
        auto const type = load16(frame.data() + at);
        at += 2;
        if (type < ether_types::first) {
            if (!is_snap(frame, at)) return other;
            at += snap_header - 2;
            continue;
        }
        switch (type) {
            case ether_types::ipv4:
            case ether_types::ipv6: return ip_at(at);
            case ether_types::vlan:
            case ether_types::provider_vlan:
            case ether_types::old_provider_vlan:
            case ether_types::older_provider_vlan: at += 2; break;
            case ether_types::mpls:
            case ether_types::mpls_upstream: return behind_mpls(frame, at);
            case ether_types::pppoe_session: return behind_pppoe(frame, at);
            default: return other;
        }
    }
}

/// The families of IPv4 (2 everywhere) and IPv6 (10 Linux, 24 NetBSD and OpenBSD, 28 FreeBSD, 30 macOS).
NetworkLayer behind_family(Bytes frame) {
    if (frame.size() < 4) return broken;
    auto const network = load32(frame.data());
    auto const family = network > 0xffff ? __builtin_bswap32(network) : network;
    switch (family) {
        case 2:
        case 10:
        case 24:
        case 28:
        case 30: return ip_at(4);
        default: return other;
    }
}

NetworkLayer behind_hdlc(Bytes frame) {
    if (frame.size() < 4) return broken;
    auto const station = octet(frame, 0);
    if (station != 0x0f && station != 0x8f) return behind_ppp(frame, 0);
    auto const type = load16(frame.data() + 2);
    if (type < ether_types::first) return other;
    return behind_ether_type(frame, 2);
}

}  // namespace

NetworkLayer find_network_layer(LinkType link, Bytes frame) {
    switch (link) {
        case LinkType::ethernet: return behind_ether_type(frame, 12);
        case LinkType::linux_cooked: return frame.size() < 16 ? broken : behind_ether_type(frame, 14);
        case LinkType::linux_cooked_2: {
            if (frame.size() < 20) return broken;
            auto const type = load16(frame.data());
            if (type == ether_types::ipv4 || type == ether_types::ipv6) return ip_at(20);
            if (type == ether_types::mpls || type == ether_types::mpls_upstream) return behind_mpls(frame, 20);
            if (type == ether_types::pppoe_session) return behind_pppoe(frame, 20);
            bool const is_tagged = type == ether_types::vlan || type == ether_types::provider_vlan ||
                                   type == ether_types::old_provider_vlan || type == ether_types::older_provider_vlan;
            return is_tagged ? behind_ether_type(frame, 22) : other;
        }
        case LinkType::raw:
        case LinkType::raw_bsd:
        case LinkType::raw_openbsd:
        case LinkType::ipv4:
        case LinkType::ipv6: return ip_at(0);
        case LinkType::null:
        case LinkType::loop: return behind_family(frame);
        case LinkType::ppp: return behind_ppp(frame, 0);
        case LinkType::ppp_hdlc:
        case LinkType::cisco_hdlc: return behind_hdlc(frame);
        case LinkType::pppoe: return behind_pppoe(frame, 0);
    }
    return {Content::unknown_link, 0};
}

}  // namespace kula::formats
