#pragma once
/// @file
/// Packets and capture files written by hand, for tests.

#include <cstring>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "wire_bytes.hpp"

namespace kula::formats::testing {

struct UdpEnds {
    std::string_view source = "192.0.2.1";
    std::string_view destination = "198.51.100.7";
    std::uint16_t source_port = 40000;
    std::uint16_t destination_port = 53;
};

inline bool is_v6(std::string_view address) { return address.find(':') != std::string_view::npos; }

struct Ipv4Options {
    std::uint16_t id = 1;
    std::uint16_t fragment_word = 0;     ///< Flags and offset as they stand in the header.
    std::uint16_t told_length = 0xffff;  ///< Instead of the true one, where it is not 0xffff.
};

inline Wire ipv4(std::string_view source, std::string_view destination, std::uint8_t protocol, Wire const& payload,
                 Ipv4Options options = {}) {
    auto const length = options.told_length == 0xffff ? payload.size() + 20 : options.told_length;
    return Wire()
        .u8(0x45)
        .u8(0)
        .u16(length)
        .u16(options.id)
        .u16(options.fragment_word)
        .u8(64)
        .u8(protocol)
        .u16(0)
        .address(source)
        .address(destination)
        .add(payload);
}

inline Wire ipv6(std::string_view source, std::string_view destination, std::uint8_t next_header, Wire const& payload) {
    return Wire()
        .u32(0x60000000)
        .u16(payload.size())
        .u8(next_header)
        .u8(64)
        .address(source)
        .address(destination)
        .add(payload);
}

inline Wire ip(std::string_view source, std::string_view destination, std::uint8_t protocol, Wire const& payload) {
    return is_v6(source) ? ipv6(source, destination, protocol, payload) : ipv4(source, destination, protocol, payload);
}

inline Wire udp_segment(std::uint16_t source_port, std::uint16_t destination_port, Wire const& payload) {
    return Wire().u16(source_port).u16(destination_port).u16(payload.size() + 8).u16(0).add(payload);
}

inline Wire tcp_segment(std::uint16_t source_port, std::uint16_t destination_port, std::size_t payload = 0) {
    return Wire().u16(source_port).u16(destination_port).u32(1).u32(0).u16(0x5010).u16(1024).u32(0).zeros(payload);
}

inline Wire udp(UdpEnds ends, Wire const& payload) {
    return ip(ends.source, ends.destination, 17, udp_segment(ends.source_port, ends.destination_port, payload));
}

inline Wire ethernet(std::uint16_t type, Wire const& payload) { return Wire().zeros(12).u16(type).add(payload); }

inline Wire ethernet(Wire const& packet) {
    bool const is_ipv6 = std::to_integer<unsigned>(packet.all()[0]) >> 4 == 6;
    return ethernet(is_ipv6 ? 0x86dd : 0x0800, packet);
}

/// A NetFlow v5 datagram with `count` records from 192.0.2.`n` to 203.0.113.9, 6 packets and 600 bytes each.
inline Wire netflow5_datagram(std::uint16_t count, std::uint32_t sequence = 0) {
    Wire wire;
    wire.u16(5).u16(count).u32(100'000).u32(1'800'000'000).u32(0).u32(sequence).u8(0).u8(0).u16(0);
    for (std::uint16_t i = 0; i < count; ++i) {
        wire.u32(0xC0000200u + i).address("203.0.113.9").u32(0).u16(1).u16(2).u32(6).u32(600).u32(90'000).u32(95'000);
        wire.u16(1024).u16(443).u8(0).u8(0).u8(6).u8(0).u16(0).u16(0).u8(0).u8(0).u16(0);
    }
    return wire;
}

/// Numbers in an order of choice; captures may be written in either.
class CaptureFile {
public:
    enum class Order { little, big };
    explicit CaptureFile(Order order = Order::little) : order_(order) {}

    CaptureFile& number(std::uint64_t value, int length) {
        for (int i = 0; i < length; ++i) {
            int const shift = 8 * (order_ == Order::little ? i : length - 1 - i);
            bytes_.push_back(static_cast<std::byte>(value >> shift & 0xff));
        }
        return *this;
    }
    CaptureFile& raw(std::span<std::byte const> bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        return *this;
    }

    CaptureFile& pcap_header(std::uint32_t link = 1, std::uint32_t magic = 0xa1b2c3d4, std::uint32_t longest = 262144) {
        return number(magic, 4).number(2, 2).number(4, 2).number(0, 8).number(longest, 4).number(link, 4);
    }
    CaptureFile& pcap_packet(std::uint32_t seconds, std::uint32_t fraction, std::span<std::byte const> packet,
                             std::size_t wire_length = 0) {
        number(seconds, 4).number(fraction, 4).number(packet.size(), 4);
        return number(wire_length == 0 ? packet.size() : wire_length, 4).raw(packet);
    }

    CaptureFile& block(std::uint32_t type, std::span<std::byte const> body) {
        auto const padded = (body.size() + 3) / 4 * 4;
        number(type, 4).number(padded + 12, 4).raw(body);
        bytes_.resize(bytes_.size() + padded - body.size());
        return number(padded + 12, 4);
    }
    CaptureFile& section() {
        return block(0x0a0d0d0a,
                     CaptureFile(order_).number(0x1a2b3c4d, 4).number(1, 2).number(0, 2).number(~0ull, 8).all());
    }
    /// `options` are written as they are, in this file's order.
    CaptureFile& interface(std::uint16_t link, std::span<std::byte const> options = {}, std::uint32_t longest = 0) {
        return block(1, CaptureFile(order_).number(link, 2).number(0, 2).number(longest, 4).raw(options).all());
    }
    CaptureFile& enhanced(std::uint32_t interface, std::uint64_t time, std::span<std::byte const> packet) {
        CaptureFile body(order_);
        body.number(interface, 4).number(time >> 32, 4).number(time & 0xffffffff, 4).number(packet.size(), 4);
        return block(6, body.number(packet.size(), 4).raw(packet).all());
    }

    [[nodiscard]] std::span<std::byte const> all() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] Order order() const { return order_; }

private:
    Order order_;
    std::vector<std::byte> bytes_;
};

}  // namespace kula::formats::testing
