#include "base/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <charconv>
#include <cstring>
#include <functional>

#include "base/must.hpp"

namespace kula::base {
namespace {

constexpr std::size_t longest_text = 45;  // RFC 4291 §2.2, form 3

std::optional<std::uint32_t> parse_quad(std::string_view text) {
    std::uint32_t number = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.empty() || text.front() != '.') return std::nullopt;
            text.remove_prefix(1);
        }
        unsigned value = 0;
        auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        auto const digits = end - text.data();
        if (fault != std::errc{} || digits > 3 || value > 255) return std::nullopt;
        if (digits > 1 && text.front() == '0') return std::nullopt;
        number = number << 8 | value;
        text.remove_prefix(static_cast<std::size_t>(digits));
    }
    if (!text.empty()) return std::nullopt;
    return number;
}

Uint128 mask(int length, int width) {
    if (length == 0) return 0;
    Uint128 const all = width == 128 ? ~Uint128{0} : (Uint128{1} << width) - 1;
    return all & ~((Uint128{1} << (width - length)) - 1);
}

Address with_number(Family family, Uint128 number) {
    return family == Family::v4 ? Address::v4(static_cast<std::uint32_t>(number)) : Address::v6(number);
}

}  // namespace

Address Address::v4_bytes(void const* four) {
    std::uint32_t number = 0;
    std::memcpy(&number, four, sizeof number);
    return v4(ntohl(number));
}

Address Address::v6_bytes(void const* sixteen) {
    std::uint64_t halves[2];
    std::memcpy(halves, sixteen, sizeof halves);
    return v6((Uint128{__builtin_bswap64(halves[0])} << 64) | __builtin_bswap64(halves[1]));
}

std::optional<Address> Address::parse(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        auto const number = parse_quad(text);
        return number ? std::optional(v4(*number)) : std::nullopt;
    }
    if (text.size() > longest_text || text.find('\0') != std::string_view::npos) return std::nullopt;
    char terminated[longest_text + 1] = {};
    std::memcpy(terminated, text.data(), text.size());
    std::uint8_t bytes[16];
    if (inet_pton(AF_INET6, terminated, bytes) != 1) return std::nullopt;
    return v6_bytes(bytes);
}

std::array<std::uint8_t, 16> Address::bytes() const {
    std::array<std::uint8_t, 16> out{};
    if (is_v4()) {
        auto const network = htonl(number4());
        std::memcpy(out.data(), &network, sizeof network);
    } else {
        std::uint64_t const halves[2] = {__builtin_bswap64(high_), __builtin_bswap64(low_)};
        std::memcpy(out.data(), halves, sizeof halves);
    }
    return out;
}

std::string Address::text() const {
    if (is_v4()) {
        auto const number = number4();
        return fmt::format("{}.{}.{}.{}", number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255);
    }
    // glibc prints RFC 5952 §4 (lower case, the first longest run of two or more zero groups), and its §5 dotted quads
    // for mapped addresses; the deprecated IPv4-compatible form (RFC 4291 §2.5.5.1) is not to be printed as a quad.
    if (high_ == 0 && low_ >> 32 == 0 && low_ >= 0x10000) {
        return fmt::format("::{:x}:{:x}", low_ >> 16 & 0xffff, low_ & 0xffff);
    }
    char out[INET6_ADDRSTRLEN];
    auto const raw = bytes();
    return inet_ntop(AF_INET6, raw.data(), out, sizeof out);
}

Prefix::Prefix(Address address, int length) : length_(length) {
    must(length >= 0 && length <= address.width(), "a prefix is no longer than its address");
    address_ = with_number(address.family(), address.number() & mask(length, address.width()));
}

std::optional<Prefix> Prefix::parse(std::string_view text, HostBits host_bits) {
    auto const slash = text.find('/');
    auto const address = Address::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return Prefix(*address, address->width());
    auto const digits = text.substr(slash + 1);
    int length = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    bool const whole = fault == std::errc{} && end == digits.data() + digits.size();
    if (!whole || digits.size() > 3 || digits.front() == '-' || length > address->width()) return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    Prefix prefix(*address, length);
    if (host_bits == HostBits::refuse && prefix.first() != *address) return std::nullopt;
    return prefix;
}

Address Prefix::last() const {
    auto const width = address_.width();
    Uint128 const all = width == 128 ? ~Uint128{0} : (Uint128{1} << width) - 1;
    return with_number(family(), address_.number() | (all & ~mask(length_, width)));
}

bool Prefix::contains(Address address) const {
    return address.family() == family() && (address.number() & mask(length_, address.width())) == address_.number();
}

bool Prefix::contains(Prefix const& inner) const { return inner.length_ >= length_ && contains(inner.address_); }

std::string Prefix::text() const {
    return is_host() ? address_.text() : fmt::format("{}/{}", address_.text(), length_);
}

}  // namespace kula::base

std::size_t std::hash<kula::base::Address>::operator()(kula::base::Address const& address) const noexcept {
    auto const number = address.number();
    auto mixed = static_cast<std::uint64_t>(number >> 64) * 0x9E3779B97F4A7C15ull ^ static_cast<std::uint64_t>(number);
    mixed = (mixed ^ mixed >> 32) * 0xD6E8FEB86659FD93ull;
    return mixed ^ mixed >> 32;
}
