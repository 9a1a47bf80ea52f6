#pragma once
/// @file
/// IPv4 and IPv6 addresses, prefixes and ranges as values: parsed strictly, compared cheaply, printed canonically.
///
/// Text: RFC 4291 §2.2 in, RFC 5952 out. An IPv4-mapped IPv6 address stays IPv6. Pure; safe from any thread.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kula::base {

enum class Family : std::uint8_t { v4 = 4, v6 = 6 };

__extension__ typedef unsigned __int128 Uint128;

/// One address. IPv4 sorts before IPv6; within a family the order is numeric.
class Address {
public:
    /// 0.0.0.0
    constexpr Address() = default;

    /// `host_order` is the 32-bit number, 192.0.2.1 being 0xC0000201.
    static constexpr Address v4(std::uint32_t host_order) { return {Family::v4, host_order}; }
    static constexpr Address v6(Uint128 host_order) { return {Family::v6, host_order}; }
    /// From 4 or 16 bytes in network order.
    static Address v4_bytes(void const* four);
    static Address v6_bytes(void const* sixteen);

    /// Dotted quad (no leading zeros, RFC 6943 §3.1.1) or RFC 4291 text without a zone. Nothing else, no blanks.
    static std::optional<Address> parse(std::string_view text);

    [[nodiscard]] constexpr Family family() const { return family_; }
    [[nodiscard]] constexpr bool is_v4() const { return family_ == Family::v4; }
    /// 32 or 128.
    [[nodiscard]] constexpr int width() const { return is_v4() ? 32 : 128; }
    /// The number; for IPv4 in the low 32 bits.
    [[nodiscard]] constexpr Uint128 number() const { return (Uint128{high_} << 64) | low_; }
    [[nodiscard]] constexpr std::uint32_t number4() const { return static_cast<std::uint32_t>(low_); }
    /// Sixteen bytes in network order; an IPv4 address stands in the first four, the rest is zero.
    [[nodiscard]] std::array<std::uint8_t, 16> bytes() const;

    /// RFC 5952.
    [[nodiscard]] std::string text() const;

    friend constexpr auto operator<=>(Address const&, Address const&) = default;

private:
    constexpr Address(Family family, Uint128 number)
        : family_(family), high_(static_cast<std::uint64_t>(number >> 64)), low_(static_cast<std::uint64_t>(number)) {}

    Family family_ = Family::v4;
    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
};

/// A network: all bits behind `length` are zero.
class Prefix {
public:
    /// 0.0.0.0/0
    constexpr Prefix() = default;

    /// Bits behind `length` are cleared. `length` is at most the address's width.
    Prefix(Address address, int length);
    /// `address/length`, or a bare address as a host prefix. Host bits that are set make it no prefix unless `lenient`.
    enum class HostBits { refuse, clear };
    static std::optional<Prefix> parse(std::string_view text, HostBits host_bits = HostBits::clear);

    [[nodiscard]] Address first() const { return address_; }
    [[nodiscard]] Address last() const;
    [[nodiscard]] int length() const { return length_; }
    [[nodiscard]] Family family() const { return address_.family(); }
    [[nodiscard]] bool is_host() const { return length_ == address_.width(); }
    [[nodiscard]] bool contains(Address address) const;
    [[nodiscard]] bool contains(Prefix const& inner) const;

    /// `192.0.2.0/24`; a host without its length.
    [[nodiscard]] std::string text() const;

    friend auto operator<=>(Prefix const&, Prefix const&) = default;

private:
    Address address_;
    int length_ = 0;
};

/// All addresses from `first` to `last`, both included, of one family.
struct AddressRange {
    Address first;
    Address last;

    static AddressRange of(Prefix const& prefix) { return {prefix.first(), prefix.last()}; }
    [[nodiscard]] bool contains(Address address) const {
        return address.family() == first.family() && first <= address && address <= last;
    }
    friend auto operator<=>(AddressRange const&, AddressRange const&) = default;
};

}  // namespace kula::base

template <>
struct std::hash<kula::base::Address> {
    std::size_t operator()(kula::base::Address const& address) const noexcept;
};
