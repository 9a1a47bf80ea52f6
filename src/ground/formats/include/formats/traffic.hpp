#pragma once
/// @file
/// What every decoder of traffic tells: flows, the names that logs speak of, and what could not be understood.

#include <cstdint>
#include <span>
#include <string_view>

#include "formats/flow.hpp"
#include "formats/netflow5.hpp"

namespace kula::formats {

/// Where in a record a name, URL or hash was seen.
enum class NameRole : std::uint8_t {
    query,  ///< The name a client asked DNS for.
    host,   ///< The host, or the URL, of an HTTP request.
    sni,    ///< The server name of a TLS handshake.
    file,   ///< The hash (MD5, SHA-1, SHA-256; hexadecimal) of a transferred file or of a certificate.
};

/// A name as the log has it: any case, perhaps with a port or a final dot. `path` starts with `/` and holds the query;
/// it is empty where no URL is known.
struct SeenName {
    NameRole role;
    std::string_view text;
    std::string_view path{};
};

/// Where something stands in its input.
struct Place {
    enum class Unit : std::uint8_t { packet, line, byte } unit = Unit::byte;
    std::uint64_t number = 0;  ///< Packets and lines count from 1, bytes from 0.
};

/// Takes what decoders find, in the order in which it stands in the input. Spans and views live for the call only,
/// except where a decoder's face says that they live longer. Implementations do not throw.
class TrafficSink {
public:
    virtual ~TrafficSink() = default;

    /// Flow records, decoded and scaled.
    virtual void flows(std::span<Flow const> flows) = 0;
    /// The flow records of one NetFlow v5 datagram, still in place. They live until the decoder's `consume` or `decode`
    /// call that told of them returns.
    virtual void netflow5(Netflow5 const& datagram) = 0;
    /// One log line that speaks of names. `flow` holds the two ends (source is the client), the moment and the
    /// connection, with 0 packets and bytes.
    virtual void names(Flow const& flow, std::span<SeenName const> names) = 0;
    /// One packet, datagram or line that is broken or cannot be decoded. `reason` is a short fixed sentence (few
    /// distinct ones exist, so that they can be counted), `place` tells where.
    virtual void undecodable(Place place, std::string_view reason) = 0;
};

}  // namespace kula::formats
