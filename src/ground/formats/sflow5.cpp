#include "sflow5.hpp"

#include "formats/packet.hpp"
#include "ip_protocols.hpp"
#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view sample_cut = "an sFlow sample runs beyond its datagram";
constexpr std::string_view record_cut = "an sFlow record runs beyond its sample";
constexpr std::string_view trailing = "bytes follow the last sFlow sample";

constexpr std::uint32_t flow_sample = 1;
constexpr std::uint32_t expanded_flow_sample = 3;
constexpr std::uint32_t raw_header = 1;
constexpr std::uint32_t sampled_ipv4 = 3;
constexpr std::uint32_t sampled_ipv6 = 4;

/// A length-prefixed part of a datagram: a sample, or a record inside a sample.
struct Part {
    std::uint32_t format = 0;  ///< Enterprise number and format; those of sflow.org have enterprise 0.
    std::span<std::byte const> body;
};

std::optional<Part> take_part(ByteCursor& cursor) {
    if (!cursor.has(8)) return std::nullopt;
    Part part;
    part.format = cursor.take32();
    std::size_t const length = cursor.take32();
    if (!cursor.has(length)) return std::nullopt;
    part.body = cursor.take(length);
    return part;
}

/// What a sample says of its packet, not yet scaled.
struct SampledPacket {
    Packet packet;
    enum class Rank : std::uint8_t { none, record, header } rank = Rank::none;
};

std::optional<LinkType> link_of(std::uint32_t header_protocol) {
    switch (header_protocol) {
        case 1: return LinkType::ethernet;
        case 7: return LinkType::ppp;
        case 11: return LinkType::ipv4;
        case 12: return LinkType::ipv6;
        default: return std::nullopt;
    }
}

bool take_raw_header(std::span<std::byte const> body, SampledPacket& sampled) {
    ByteCursor cursor(body);
    if (!cursor.has(16)) return false;
    auto const link = link_of(cursor.take32());
    std::size_t const frame_length = cursor.take32();
    cursor.take32();  // stripped: bytes that the agent took off the frame before it sampled
    std::size_t const header_length = cursor.take32();
    if (!cursor.has(header_length)) return false;
    if (!link) return true;
    auto const found = dissect(*link, cursor.take(header_length), frame_length);
    if (found.content == Content::ip) sampled = {found.packet, SampledPacket::Rank::header};
    return true;
}

bool take_sampled_ip(std::span<std::byte const> body, base::Family family, SampledPacket& sampled) {
    std::size_t const width = family == base::Family::v4 ? 4 : 16;
    ByteCursor cursor(body);
    if (!cursor.has(8 + 2 * width + 8)) return false;
    if (sampled.rank == SampledPacket::Rank::header) return true;
    auto const address = [&] {
        auto const* const at = cursor.take(width).data();
        return family == base::Family::v4 ? base::Address::v4_bytes(at) : base::Address::v6_bytes(at);
    };
    Packet packet;
    packet.ip_bytes = cursor.take32();
    packet.protocol = static_cast<std::uint8_t>(cursor.take32());
    packet.source = address();
    packet.destination = address();
    if (!is_icmp(packet.protocol)) {
        packet.source_port = static_cast<std::uint16_t>(cursor.take32());
        packet.destination_port = static_cast<std::uint16_t>(cursor.take32());
    }
    sampled = {packet, SampledPacket::Rank::record};
    return true;
}

bool take_record(Part const& record, SampledPacket& sampled) {
    switch (record.format) {
        case raw_header: return take_raw_header(record.body, sampled);
        case sampled_ipv4: return take_sampled_ip(record.body, base::Family::v4, sampled);
        case sampled_ipv6: return take_sampled_ip(record.body, base::Family::v6, sampled);
        default: return true;
    }
}

Flow flow_of(Packet const& packet, SamplingRate rate, base::Instant received) {
    Flow flow;
    flow.source = packet.source;
    flow.destination = packet.destination;
    flow.source_port = packet.source_port;
    flow.destination_port = packet.destination_port;
    flow.protocol = packet.protocol;
    flow.packets = rate.scale(1);
    flow.bytes = rate.scale(packet.ip_bytes);
    flow.start = flow.end = received;
    return flow;
}

/// One flow sample; empty where it is whole, else why it is not.
std::string_view take_flow_sample(Part const& sample, base::Instant received, FlowBlock& block, Sflow5Told& told) {
    bool const is_expanded = sample.format == expanded_flow_sample;
    std::size_t const before_rate = is_expanded ? 12 : 8;    // sequence, source
    std::size_t const before_count = is_expanded ? 24 : 16;  // pool, drops, input, output
    ByteCursor cursor(sample.body);
    if (!cursor.has(before_rate + 4 + before_count + 4)) return record_cut;
    cursor.take(before_rate);
    auto const rate = SamplingRate::one_in(cursor.take32());
    told.rate = rate;
    cursor.take(before_count);
    SampledPacket sampled;
    for (auto records = cursor.take32(); records > 0; --records) {
        auto const record = take_part(cursor);
        if (!record || !take_record(*record, sampled)) return record_cut;
    }
    if (sampled.rank == SampledPacket::Rank::none) return {};
    block.add() = flow_of(sampled.packet, rate, received);
    ++told.records;
    return {};
}

bool is_flow_sample(Part const& sample) {
    return sample.format == flow_sample || sample.format == expanded_flow_sample;
}

}  // namespace

std::optional<Sflow5Header> Sflow5Header::read(std::span<std::byte const> datagram) {
    ByteCursor cursor(datagram);
    if (!cursor.has(8) || cursor.take32() != 5) return std::nullopt;
    auto const family = cursor.take32();
    if (family != 1 && family != 2) return std::nullopt;
    std::size_t const agent = family == 1 ? 4 : 16;
    if (!cursor.has(agent + 16)) return std::nullopt;
    cursor.take(agent);
    Sflow5Header header;
    header.sub_agent = cursor.take32();
    header.sequence = cursor.take32();
    header.uptime = cursor.take32();
    header.samples = cursor.take32();
    header.length = datagram.size() - cursor.rest().size();
    return header;
}

Sflow5Told read_sflow5(Sflow5Header const& header, std::span<std::byte const> datagram, base::Instant received,
                       FlowBlock& block) {
    Sflow5Told told;
    ByteCursor cursor(datagram.subspan(header.length));
    for (auto samples = header.samples; samples > 0 && told.fault.empty(); --samples) {
        auto const sample = take_part(cursor);
        if (!sample) {
            told.fault = sample_cut;
        } else if (is_flow_sample(*sample)) {
            told.fault = take_flow_sample(*sample, received, block, told);
        }
    }
    if (told.fault.empty() && !cursor.is_empty()) told.fault = trailing;
    return told;
}

bool recognises_sflow5(std::span<std::byte const> datagram) {
    auto const header = Sflow5Header::read(datagram);
    if (!header || header->samples == 0) return false;
    ByteCursor cursor(datagram.subspan(header->length));
    for (auto samples = header->samples; samples > 0; --samples) {
        auto const sample = take_part(cursor);
        if (!sample || sample->body.size() % 4 != 0) return false;
    }
    return cursor.is_empty();
}

}  // namespace kula::formats
