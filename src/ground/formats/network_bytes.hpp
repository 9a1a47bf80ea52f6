#pragma once
/// @file
/// Numbers read from bytes that the caller has already measured, in network order where nothing else is said. Pure.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace kula::formats {

using Bytes = std::span<std::byte const>;

inline std::uint8_t octet(Bytes bytes, std::size_t at) { return std::to_integer<std::uint8_t>(bytes[at]); }

inline std::uint16_t load16(std::byte const* at) {
    std::uint16_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return __builtin_bswap16(number);
}

inline std::uint32_t load32(std::byte const* at) {
    std::uint32_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return __builtin_bswap32(number);
}

inline std::uint64_t load64(std::byte const* at) {
    std::uint64_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return __builtin_bswap64(number);
}

/// In the order of this machine.
inline std::uint32_t load_native(std::byte const* at) {
    std::uint32_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return number;
}

/// An unsigned number of `length` bytes (RFC 7011 §6.2, reduced-size encoding); of more than 8 the last 8, of none 0.
inline std::uint64_t load_number(std::byte const* at, std::size_t length) {
    switch (length) {
        case 0: return 0;
        case 1: return std::to_integer<std::uint64_t>(*at);
        case 2: return load16(at);
        case 4: return load32(at);
        case 8: return load64(at);
        default: break;
    }
    if (length > 8) return load64(at + length - 8);
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < length; ++i) number = number << 8 | std::to_integer<std::uint64_t>(at[i]);
    return number;
}

/// Takes numbers off the front of bytes; the caller asks `has` first.
class ByteCursor {
public:
    explicit ByteCursor(std::span<std::byte const> bytes) : rest_(bytes) {}

    [[nodiscard]] bool has(std::size_t count) const { return rest_.size() >= count; }
    [[nodiscard]] bool is_empty() const { return rest_.empty(); }
    [[nodiscard]] std::span<std::byte const> rest() const { return rest_; }
    std::uint16_t take16() { return load16(take(2).data()); }
    std::uint32_t take32() { return load32(take(4).data()); }
    std::span<std::byte const> take(std::size_t count) {
        auto const taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

private:
    std::span<std::byte const> rest_;
};

}  // namespace kula::formats
