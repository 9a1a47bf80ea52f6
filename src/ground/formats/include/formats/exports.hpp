#pragma once
/// @file
/// Flow exports of every kind that routers send over UDP: NetFlow v5 and v9, IPFIX, sFlow v5, told apart by content.
///
/// Sources: RFC 3954 (v9), RFC 7011 and RFC 5103 (IPFIX), sflow.org version 5. One decoder holds what must outlive a
/// datagram, per exporter and source id (observation domain): templates, sampling rates, sequence numbers, and data
/// that came before its template. All of it is bounded. Safe from any thread: sockets that share a port share one
/// decoder.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

/// Who sent a datagram. Templates and sampling belong to the address and the source id; where one address sends from
/// several ports, a template of the same port comes first (RFC 7011 §8, transport session).
struct Exporter {
    base::Address address;
    std::uint16_t port = 0;
    friend auto operator<=>(Exporter const&, Exporter const&) = default;
};

enum class ExportProtocol : std::uint8_t { netflow5, netflow9, ipfix, sflow5 };

/// What is known of one exporter and source id.
struct ExporterState {
    Exporter exporter;
    ExportProtocol protocol = ExportProtocol::netflow5;
    std::uint32_t source_id = 0;  ///< v5: engine; v9: source id; IPFIX: observation domain; sFlow: sub-agent.
    std::uint64_t datagrams = 0;
    std::uint64_t bytes = 0;        ///< Of the datagrams, as UDP payload.
    std::uint64_t records = 0;      ///< Flow records decoded.
    std::uint64_t undecodable = 0;  ///< Broken datagrams, and datagrams whose template never came.
    /// What sequence numbers show as missing: flow records (v5, IPFIX) or datagrams (v9, sFlow). A datagram that comes
    /// late, out of order, is taken back off; a restart of the exporter is not a loss.
    std::uint64_t lost = 0;
    std::uint32_t sampling = 1;  ///< One packet in how many, as last told.
    std::size_t templates = 0;
    std::size_t waiting = 0;   ///< Bytes of data that wait for their template.
    base::Instant first_seen;  ///< Since it was last forgotten (`ExportLimits::exporters`).
    base::Instant last_seen;
};

/// Bounds; what would exceed them is dropped and counted as undecodable.
struct ExportLimits {
    std::size_t exporters = 4096;  ///< Least recently seen goes first.
    std::size_t templates_an_exporter = 4096;
    std::size_t template_bytes = 64u << 20;  ///< For all exporters together.
    std::size_t waiting_bytes = 4u << 20;    ///< For all exporters together; the oldest goes first.
};

enum class DatagramEnd : std::uint8_t {
    whole,
    cut,  ///< The capture holds only its first bytes.
};

class ExportDecoder {
public:
    explicit ExportDecoder(ExportLimits limits = {});
    ~ExportDecoder();

    /// Whether the bytes are, as a whole, a well-formed export datagram of one of the protocols: used to recognise
    /// exports on a port that is not known to carry them. Strict: a false yes would swallow ordinary traffic.
    static bool recognises(std::span<std::byte const> datagram);

    /// Decodes one datagram that `exporter` sent and that was received (or captured) at `received`. Flow records go to
    /// `sink`; a broken datagram is one `undecodable` at `place`, the whole records before the fault stay told.
    /// NetFlow v5 records are told in place and live as long as the caller keeps `datagram`.
    /// `sink` must not call back: the exporter's lock may be held. It may also be told of data of other datagrams,
    /// which waited for a template that came with this one, or had to make room. A datagram that is `cut` is broken
    /// even where nothing in what is left of it shows that.
    void decode(Exporter const& exporter, std::span<std::byte const> datagram, base::Instant received, Place place,
                TrafficSink& sink, DatagramEnd end = DatagramEnd::whole);

    /// The input has ended: data that still waits for its template is told as undecodable, one a datagram.
    void finish(TrafficSink& sink);

    /// A copy of what is known, ordered by exporter and source id.
    [[nodiscard]] std::vector<ExporterState> exporters() const;
    /// The sum of `lost` over all exporters, those forgotten included.
    [[nodiscard]] std::uint64_t lost() const;

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::formats
