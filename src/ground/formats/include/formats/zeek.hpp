#pragma once
/// @file
/// Zeek logs: `conn` as flows, `dns`, `http`, `ssl` and `files` as names. Tab-separated with their header, or JSON
/// lines.
///
/// Source: docs.zeek.org, Log Formats and the log reference. The order of fields is free, logs may stand one behind the
/// other. Of a connection the originator's packets and bytes count (`orig_ip_bytes`, else `orig_bytes`). Other logs are
/// stepped over silently. Pure; one thread at a time.

#include <cstddef>
#include <memory>
#include <span>

#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

class ZeekDecoder {
public:
    ZeekDecoder();
    ~ZeekDecoder();

    /// See `stream.hpp`. Every line of a log that is read gives one record; `dns` the query (role `query`), `http` host
    /// and URI (`host`), `ssl` the server name (`sni`) and its certificates' fingerprints (`file`), `files` the hashes
    /// (`file`) with the client as source. Flows and names carry the connection's `uid`. Places are line numbers.
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::formats
