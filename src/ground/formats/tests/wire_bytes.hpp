#pragma once
/// @file
/// Datagrams written by hand, number by number in network order, for tests.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/address.hpp"

namespace kula::formats::testing {

class Wire {
public:
    Wire& u8(std::uint64_t number) { return put(number, 1); }
    Wire& u16(std::uint64_t number) { return put(number, 2); }
    Wire& u32(std::uint64_t number) { return put(number, 4); }
    Wire& u64(std::uint64_t number) { return put(number, 8); }
    Wire& put(std::uint64_t number, int length) {
        for (int i = length - 1; i >= 0; --i) {
            bytes_.push_back(i < 8 ? static_cast<std::byte>(number >> (8 * i) & 0xFF) : std::byte{0});
        }
        return *this;
    }
    Wire& address(std::string_view text) {
        auto const parsed = base::Address::parse(text).value();
        auto const all = parsed.bytes();
        for (std::size_t i = 0; i < (parsed.is_v4() ? 4U : 16U); ++i) u8(all[i]);
        return *this;
    }
    Wire& zeros(std::size_t count) {
        bytes_.resize(bytes_.size() + count);
        return *this;
    }
    Wire& add(Wire const& more) {
        bytes_.insert(bytes_.end(), more.bytes_.begin(), more.bytes_.end());
        return *this;
    }
    /// A set, or any part that starts with its id and its length: the length counts both.
    Wire& set(std::uint16_t id, Wire const& body) { return u16(id).u16(body.size() + 4).add(body); }

    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] std::span<std::byte const> all() const { return bytes_; }
    [[nodiscard]] std::span<std::byte const> first(std::size_t count) const { return all().first(count); }

private:
    std::vector<std::byte> bytes_;
};

/// RFC 3954 §5.1: `exported` in seconds, `uptime` in milliseconds.
inline Wire netflow9(Wire const& sets, std::uint32_t sequence = 0, std::uint32_t source_id = 7,
                     std::uint32_t exported = 1'800'000'000, std::uint32_t uptime = 100'000) {
    return Wire().u16(9).u16(1).u32(uptime).u32(exported).u32(sequence).u32(source_id).add(sets);
}

/// RFC 7011 §3.1.
inline Wire ipfix(Wire const& sets, std::uint32_t sequence = 0, std::uint32_t domain = 7,
                  std::uint32_t exported = 1'800'000'000) {
    return Wire().u16(10).u16(16 + sets.size()).u32(exported).u32(sequence).u32(domain).add(sets);
}

struct WireField {
    std::uint16_t element;
    std::uint16_t length;
};

/// A template, without its set.
inline Wire shape(std::uint16_t id, std::vector<WireField> const& fields) {
    Wire wire;
    wire.u16(id).u16(fields.size());
    for (auto const& field : fields) wire.u16(field.element).u16(field.length);
    return wire;
}

}  // namespace kula::formats::testing
