#pragma once
/// @file
/// One captured packet taken apart as far as its IP addresses and ports, whatever link it was captured on.
///
/// Sources: tcpdump.org/linktypes; IEEE 802.1Q and 802.1ad; RFC 791, RFC 8200 §4 (extension headers), RFC 3032 (MPLS),
/// RFC 2516 (PPPoE), RFC 1661 (PPP). Checksums are not verified; tunnels are not entered. Pure; safe from any thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/address.hpp"

namespace kula::formats {

/// What a packet starts with; the numbers are those of capture files. Others are told as `Content::unknown_link`.
enum class LinkType : std::uint16_t {
    null = 0,  ///< BSD loopback: address family in the capturing machine's byte order.
    ethernet = 1,
    ppp = 9,
    raw_bsd = 12,
    raw_openbsd = 14,
    ppp_hdlc = 50,
    pppoe = 51,
    raw = 101,
    cisco_hdlc = 104,
    loop = 108,  ///< OpenBSD loopback: address family in network order.
    linux_cooked = 113,
    ipv4 = 228,
    ipv6 = 229,
    linux_cooked_2 = 276,
};

/// Where a fragment stands in the packet it was cut from.
struct Fragment {
    std::uint32_t id = 0;
    std::uint32_t offset = 0;   ///< In bytes, of the fragmentable part.
    bool more = false;          ///< It is not the last one.
    std::uint8_t protocol = 0;  ///< Of what the whole begins with; IPv6 extension headers may still follow.
    [[nodiscard]] bool is_first() const { return offset == 0; }
};

struct Packet {
    base::Address source;
    base::Address destination;
    /// IP protocol number behind the IPv6 extension headers; of a later IPv6 fragment what its fragment header tells.
    std::uint8_t protocol = 0;
    bool has_ports = false;
    /// Fewer bytes were captured than the IP or UDP header announces (of a fragment: the IP header).
    bool is_cut = false;
    std::uint16_t source_port = 0;       ///< Of TCP, UDP, SCTP, DCCP, UDP-Lite; else 0.
    std::uint16_t destination_port = 0;  ///< Likewise.
    /// Layer 3 length as the IP header tells it; where that says 0 (segmentation offload), the length on the wire.
    std::uint32_t ip_bytes = 0;
    std::optional<Fragment> fragment{};
    /// What was captured behind the IP header (of a fragment: behind the fragment header), without link padding.
    std::span<std::byte const> ip_payload{};
    /// What was captured behind the UDP header, no more than it announces. Empty for all but UDP.
    std::span<std::byte const> udp_payload{};
};

enum class Content : std::uint8_t {
    ip,            ///< `packet` is filled.
    other,         ///< Whole, but not IP: ARP, spanning tree, ...
    broken,        ///< Cut or damaged so that the IP header cannot be read.
    unknown_link,  ///< The link type is not one of `LinkType`.
};

struct Dissection {
    Content content = Content::other;
    Packet packet{};
};

/// Takes a packet apart. `wire_length` is its length before the capture cut it (anything below `captured` means that
/// it was not cut). The spans in the result live as long as `captured`. A packet whose IP header is whole, but whose
/// ports were not captured, is `ip` without ports.
[[nodiscard]] Dissection dissect(LinkType link, std::span<std::byte const> captured, std::size_t wire_length = 0);

/// Reads ports and UDP payload off `segment`, what stands behind the IP headers, walking the IPv6 extension headers
/// that `protocol` may still name; for datagrams put together from fragments.
void dissect_transport(std::uint8_t protocol, std::span<std::byte const> segment, Packet& packet);

}  // namespace kula::formats
