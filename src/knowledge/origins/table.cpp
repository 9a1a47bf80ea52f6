#include "origins/table.hpp"

#include <array>

#include "base/ascii.hpp"

namespace kula::origins {

std::string_view to_text(TableFormat format) {
    static constexpr std::array<std::string_view, 4> names{"text", "mmdb", "delegated", "rib"};
    return names.at(static_cast<std::size_t>(format));
}

std::optional<std::uint32_t> CountryTable::number_of(std::string_view code) {
    if (code.size() != 2 || !base::is_letter(code[0]) || !base::is_letter(code[1])) return std::nullopt;
    auto const upper = [](char c) { return static_cast<std::uint32_t>(base::lower(c) - ('a' - 'A')); };
    return upper(code[0]) << 8 | upper(code[1]);
}

std::optional<std::string> CountryTable::find(base::Address address) const {
    auto const number = map_.find(address);
    if (!number) return std::nullopt;
    return std::string{static_cast<char>(*number >> 8), static_cast<char>(*number & 0xff)};
}

}  // namespace kula::origins
