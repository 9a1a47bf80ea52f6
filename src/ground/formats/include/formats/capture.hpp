#pragma once
/// @file
/// Packet captures, pcap and pcapng, as traffic: the flow exports they hold are decoded, all other packets are
/// aggregated into flows.
///
/// Sources: IETF draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng. Both byte orders, microseconds, nanoseconds and the
/// units of pcapng; several sections, interfaces, link types; captures that were written one behind the other. Pure;
/// one thread at a time.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "formats/exports.hpp"
#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

struct CaptureOptions {
    /// UDP destination ports that carry flow exports. There a datagram that cannot be decoded is undecodable, never
    /// ordinary traffic; on other ports a datagram that `ExportDecoder::recognises` is an export too.
    std::vector<std::uint16_t> export_ports{2055, 4739, 6343, 9995, 9996};
    /// A flow ends when its next packet comes later than this after its last one, ...
    std::chrono::seconds idle_timeout{60};
    /// ... or later than this after its first one. Both by the packets' own time.
    std::chrono::seconds active_timeout{300};
    /// Flows that are kept open; beyond it the one that was idle longest is told early. At most 2^31.
    std::size_t most_flows = std::size_t{1} << 19;
};

/// Whether bytes (at least 4) begin as a capture does.
[[nodiscard]] bool begins_capture(std::span<std::byte const> bytes);

class CaptureDecoder {
public:
    /// `exports` must outlive the decoder. Waiting data is not finished here: call `ExportDecoder::finish` when no more
    /// input comes at all.
    CaptureDecoder(ExportDecoder& exports, CaptureOptions const& options = {});
    ~CaptureDecoder();

    /// See `stream.hpp`. NetFlow v5 datagrams are told in place: they live as long as the caller keeps `bytes`.
    /// Ordinary flows are told when a time-out or the end of the input ends them. Places are packet numbers.
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink);

    /// Whole packets read, whatever they held.
    [[nodiscard]] std::uint64_t packets() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::formats
