#pragma once
/// @file
/// NetFlow version 5 datagrams, read in place: a view that decodes a record only when it is asked for one.
///
/// Source: Cisco, NetFlow Export Datagram Format, version 5: a 24-byte header, then 48 bytes a record. This is the
/// format that matching at line rate meets most; the two addresses are the first eight bytes of a record, so that a
/// matcher can read them without decoding the rest. Pure; safe from any thread. Everything counts in network order.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "formats/flow.hpp"

namespace kula::formats {

class Netflow5 {
public:
    static constexpr std::size_t header_size = 24;
    static constexpr std::size_t record_size = 48;
    static constexpr std::size_t most_records = 30;

    /// Nothing where the bytes do not start with a whole version 5 header. The view lives no longer than the bytes.
    static std::optional<Netflow5> read(std::span<std::byte const> datagram);

    /// Whole records that are present: never more than the header announces, never beyond the bytes.
    [[nodiscard]] std::size_t size() const { return size_; }
    /// The header announces more records than the bytes hold.
    [[nodiscard]] bool is_truncated() const { return announced_ > size_; }
    [[nodiscard]] std::size_t announced() const { return announced_; }
    /// The first record; `size()` records of `record_size` bytes follow one another.
    [[nodiscard]] std::byte const* records() const { return records_; }
    /// Flows exported before this datagram, modulo 2^32.
    [[nodiscard]] std::uint32_t sequence() const;
    /// Milliseconds since the exporter started, modulo 2^32, and the moment of this datagram, by the exporter's clock.
    [[nodiscard]] std::uint32_t uptime() const;
    [[nodiscard]] base::Instant exported() const;
    /// Engine type and id, the exporter's slot.
    [[nodiscard]] std::uint16_t engine() const;
    /// One packet in how many was sampled: the header's 14-bit interval; 0 is told as 1.
    [[nodiscard]] std::uint32_t sampling_interval() const;

    /// Record `index` (< `size()`), decoded and scaled. Start and end are counted back from `exported()` by the
    /// uptimes, as a signed 32-bit difference, so that an uptime that wrapped in between does no harm.
    [[nodiscard]] Flow flow(std::size_t index) const;
    /// A record of this datagram by its place in memory, as `records()` counts it.
    [[nodiscard]] Flow flow_at(std::byte const* record) const;

private:
    std::byte const* header_ = nullptr;
    std::byte const* records_ = nullptr;
    std::size_t size_ = 0;
    std::size_t announced_ = 0;
};

}  // namespace kula::formats
