#include "formats/delegated.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.hpp"

namespace kula::formats {
namespace {

using BarFields = std::array<std::string_view, 8>;

/// How many there are, at most eight.
std::size_t split_at_bars(std::string_view line, BarFields& fields) {
    for (std::size_t count = 0; count < fields.size(); ++count) {
        auto const end = line.find('|');
        fields[count] = line.substr(0, end);
        if (end == std::string_view::npos) return count + 1;
        line.remove_prefix(end + 1);
    }
    return fields.size();
}

std::optional<base::AddressRange> range_of(std::string_view type, std::string_view start, std::string_view value) {
    auto const first = base::Address::parse(start);
    std::uint64_t number = 0;
    auto const [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (!first || first->is_v4() != (type == "ipv4") || fault != std::errc{} || end != value.data() + value.size())
        return std::nullopt;
    if (!first->is_v4()) {
        if (number > 128) return std::nullopt;
        return base::AddressRange::of(base::Prefix(*first, static_cast<int>(number)));
    }
    auto const last = first->number4() + number - 1;
    if (number == 0 || number > 0x1'0000'0000 || last > 0xffff'ffff) return std::nullopt;
    return base::AddressRange{*first, base::Address::v4(static_cast<std::uint32_t>(last))};
}

bool is_version(std::string_view first) { return !first.empty() && base::is_digit(first.front()); }

}  // namespace

DelegatedLine parse_delegated_line(std::string_view line) {
    using Kind = DelegatedLine::Kind;
    BarFields fields{};
    auto const count = split_at_bars(base::trimmed(line), fields);
    if (count < 6) return {};
    auto const& [registry, country, type, start, value, date, status, id] = fields;
    if (is_version(registry)) return {.kind = Kind::other, .date = date.empty() ? type : date};
    if (type != "ipv4" && type != "ipv6" && type != "asn") return {};
    if (date == "summary" || type == "asn") return {.kind = Kind::other};
    if (count < 7) return {};
    auto const range = range_of(type, start, value);
    if (!range) return {};
    bool const is_of_a_country = country.size() == 2 && std::ranges::all_of(country, base::is_letter);
    bool const is_given = status.starts_with("allocated") || status.starts_with("assigned");
    if (!is_given || !is_of_a_country || base::lower_case(country) == "zz") return {.kind = Kind::other};
    return {.kind = Kind::delegation, .range = *range, .country = country};
}

}  // namespace kula::formats
