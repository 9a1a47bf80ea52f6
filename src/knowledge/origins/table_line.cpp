#include "table_line.hpp"

#include <array>
#include <charconv>

#include "base/ascii.hpp"
#include "origins/table.hpp"

namespace kula::origins {
namespace {

constexpr std::string_view between_fields = "\t,; \"\r";

std::string_view take_field(std::string_view& line, std::string_view separators = between_fields) {
    line.remove_prefix(std::min(line.find_first_not_of(separators), line.size()));
    auto const field = line.substr(0, line.find_first_of(separators));
    line.remove_prefix(field.size());
    return field;
}

std::optional<std::uint32_t> number_in(std::string_view text) {
    std::uint32_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<std::uint32_t> as_number_in(std::string_view text) {
    if (text.size() > 2 && base::lower(text[0]) == 'a' && base::lower(text[1]) == 's') text.remove_prefix(2);
    return number_in(text);
}

/// `64500_64501`: several origins, the first of which counts; `64500,64501`: a set, which names none. Nothing where it
/// is neither; 0 where all are sets.
std::optional<std::uint32_t> first_origin(std::string_view origins) {
    std::uint32_t first = 0;
    while (!origins.empty()) {
        auto const end = std::min(origins.find('_'), origins.size());
        auto const one = origins.substr(0, end);
        origins.remove_prefix(std::min(end + 1, origins.size()));
        bool const is_set = one.find(',') != std::string_view::npos;
        auto const number = as_number_in(one.substr(0, one.find(',')));
        if (!number) return std::nullopt;
        if (first == 0 && !is_set) first = *number;
    }
    return first;
}

/// CAIDA's: the length of the prefix stands in a field of its own.
std::optional<LineEntry> with_length(base::Prefix const& address, std::string_view length, std::string_view rest) {
    auto const bits = number_in(length);
    auto const origins = take_field(rest, "\t \"\r");
    if (!bits || *bits > static_cast<std::uint32_t>(address.first().width()) || origins.empty()) return std::nullopt;
    auto const number = first_origin(origins);
    if (!number) return std::nullopt;
    return LineEntry{base::AddressRange::of(base::Prefix(address.first(), static_cast<int>(*bits))), *number};
}

}  // namespace

std::string_view without_comment(std::string_view line) {
    line = base::trimmed(line.substr(0, line.find('#')), between_fields.substr(0, 2));
    if (line.starts_with(';') || line.find_first_not_of(between_fields) == std::string_view::npos) return {};
    return line;
}

std::optional<LineEntry> as_number_line(std::string_view line) {
    bool const is_bare = line.substr(0, line.find_first_of(between_fields)).find('/') == std::string_view::npos;
    auto const prefix = base::Prefix::parse(take_field(line));
    auto const second = take_field(line);
    if (!prefix || second.empty()) return std::nullopt;
    if (auto const last = base::Address::parse(second)) {
        auto const number = as_number_in(take_field(line));
        bool const is_range = prefix->is_host() && last->family() == prefix->family() && prefix->first() <= *last;
        if (!number || !is_range) return std::nullopt;
        return LineEntry{{prefix->first(), *last}, *number};
    }
    if (is_bare) {
        if (auto const entry = with_length(*prefix, second, line)) return entry;
    }
    auto const number = as_number_in(second);
    if (!number) return std::nullopt;
    return LineEntry{base::AddressRange::of(*prefix), *number};
}

std::optional<LineEntry> country_line(std::string_view line, std::string_view country) {
    auto const prefix = base::Prefix::parse(take_field(line));
    auto const number = CountryTable::number_of(country.empty() ? take_field(line) : country);
    if (!prefix || !number) return std::nullopt;
    return LineEntry{base::AddressRange::of(*prefix), *number};
}

}  // namespace kula::origins
