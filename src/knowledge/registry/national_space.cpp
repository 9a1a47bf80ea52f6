#include "registry/national_space.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace kula::registry {
namespace {

using base::Address;
using base::AddressRange;

constexpr std::string_view separators = " \t\r\v\f";

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(separators);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(separators) - first + 1);
}

/// The last address of the family has no next one; nothing can touch it from behind.
bool touches(AddressRange const& earlier, AddressRange const& later) {
    if (earlier.last.family() != later.first.family()) return false;
    if (later.first <= earlier.last) return true;
    return later.first.number() - earlier.last.number() == 1;
}

std::vector<AddressRange> merged(std::vector<AddressRange> ranges) {
    auto const is_backwards = [](AddressRange const& range) {
        return range.last < range.first || range.first.family() != range.last.family();
    };
    ranges.erase(std::remove_if(ranges.begin(), ranges.end(), is_backwards), ranges.end());
    std::sort(ranges.begin(), ranges.end());
    std::vector<AddressRange> out;
    for (auto const& range : ranges) {
        if (!out.empty() && touches(out.back(), range)) {
            out.back().last = std::max(out.back().last, range.last);
        } else {
            out.push_back(range);
        }
    }
    return out;
}

std::optional<std::uint32_t> parse_as(std::string_view text) {
    if (text.size() < 3 || (text[0] != 'A' && text[0] != 'a') || (text[1] != 'S' && text[1] != 's'))
        return std::nullopt;
    text = trim(text.substr(2));
    std::uint32_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<AddressRange> parse_range(std::string_view text) {
    if (auto const prefix = base::Prefix::parse(text)) return AddressRange::of(*prefix);
    auto const dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto const first = Address::parse(trim(text.substr(0, dash)));
    auto const last = Address::parse(trim(text.substr(dash + 1)));
    if (!first || !last || first->family() != last->family() || *last < *first) return std::nullopt;
    return AddressRange{*first, *last};
}

void take_line(std::string_view line, std::size_t number, ParsedSpace& out) {
    line = trim(line.substr(0, line.find_first_of("#;")));
    if (line.empty()) return;
    if (auto const range = parse_range(line)) {
        out.ranges.push_back(*range);
    } else if (auto const as_number = parse_as(line)) {
        out.as_numbers.push_back(*as_number);
    } else {
        ++out.skipped_count;
        if (out.skipped.size() < most_skipped_lines) {
            out.skipped.push_back({number, "neither a prefix, an address, a range nor an AS number"});
        }
    }
}

}  // namespace

NationalSpace::NationalSpace(std::vector<AddressRange> ranges, std::vector<std::uint32_t> as_numbers)
    : ranges_(merged(std::move(ranges))), as_numbers_(std::move(as_numbers)) {
    std::sort(as_numbers_.begin(), as_numbers_.end());
    as_numbers_.erase(std::unique(as_numbers_.begin(), as_numbers_.end()), as_numbers_.end());
}

bool NationalSpace::contains(Address address) const {
    auto const behind = std::upper_bound(ranges_.begin(), ranges_.end(), address,
                                         [](Address a, AddressRange const& range) { return a < range.first; });
    return behind != ranges_.begin() && std::prev(behind)->contains(address);
}

bool NationalSpace::contains_as(std::uint32_t as_number) const {
    return std::binary_search(as_numbers_.begin(), as_numbers_.end(), as_number);
}

ParsedSpace parse_space(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";  // Of the order of bytes.
    if (text.substr(0, mark.size()) == mark) text.remove_prefix(mark.size());
    ParsedSpace out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = text.find('\n');
        take_line(text.substr(0, end), number, out);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return out;
}

}  // namespace kula::registry
