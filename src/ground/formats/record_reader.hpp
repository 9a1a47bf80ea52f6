#pragma once
/// @file
/// Turns one record of NetFlow v9 or IPFIX, its fields found by a template, into a flow or into what options tell.
///
/// Sources: RFC 3954 §8; RFC 7011 §6.1.7–§6.1.10; RFC 5102 §5.11 (times of flows). Pure; safe from any thread.

#include <optional>

#include "flow_template.hpp"
#include "formats/flow.hpp"
#include "sampling_rate.hpp"

namespace kula::formats {

/// What the header of a datagram, and the options before it, say about the records inside.
struct RecordSetting {
    ExportProtocol protocol = ExportProtocol::ipfix;
    base::Instant exported;
    std::uint32_t uptime = 0;                     ///< v9: milliseconds since the exporter started.
    std::optional<base::Instant> system_start{};  ///< IPFIX: element 160, where the exporter told it.
    SamplingRate rate{};
};

/// What an option record tells of its exporter.
struct ToldByOptions {
    std::optional<SamplingRate> rate{};
    std::optional<base::Instant> system_start{};
};

/// `record` is the record's first byte, `places` its fields, both measured by the template; `flow` is a new one.
void read_flow(FlowTemplate const& shape, std::byte const* record, FlowTemplate::Places const& places,
               RecordSetting const& setting, Flow& flow);

ToldByOptions read_options(std::byte const* record, FlowTemplate::Places const& places);

}  // namespace kula::formats
