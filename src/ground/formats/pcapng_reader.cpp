#include "pcapng_reader.hpp"

#include <algorithm>
#include <cstring>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t least_block = 12;  // type, length, length again
constexpr std::size_t most_interfaces = 65536;
constexpr std::uint32_t byte_order_magic = 0x1a2b3c4d;

namespace blocks {
constexpr std::uint32_t interface_description = 1;
constexpr std::uint32_t packet = 2;  // obsolete
constexpr std::uint32_t simple_packet = 3;
constexpr std::uint32_t enhanced_packet = 6;
constexpr std::uint32_t last_common = 10;
constexpr std::uint32_t section_header = 0x0a0d0d0a;
}  // namespace blocks

__extension__ typedef __int128 Int128;

/// The moment `count` units of 10^-n or 2^-n seconds after `offset_seconds`; kept within the years 1970 to 9999.
base::Instant to_instant(std::uint64_t count, std::uint8_t resolution, std::int64_t offset_seconds) {
    constexpr Int128 latest = 253'402'300'799'999'999;  // 9999-12-31T23:59:59.999999Z
    unsigned const power = resolution & 0x7fu;
    Int128 micros = count;
    if ((resolution & 0x80) != 0) {
        micros = power < 100 ? micros * 1'000'000 >> power : 0;
    } else {
        for (unsigned i = power; i < 6; ++i) micros *= 10;
        for (unsigned i = 6; i < power && micros != 0; ++i) micros /= 10;
    }
    micros += static_cast<Int128>(offset_seconds) * 1'000'000;
    return base::from_microseconds(static_cast<std::int64_t>(std::clamp<Int128>(micros, 0, latest)));
}

}  // namespace

bool PcapngReader::begins(Bytes bytes) { return load_native(bytes.data()) == blocks::section_header; }

std::uint16_t PcapngReader::number16(std::byte const* at) const {
    std::uint16_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return is_swapped_ ? __builtin_bswap16(number) : number;
}

std::uint32_t PcapngReader::number32(std::byte const* at) const {
    auto const number = load_native(at);
    return is_swapped_ ? __builtin_bswap32(number) : number;
}

bool PcapngReader::read_section_order(std::byte const* block) {
    auto const magic = load_native(block + 8);
    if (magic != byte_order_magic && magic != __builtin_bswap32(byte_order_magic)) return false;
    is_swapped_ = magic != byte_order_magic;
    return true;
}

Found PcapngReader::fail(std::string_view reason) {
    reason_ = reason;
    return Found::broken;
}

Found PcapngReader::lose(Bytes& rest, std::string_view reason) {
    rest = rest.subspan(1);
    is_lost_ = true;
    return fail(reason);
}

Found PcapngReader::end_early(Bytes& rest, InputEnd end) {
    if (end == InputEnd::not_yet || rest.empty()) return Found::nothing;
    if (end == InputEnd::reached) return lose(rest, reasons::capture_ends_early);
    rest = rest.subspan(rest.size());
    return Found::nothing;
}

PcapngReader::Fit PcapngReader::fits(Bytes rest, InputEnd end) {
    auto const missing = end == InputEnd::not_yet ? Fit::needs_more : Fit::no;
    if (rest.size() < least_block) return missing;
    bool const before = is_swapped_;
    bool const is_section = begins(rest);
    auto const type = number32(rest.data());
    bool const is_common = has_section_ && type >= blocks::interface_description && type <= blocks::last_common;
    if (is_section ? !read_section_order(rest.data()) : !is_common) return Fit::no;
    auto const length = number32(rest.data() + 4);
    auto fit = Fit::no;
    if (length >= least_block && length % 4 == 0 && length <= longest_packet_block) {
        fit = rest.size() < length ? missing : number32(rest.data() + length - 4) == length ? Fit::yes : Fit::no;
    }
    is_swapped_ = before;
    return fit;
}

bool PcapngReader::find_block(Bytes& rest, InputEnd end) {
    for (; !rest.empty(); rest = rest.subspan(1)) {
        switch (fits(rest, end)) {
            case Fit::yes: return true;
            case Fit::needs_more: return false;
            case Fit::no: break;
        }
    }
    return false;
}

