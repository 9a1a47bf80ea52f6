#pragma once
/// @file
/// Writes flows as a router would export them: NetFlow v5, NetFlow v9 or IPFIX datagrams, with templates, options that
/// tell the sampling rate, and sequence numbers. For the simulator, for tests and for benchmarks.
///
/// Sources: as in `exports.hpp`. One encoder is one exporter with one source id. Pure; one thread at a time.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "formats/exports.hpp"
#include "formats/flow.hpp"

namespace kula::formats {

struct ExportSettings {
    ExportProtocol protocol = ExportProtocol::ipfix;  ///< sFlow cannot be written.
    std::uint32_t source_id = 0;                      ///< v5: engine type and id, 16 bits.
    std::uint32_t sampling = 1;                       ///< One packet in how many is looked at; v5 holds 14 bits.
    base::Instant booted{};                           ///< v5, v9: uptimes count from here.
    std::size_t most_bytes = 1464;                    ///< Of a datagram; at least 256.
    std::uint32_t first_sequence = 0;
    /// v9, IPFIX: templates and options go out with the first datagram, and again after so long.
    std::chrono::seconds template_interval{60};
};

class ExportEncoder {
public:
    /// Takes one datagram, which lives for the call only.
    using Send = std::function<void(std::span<std::byte const>)>;

    explicit ExportEncoder(ExportSettings const& settings);
    ~ExportEncoder();

    /// Exports flows at the moment `now`. Their packets and bytes are those that really went by: what is written is the
    /// sampled share of them, of a packet at least one. v5 holds no IPv6 and 32 bits of a count: IPv6 flows are left
    /// out, greater counts cut. v5 and v9 times are whole milliseconds since `booted`, those of IPFIX whole
    /// milliseconds.
    void encode(std::span<Flow const> flows, base::Instant now, Send const& send);

    /// v9, IPFIX: sends templates and options now, as at the start.
    void send_templates(base::Instant now, Send const& send);

private:
    class Writer;
    std::unique_ptr<Writer> writer_;
};

}  // namespace kula::formats
