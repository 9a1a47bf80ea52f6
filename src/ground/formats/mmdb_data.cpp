#include "mmdb_data.hpp"

#include <array>

namespace kula::formats {
namespace {

constexpr unsigned most_values = 4096;  // looked at for one answer; a record of a city has some hundred

}  // namespace

/// "Pointer" in the specification: the size's upper bits say how many bytes follow, its lower bits are the first.
std::optional<MmdbValue> MmdbData::pointer_at(std::size_t at, unsigned control) const {
    static constexpr std::array<std::size_t, 4> before{0, 2048, 526336, 0};
    auto const length = (control >> 3 & 3U) + 1;
    if (bytes_.size() - at < 1 + length) return std::nullopt;
    auto target = static_cast<std::size_t>(load_number(bytes_.data() + at + 1, length));
    if (length < 4) target |= static_cast<std::size_t>(control & 7U) << (8 * length);
    return MmdbValue{MmdbType::pointer, target + before[length - 1], at + 1 + length};
}

std::optional<MmdbValue> MmdbData::value_at(std::size_t at) const {
    if (at >= bytes_.size()) return std::nullopt;
    auto const control = octet(bytes_, at);
    unsigned type = control >> 5;
    if (type == 1) return pointer_at(at, control);
    std::size_t behind = at + 1;
    if (type == 0) {
        if (behind >= bytes_.size()) return std::nullopt;
        type = octet(bytes_, behind++) + 7U;
    }
    std::size_t size = control & 31U;
    if (size >= 29) {
        static constexpr std::array<std::size_t, 3> base{29, 285, 65821};
        auto const length = size - 28;
        if (bytes_.size() - behind < length) return std::nullopt;
        size = base[length - 1] + static_cast<std::size_t>(load_number(bytes_.data() + behind, length));
        behind += length;
    }
    bool const holds_bytes = type != 7 && type != 11 && type != 14;  // 14: a boolean, which is its size
    if (holds_bytes && bytes_.size() - behind < size) return std::nullopt;
    return MmdbValue{static_cast<MmdbType>(type), size, behind};
}

/// A pointer must not point to another.
std::optional<MmdbValue> MmdbData::followed(std::size_t at) const {
    auto const value = value_at(at);
    if (!value || value->type != MmdbType::pointer) return value;
    auto const target = value_at(value->size);
    return target && target->type != MmdbType::pointer ? target : std::nullopt;
}

/// Where the value behind this one stands. `left` is how many more may be looked at.
std::optional<std::size_t> MmdbData::skip(std::size_t at, unsigned& left) const {
    for (std::size_t open = 1; open > 0; --open) {
        auto const value = value_at(at);
        if (!value || left-- == 0) {
            left = 0;
            return std::nullopt;
        }
        at = value->behind;
        if (value->type == MmdbType::map) {
            open += 2 * value->size;
        } else if (value->type == MmdbType::array) {
            open += value->size;
        } else if (value->type != MmdbType::pointer && static_cast<unsigned>(value->type) != 14) {
            at += value->size;
        }
    }
    return at;
}

std::optional<std::size_t> MmdbData::member(MmdbValue const& map, std::string_view name, unsigned& left) const {
    auto at = std::optional(map.behind);
    for (std::size_t i = 0; i < map.size && left > 0; ++i) {
        auto const key = text(followed(*at));
        if (!key || !(at = skip(*at, left))) return std::nullopt;
        if (*key == name) return at;
        if (!(at = skip(*at, left))) return std::nullopt;
    }
    return std::nullopt;
}

bool MmdbData::is_whole(std::size_t at) const {
    unsigned left = most_values;
    return skip(at, left).has_value();
}

std::optional<MmdbValue> MmdbData::find(std::size_t at, std::initializer_list<std::string_view> path) const {
    unsigned left = most_values;
    auto value = followed(at);
    for (auto const name : path) {
        if (!value || value->type != MmdbType::map) return std::nullopt;
        auto const place = member(*value, name, left);
        if (!place) return std::nullopt;
        value = followed(*place);
    }
    return value;
}

std::optional<std::string_view> MmdbData::text(std::optional<MmdbValue> value) const {
    if (!value || value->type != MmdbType::text) return std::nullopt;
    auto const bytes = bytes_.subspan(value->behind, value->size);
    return std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size());
}

std::optional<std::uint64_t> MmdbData::number(std::optional<MmdbValue> value) const {
    bool const is_whole = value && (value->type == MmdbType::uint16 || value->type == MmdbType::uint32 ||
                                    value->type == MmdbType::uint64);
    if (!is_whole || value->size > 8) return std::nullopt;
    return load_number(bytes_.data() + value->behind, value->size);
}

}  // namespace kula::formats
