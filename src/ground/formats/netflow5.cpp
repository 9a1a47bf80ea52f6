#include "formats/netflow5.hpp"

#include <algorithm>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::uint32_t nanoseconds_a_second = 1'000'000'000;

/// Signed, so that the uptime may wrap between the flow and its export (every 49.7 days).
base::Instant at_uptime(base::Instant exported, std::uint32_t uptime_of_export, std::uint32_t uptime) {
    return exported - std::chrono::milliseconds(static_cast<std::int32_t>(uptime_of_export - uptime));
}

}  // namespace

std::optional<Netflow5> Netflow5::read(std::span<std::byte const> datagram) {
    if (datagram.size() < header_size || load16(datagram.data()) != 5) return std::nullopt;
    Netflow5 view;
    view.header_ = datagram.data();
    view.records_ = datagram.data() + header_size;
    view.announced_ = load16(datagram.data() + 2);
    view.size_ = std::min(view.announced_, (datagram.size() - header_size) / record_size);
    return view;
}

std::uint32_t Netflow5::uptime() const { return load32(header_ + 4); }

std::uint32_t Netflow5::sequence() const { return load32(header_ + 16); }

std::uint16_t Netflow5::engine() const { return load16(header_ + 20); }

std::uint32_t Netflow5::sampling_interval() const {
    std::uint32_t const interval = load16(header_ + 22) & 0x3FFFU;  // the two bits above are the sampling mode
    return std::max(interval, std::uint32_t{1});
}

base::Instant Netflow5::exported() const {
    auto const nanoseconds = load32(header_ + 12);
    auto const within = nanoseconds < nanoseconds_a_second ? nanoseconds / 1000 : 0;
    return base::Instant(std::chrono::seconds(load32(header_ + 8)) + std::chrono::microseconds(within));
}

Flow Netflow5::flow(std::size_t index) const { return flow_at(records_ + index * record_size); }

Flow Netflow5::flow_at(std::byte const* record) const {
    std::uint64_t const sampling = sampling_interval();
    auto const sent = exported();
    Flow flow;
    flow.source = base::Address::v4(load32(record));
    flow.destination = base::Address::v4(load32(record + 4));
    flow.packets = load32(record + 16) * sampling;
    flow.bytes = load32(record + 20) * sampling;
    flow.start = at_uptime(sent, uptime(), load32(record + 24));
    flow.end = at_uptime(sent, uptime(), load32(record + 28));
    flow.source_port = load16(record + 32);
    flow.destination_port = load16(record + 34);
    flow.protocol = std::to_integer<std::uint8_t>(record[38]);
    return flow;
}

}  // namespace kula::formats
