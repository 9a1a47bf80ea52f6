#include "indicators/as_table.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace kula::indicators {
namespace {

constexpr std::string_view separators = "\t,; \"\r";

/// The first three fields.
std::array<std::string_view, 3> split(std::string_view line) {
    std::array<std::string_view, 3> fields{};
    for (auto& field : fields) {
        auto const begin = line.find_first_not_of(separators);
        if (begin == std::string_view::npos) break;
        line.remove_prefix(begin);
        auto const end = std::min(line.find_first_of(separators), line.size());
        field = line.substr(0, end);
        line.remove_prefix(end);
    }
    return fields;
}

std::optional<std::uint32_t> as_number(std::string_view text) {
    if (text.size() > 2 && (text[0] | 32) == 'a' && (text[1] | 32) == 's') text.remove_prefix(2);
    std::uint32_t number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return number;
}

std::optional<AsOrigin> entry(std::string_view line) {
    auto const [first, second, third] = split(line);
    auto const last = base::Address::parse(second);
    auto const prefix = base::Prefix::parse(first);
    auto const number = as_number(last ? third : second);
    if (!prefix || !number) return std::nullopt;
    if (!last) return AsOrigin{base::AddressRange::of(*prefix), *number};
    if (!prefix->is_host() || last->family() != prefix->family() || *last < prefix->first()) return std::nullopt;
    return AsOrigin{{prefix->first(), *last}, *number};
}

}  // namespace

AsTable parse_as_table(std::string_view text) {
    AsTable table;
    for (std::uint64_t line = 1; !text.empty(); ++line) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const content = text.substr(0, std::min(text.find('#'), end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (content.find_first_not_of(separators) == std::string_view::npos) continue;
        if (auto const origin = entry(content)) {
            if (origin->as_number != 0) table.origins.push_back(*origin);
        } else if (table.skipped++ == 0) {
            table.first_skipped = line;
        }
    }
    return table;
}

}  // namespace kula::indicators
