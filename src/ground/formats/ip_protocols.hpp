#pragma once
/// @file
/// Numbers of IP protocols and what they mean for ports. Source: IANA, Assigned Internet Protocol Numbers. Pure.

#include <cstdint>

namespace kula::formats {

namespace protocols {
constexpr std::uint8_t hop_by_hop = 0;
constexpr std::uint8_t icmp = 1;
constexpr std::uint8_t tcp = 6;
constexpr std::uint8_t udp = 17;
constexpr std::uint8_t dccp = 33;
constexpr std::uint8_t routing = 43;
constexpr std::uint8_t fragment = 44;
constexpr std::uint8_t authentication = 51;
constexpr std::uint8_t icmp6 = 58;
constexpr std::uint8_t no_next_header = 59;
constexpr std::uint8_t destination_options = 60;
constexpr std::uint8_t sctp = 132;
constexpr std::uint8_t mobility = 135;
constexpr std::uint8_t udp_lite = 136;
constexpr std::uint8_t host_identity = 139;
constexpr std::uint8_t shim6 = 140;
}  // namespace protocols

/// Whether the protocol's header begins with two ports.
constexpr bool has_ports(std::uint8_t protocol) {
    switch (protocol) {
        case protocols::tcp:
        case protocols::udp:
        case protocols::dccp:
        case protocols::sctp:
        case protocols::udp_lite: return true;
        default: return false;
    }
}

/// ICMP has no ports, although logs and exporters may write message types in their place.
constexpr bool is_icmp(std::uint8_t protocol) { return protocol == protocols::icmp || protocol == protocols::icmp6; }

}  // namespace kula::formats
