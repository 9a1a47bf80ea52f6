#pragma once
/// @file
/// sFlow version 5 datagrams: each flow sample of an IP packet is one flow record, scaled by the sample's own rate.
///
/// Source: sflow.org, sFlow Version 5 (July 2004), §5. Of the flow records of a sample, the raw packet header comes
/// before the sampled IPv4 and IPv6 records. Counter samples and what is unknown are skipped. Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/instant.hpp"
#include "flow_block.hpp"
#include "sampling_rate.hpp"

namespace kula::formats {

struct Sflow5Header {
    std::uint32_t sub_agent = 0;
    std::uint32_t sequence = 0;
    std::uint32_t uptime = 0;
    std::uint32_t samples = 0;
    std::size_t length = 0;  ///< Of the header.

    /// Nothing where the bytes hold no whole header.
    static std::optional<Sflow5Header> read(std::span<std::byte const> datagram);
};

struct Sflow5Told {
    std::uint64_t records = 0;
    std::optional<SamplingRate> rate{};  ///< Of the last flow sample.
    std::string_view fault;              ///< Empty where the datagram is whole.
};

/// Decodes the samples up to the first fault. A sample has no time of its own: a flow starts and ends at `received`.
Sflow5Told read_sflow5(Sflow5Header const& header, std::span<std::byte const> datagram, base::Instant received,
                       FlowBlock& block);

/// Whether the bytes are, as a whole, a well-formed datagram.
bool recognises_sflow5(std::span<std::byte const> datagram);

}  // namespace kula::formats
