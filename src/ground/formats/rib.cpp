#include "formats/rib.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <vector>

#include "network_bytes.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t mrt_header = 12;
constexpr std::uint16_t table_dump_v2 = 13;
constexpr std::uint16_t peer_index_table = 1;

/// Of RFC 6396 §4.3.2 and RFC 8050 §4.1; multicast tables and others say nothing of where traffic goes.
struct RibKind {
    base::Family family;
    bool has_path_ids;
};
std::optional<RibKind> rib_kind(std::uint16_t subtype) {
    switch (subtype) {
        case 2: return RibKind{base::Family::v4, false};
        case 4: return RibKind{base::Family::v6, false};
        case 8: return RibKind{base::Family::v4, true};
        case 10: return RibKind{base::Family::v6, true};
        default: return std::nullopt;
    }
}

/// Nothing where it is broken; 0 where the path names no origin.
std::optional<std::uint32_t> origin_of_path(Bytes path) {
    constexpr unsigned as_set = 1, as_sequence = 2;
    std::uint32_t origin = 0;
    while (!path.empty()) {
        if (path.size() < 2) return std::nullopt;
        auto const type = octet(path, 0);
        std::size_t const count = octet(path, 1);
        if (path.size() < 2 + 4 * count) return std::nullopt;
        if (count > 0 && type == as_sequence) origin = load32(path.data() + 2 + 4 * (count - 1));
        if (count > 0 && type == as_set) origin = count == 1 ? load32(path.data() + 2) : 0;
        path = path.subspan(2 + 4 * count);
    }
    return origin;
}

/// Of the attributes of one path (RFC 4271 §4.3), whose AS numbers have four bytes always.
std::optional<std::uint32_t> origin_of_attributes(Bytes attributes) {
    constexpr unsigned extended_length = 0x10, as_path = 2;
    while (!attributes.empty()) {
        if (attributes.size() < 3) return std::nullopt;
        std::size_t const before = (octet(attributes, 0) & extended_length) != 0 ? 4 : 3;
        if (attributes.size() < before) return std::nullopt;
        std::size_t const length = before == 4 ? load16(attributes.data() + 2) : octet(attributes, 2);
        if (attributes.size() < before + length) return std::nullopt;
        if (octet(attributes, 1) == as_path) return origin_of_path(attributes.subspan(before, length));
        attributes = attributes.subspan(before + length);
    }
    return 0;
}

std::optional<base::Prefix> take_prefix(ByteCursor& cursor, base::Family family) {
    if (!cursor.has(1)) return std::nullopt;
    auto const length = std::to_integer<std::size_t>(cursor.take(1)[0]);
    auto const bytes = (length + 7) / 8;
    if (length > (family == base::Family::v4 ? 32U : 128U) || !cursor.has(bytes)) return std::nullopt;
    std::array<std::byte, 16> address{};
    std::ranges::copy(cursor.take(bytes), address.begin());
    auto const first =
        family == base::Family::v4 ? base::Address::v4_bytes(address.data()) : base::Address::v6_bytes(address.data());
    return base::Prefix(first, static_cast<int>(length));
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
    Number number{};
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// The last AS of `64500 64501 {64502}`.
std::optional<std::uint32_t> origin_of_text(std::string_view path) {
    auto last = path.substr(path.find_last_of(' ') == std::string_view::npos ? 0 : path.find_last_of(' ') + 1);
    if (last.size() > 2 && last.front() == '{' && last.back() == '}') last = last.substr(1, last.size() - 2);
    return whole_number<std::uint32_t>(last);
}

}  // namespace

bool begins_rib(std::span<std::byte const> bytes) {
    if (bytes.size() < mrt_header || load16(bytes.data() + 4) != table_dump_v2) return false;
    auto const length = load32(bytes.data() + 8);
    constexpr std::size_t shortest = 8;  // collector, length of the view's name, count of peers
    return load16(bytes.data() + 6) == peer_index_table && length >= shortest && length <= longest_mrt_record;
}

std::size_t RibReader::consume(std::span<std::byte const> bytes, InputEnd end) {
    auto const given = bytes.size();
    while (!is_cut_ && bytes.size() >= mrt_header) {
        std::size_t const length = load32(bytes.data() + 8);
        is_cut_ = length > longest_mrt_record;
        if (is_cut_ || bytes.size() < mrt_header + length) break;
        if (!dumped_) dumped_ = base::Instant(std::chrono::seconds(load32(bytes.data())));
        if (load16(bytes.data() + 4) == table_dump_v2)
            record(load16(bytes.data() + 6), bytes.subspan(mrt_header, length));
        bytes = bytes.subspan(mrt_header + length);
    }
    if (is_cut_) return given;
    if (end == InputEnd::not_yet) return given - bytes.size();
    is_cut_ = !bytes.empty();
    return given;
}

void RibReader::record(std::uint16_t subtype, std::span<std::byte const> content) {
    auto const kind = rib_kind(subtype);
    if (!kind) return;
    ByteCursor cursor(content);
    std::vector<std::uint32_t> origins;
    std::set<std::pair<std::uint16_t, std::uint32_t>> told;  // A peer's further paths.
    bool is_sound = cursor.has(4);
    if (is_sound) cursor.take(4);  // sequence number
    auto const prefix = is_sound ? take_prefix(cursor, kind->family) : std::nullopt;
    is_sound = prefix && cursor.has(2);
    std::size_t const before = kind->has_path_ids ? 12 : 8;  // peer, time of origination, path
    for (unsigned left = is_sound ? cursor.take16() : 0; is_sound && left > 0; --left) {
        is_sound = cursor.has(before);
        if (!is_sound) break;
        auto const peer = cursor.take16();
        cursor.take(before - 4);
        std::size_t const length = cursor.take16();
        is_sound = cursor.has(length);
        auto const origin = is_sound ? origin_of_attributes(cursor.take(length)) : std::nullopt;
        is_sound = origin.has_value();
        if (origin.value_or(0) != 0 && (!kind->has_path_ids || told.emplace(peer, *origin).second))
            origins.push_back(*origin);
    }
    if (!is_sound) {
        ++broken_;
    } else if (!origins.empty()) {
        take_(*prefix, origins);
    }
}

std::optional<RibLine> parse_rib_line(std::string_view line) {
    std::array<std::string_view, 7> fields{};
    for (auto& field : fields) {
        auto const end = std::min(line.find('|'), line.size());
        field = line.substr(0, end);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    auto const& [kind, at, entry, peer, peer_as, prefix, path] = fields;
    auto const dumped = whole_number<std::uint32_t>(at.substr(0, at.find('.')));
    auto const network = base::Prefix::parse(prefix);
    if (!kind.starts_with("TABLE_DUMP") || entry != "B" || !dumped || !network) return std::nullopt;
    return RibLine{base::Instant(std::chrono::seconds(*dumped)), *network, origin_of_text(path)};
}

}  // namespace kula::formats
