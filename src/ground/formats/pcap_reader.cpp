#include "pcap_reader.hpp"

#include <algorithm>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t file_header = 24;
constexpr std::uint32_t magic_microseconds = 0xa1b2c3d4;
constexpr std::uint32_t magic_nanoseconds = 0xa1b23c4d;
constexpr std::uint32_t magic_modified = 0xa1b2cd34;  // Kuznetzov's: eight more bytes a record
constexpr std::uint32_t least_longest = 262144;       // what libpcap reads whatever the header says
constexpr std::uint32_t a_day = 86400;

bool is_magic(std::uint32_t number) {
    return number == magic_microseconds || number == magic_nanoseconds || number == magic_modified;
}

/// A second file header where a record is due: magic, version 2.4, and no time zone, in one byte order.
bool is_file_header(std::byte const* at) {
    auto const magic = load_native(at);
    bool const is_swapped = is_magic(__builtin_bswap32(magic));
    if (!is_magic(magic) && !is_swapped) return false;
    auto const version = load_native(at + 4);
    return version == (is_swapped ? 0x04000200u : 0x00040002u) && load_native(at + 8) == 0;
}

}  // namespace

bool PcapReader::begins(Bytes bytes) {
    auto const magic = load_native(bytes.data());
    return is_magic(magic) || is_magic(__builtin_bswap32(magic));
}

std::uint32_t PcapReader::number(std::byte const* at) const {
    auto const number = load_native(at);
    return is_swapped_ ? __builtin_bswap32(number) : number;
}

PcapReader::RecordHeader PcapReader::read_record_header(std::byte const* at) const {
    return {number(at), number(at + 4), number(at + 8), number(at + 12)};
}

void PcapReader::read_file_header(std::byte const* at) {
    is_swapped_ = !is_magic(load_native(at));
    auto const magic = number(at);
    is_nanoseconds_ = magic == magic_nanoseconds;
    record_header_ = magic == magic_modified ? 24 : 16;
    longest_ = std::clamp(number(at + 16), least_longest, static_cast<std::uint32_t>(longest_packet_block));
    link_ = static_cast<LinkType>(number(at + 20) & 0xffff);  // above stand the length of a frame check sequence, flags
    has_header_ = true;
    has_packet_ = false;
}

bool PcapReader::is_plausible(RecordHeader const& header, std::uint32_t near_seconds) const {
    auto const apart = header.seconds > near_seconds ? header.seconds - near_seconds : near_seconds - header.seconds;
    return header.captured > 0 && header.captured <= longest_ && header.wire >= header.captured &&
           header.wire <= longest_packet_block && apart <= a_day &&
           header.fraction < (is_nanoseconds_ ? 1'000'000'000u : 1'000'000u);
}

PcapReader::Fit PcapReader::fits_file_header(Bytes rest, InputEnd end) {
    auto const missing = end == InputEnd::not_yet ? Fit::needs_more : Fit::no;
    if (rest.size() < 4) return missing;
    if (!begins(rest)) return Fit::no;
    if (rest.size() < file_header) return missing;
    return is_file_header(rest.data()) ? Fit::yes : Fit::no;
}

PcapReader::Fit PcapReader::fits(Bytes rest, InputEnd end) const {
    auto const missing = end == InputEnd::not_yet ? Fit::needs_more : Fit::no;
    if (auto const fit = fits_file_header(rest, end); fit != Fit::no) return fit;
    if (rest.size() < record_header_) return missing;
    auto const header = read_record_header(rest.data());
    if (!is_plausible(header, has_packet_ ? last_seconds_ : header.seconds)) return Fit::no;
    auto const next = record_header_ + header.captured;
    if (rest.size() < next) return missing;
    if (rest.size() == next && end != InputEnd::not_yet) return Fit::yes;
    if (rest.size() < next + record_header_) return missing;
    return is_plausible(read_record_header(rest.data() + next), header.seconds) ? Fit::yes : Fit::no;
}

bool PcapReader::find_record(Bytes& rest, InputEnd end) {
    for (; !rest.empty(); rest = rest.subspan(1)) {
        switch (fits(rest, end)) {
            case Fit::yes: return true;
            case Fit::needs_more: return false;
            case Fit::no: break;
        }
    }
    return false;
}

Found PcapReader::lose(Bytes& rest, std::string_view reason) {
    rest = rest.subspan(1);
    is_lost_ = true;
    reason_ = reason;
    return Found::broken;
}

Found PcapReader::end_early(Bytes& rest, InputEnd end) {
    if (end == InputEnd::not_yet || rest.empty()) return Found::nothing;
    if (end == InputEnd::reached) return lose(rest, reasons::capture_ends_early);
    rest = rest.subspan(rest.size());
    return Found::nothing;
}

Found PcapReader::next(Bytes& rest, InputEnd end, PacketRecord& packet) {
    if (is_lost_ && !find_record(rest, end)) return Found::nothing;
    is_lost_ = false;
    for (;;) {
        auto const fit = fits_file_header(rest, end);
        if (fit == Fit::needs_more) return Found::nothing;
        if (fit == Fit::no) break;
        read_file_header(rest.data());
        rest = rest.subspan(file_header);
    }
    if (rest.size() < (has_header_ ? record_header_ : file_header)) return end_early(rest, end);
    if (!has_header_) return lose(rest, reasons::record_broken);
    auto const header = read_record_header(rest.data());
    if (header.captured > longest_) return lose(rest, reasons::record_broken);
    if (rest.size() < record_header_ + header.captured) return end_early(rest, end);
    auto const micros = is_nanoseconds_ ? header.fraction / 1000 : header.fraction;
    packet.link = link_;
    packet.time = base::from_microseconds(std::int64_t{header.seconds} * 1'000'000 + micros);
    packet.bytes = rest.subspan(record_header_, header.captured);
    packet.wire_length = header.wire <= longest_packet_block ? header.wire : header.captured;
    rest = rest.subspan(record_header_ + header.captured);
    has_packet_ = true;
    last_seconds_ = header.seconds;
    return Found::packet;
}

}  // namespace kula::formats
