#pragma once
/// @file
/// One flow: packets that went from one address to another, as an exporter, a capture or a log tells of them.

#include <cstdint>

#include "base/address.hpp"
#include "base/instant.hpp"

namespace kula::formats {

/// One direction of one conversation. Packets and bytes are those that `source` sent to `destination`, whatever the
/// format also says of the way back (RFC 5103 biflows, Zeek `conn`, EVE `flow`), and are already scaled by the sampling
/// rate that the exporter told.
struct Flow {
    base::Address source;
    base::Address destination;
    std::uint16_t source_port = 0;       ///< 0 where the protocol has none.
    std::uint16_t destination_port = 0;  ///< 0 where the protocol has none; of ICMP only what NetFlow v5 tells.
    std::uint8_t protocol = 0;           ///< IP protocol number (IANA).
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;  ///< Layer 3 bytes.
    base::Instant start;
    base::Instant end;
    /// Names the connection where a log does (Zeek `uid`, EVE `flow_id`, hashed), so that several log lines of one
    /// connection count as one flow; 0 where nothing does.
    std::uint64_t connection = 0;
};

}  // namespace kula::formats
