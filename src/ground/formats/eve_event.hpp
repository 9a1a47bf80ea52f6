#pragma once
/// @file
/// One Suricata event, read from JSON and told to a sink. Pure; one thread at a time.

#include <string>
#include <string_view>
#include <vector>

#include "flow_batch.hpp"
#include "json_line.hpp"

namespace kula::formats {

/// The fields that are read, as text; an absent field is empty.
struct EveEvent {
    struct Ends {
        std::string_view source, destination, source_port, destination_port;
    };
    std::string_view type, timestamp, flow_id, sensor, protocol, direction;
    Ends ends;
    Ends flow_ends;  ///< Of alerts: the flow's own, client first, whichever way the packet went.
    std::string_view packets, bytes, start, end;
    std::string_view dns_type, hostname, url, server_name, fingerprint;
    std::vector<std::string_view> queries;
    std::vector<std::string_view> hashes;

    void clear();
    /// Reads all fields; false where the JSON is broken.
    bool read(simdjson::ondemand::object& object);
    /// It tells of an HTTP request, a name or a file.
    [[nodiscard]] bool has_names() const;
};

/// Tells sinks of events. One thread at a time.
class EveTeller {
public:
    /// What the event says goes to the sink; one that cannot be understood gives the reason instead, else empty.
    std::string_view tell(EveEvent const& event, TrafficSink& sink);
    void flush(TrafficSink& sink) { batch_.tell(sink); }

private:
    void collect_names(EveEvent const& event, std::string_view server);

    FlowBatch batch_;
    std::vector<SeenName> names_;
    std::string path_;
    std::string fingerprint_;
};

}  // namespace kula::formats