Found PcapngReader::next(Bytes& rest, InputEnd end, PacketRecord& packet) {
    if (is_lost_ && !find_block(rest, end)) return Found::nothing;
    is_lost_ = false;
    while (rest.size() >= least_block) {
        bool const is_section = begins(rest);
        if (is_section ? !read_section_order(rest.data()) : !has_section_) return lose(rest, reasons::record_broken);
        auto const length = number32(rest.data() + 4);
        bool const is_sound = length >= least_block && length % 4 == 0 && length <= longest_packet_block;
        if (!is_sound) return lose(rest, reasons::record_broken);
        if (rest.size() < length) return end_early(rest, end);
        if (number32(rest.data() + length - 4) != length) return lose(rest, reasons::record_broken);
        auto const block = rest.first(length);
        rest = rest.subspan(length);
        auto const found = read_block(block, packet);
        if (found != Found::nothing) return found;
    }
    return end_early(rest, end);
}

Found PcapngReader::read_block(Bytes block, PacketRecord& packet) {
    auto const body = block.subspan(8, block.size() - least_block);
    switch (number32(block.data())) {
        case blocks::section_header:
            has_section_ = true;
            interfaces_.clear();
            return Found::nothing;
        case blocks::interface_description: describe_interface(body); return Found::nothing;
        case blocks::enhanced_packet: return read_enhanced(body, packet);
        case blocks::simple_packet: return read_simple(body, packet);
        case blocks::packet: return read_obsolete(body, packet);
        default: return Found::nothing;
    }
}

void PcapngReader::describe_interface(Bytes body) {
    constexpr std::uint16_t end_of_options = 0;
    constexpr std::uint16_t timestamp_resolution = 9;
    constexpr std::uint16_t timestamp_offset = 14;
    if (body.size() < 8 || interfaces_.size() >= most_interfaces) return;
    Interface described;
    described.link = static_cast<LinkType>(number16(body.data()));
    described.longest = number32(body.data() + 4);
    for (auto rest = body.subspan(8); rest.size() >= 4;) {
        auto const code = number16(rest.data());
        std::size_t const length = number16(rest.data() + 2);
        auto const padded = (length + 3) / 4 * 4;
        rest = rest.subspan(4);
        if (code == end_of_options || rest.size() < length) break;
        if (code == timestamp_resolution && length == 1) {
            described.resolution = std::to_integer<std::uint8_t>(rest[0]);
        } else if (code == timestamp_offset && length == 8) {
            std::uint64_t offset = 0;
            std::memcpy(&offset, rest.data(), sizeof offset);
            described.offset_seconds = static_cast<std::int64_t>(is_swapped_ ? __builtin_bswap64(offset) : offset);
        }
        rest = rest.subspan(std::min(padded, rest.size()));
    }
    interfaces_.push_back(described);
}

/// `header` is the timestamp's high and low half, the captured and the original length.
Found PcapngReader::read_packet(std::size_t interface, Bytes header, Bytes data, PacketRecord& packet) {
    auto const captured = number32(header.data() + 8);
    auto const wire = number32(header.data() + 12);
    if (captured > data.size()) return fail(reasons::record_broken);
    if (interface >= interfaces_.size()) return fail(reasons::interface_unknown);
    auto const& from = interfaces_[interface];
    auto const units = std::uint64_t{number32(header.data())} << 32 | number32(header.data() + 4);
    packet.link = from.link;
    packet.time = last_time_ = to_instant(units, from.resolution, from.offset_seconds);
    packet.bytes = data.first(captured);
    packet.wire_length = wire <= longest_packet_block ? wire : captured;
    return Found::packet;
}

Found PcapngReader::read_enhanced(Bytes body, PacketRecord& packet) {
    if (body.size() < 20) return fail(reasons::record_broken);
    return read_packet(number32(body.data()), body.subspan(4, 16), body.subspan(20), packet);
}

Found PcapngReader::read_obsolete(Bytes body, PacketRecord& packet) {
    if (body.size() < 20) return fail(reasons::record_broken);
    return read_packet(number16(body.data()), body.subspan(4, 16), body.subspan(20), packet);
}

/// A simple packet block has neither interface nor time: it is of the first interface, and of the moment before it.
Found PcapngReader::read_simple(Bytes body, PacketRecord& packet) {
    if (body.size() < 4) return fail(reasons::record_broken);
    if (interfaces_.empty()) return fail(reasons::interface_unknown);
    auto const& from = interfaces_.front();
    std::size_t const wire = number32(body.data());
    auto captured = std::min(wire, body.size() - 4);
    if (from.longest != 0) captured = std::min<std::size_t>(captured, from.longest);
    packet.link = from.link;
    packet.time = last_time_;
    packet.bytes = body.subspan(4, captured);
    packet.wire_length = wire <= longest_packet_block ? wire : captured;
    return Found::packet;
}

}  // namespace kula::formats
