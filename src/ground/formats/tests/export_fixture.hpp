#pragma once
/// @file
/// One decoder, one exporter and what was heard, for tests of exports.

#include <gtest/gtest.h>

#include "formats/exports.hpp"
#include "heard_traffic.hpp"
#include "wire_bytes.hpp"

namespace kula::formats::testing {

class ExportTest : public ::testing::Test {
protected:
    void hear(Wire const& datagram) { hear_from(exporter, datagram.all()); }
    void hear(std::span<std::byte const> datagram) { hear_from(exporter, datagram); }
    void hear_from(Exporter const& from, std::span<std::byte const> datagram) {
        decoder.decode(from, datagram, received, {Place::Unit::packet, ++packets}, traffic);
    }
    [[nodiscard]] ExporterState state() const { return decoder.exporters().at(0); }

    Exporter exporter{base::Address::v4(0xC0000201), 2055};
    base::Instant received = base::from_microseconds(1'800'000'001'000'000);
    ExportDecoder decoder;
    HeardTraffic traffic;
    std::uint64_t packets = 0;
};

/// The fields of an ordinary IPv4 template, and a record of it.
inline std::vector<WireField> const fields4{{8, 4}, {12, 4}, {7, 2}, {11, 2}, {4, 1}, {2, 4}, {1, 4}};
/// A set with this template.
inline Wire netflow9_template(std::uint16_t id = 256) { return Wire().set(0, shape(id, fields4)); }
inline Wire ipfix_template(std::uint16_t id = 256) { return Wire().set(2, shape(id, fields4)); }

constexpr std::size_t record4_size = 21;

inline Wire record4(std::string_view source, std::string_view destination, std::uint32_t packets = 3,
                    std::uint32_t bytes = 180, std::uint8_t protocol = 6) {
    return Wire().address(source).address(destination).u16(1025).u16(443).u8(protocol).u32(packets).u32(bytes);
}

inline Wire record4(std::uint32_t packets = 3) { return record4("198.51.100.7", "192.0.2.9", packets); }

}  // namespace kula::formats::testing
