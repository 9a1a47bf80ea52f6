#pragma once
/// @file
/// Suricata EVE JSON lines: `flow` as flows; `dns`, `http`, `tls`, `fileinfo` and `alert` as names.
///
/// Source: docs.suricata.io, EVE JSON Format, versions 4 to 8. DNS answers repeat their query and are stepped over,
/// other event types too. Pure; one thread at a time.

#include <cstddef>
#include <memory>
#include <span>

#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

class EveDecoder {
public:
    EveDecoder();
    ~EveDecoder();

    /// See `stream.hpp`. A flow has the packets and bytes to the server. Names: `dns` queries (`query`), `http` host
    /// and URL (`host`), `tls` server name (`sni`) and certificate fingerprint (`file`), `fileinfo` hashes (`file`); an
    /// alert has those that its packet's protocol told, perhaps none. Source is the client where the event lets it be
    /// known. Flows and names carry the connection's `flow_id`. Places are line numbers.
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::formats
