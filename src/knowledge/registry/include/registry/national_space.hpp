#pragma once
/// @file
/// The national space: which addresses and AS numbers belong to the country, as one immutable value.
///
/// Pure; reads no file and no database. Safe to read from any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"

namespace kula::registry {

/// Ranges, sorted and merged: IPv4 before IPv6, none touching or overlapping the next.
class NationalSpace {
public:
    NationalSpace() = default;
    /// Takes the ranges in any order, overlapping or not; a range whose end is before its start is left out.
    explicit NationalSpace(std::vector<base::AddressRange> ranges, std::vector<std::uint32_t> as_numbers = {});

    /// O(log n).
    [[nodiscard]] bool contains(base::Address address) const;
    [[nodiscard]] bool contains_as(std::uint32_t as_number) const;
    [[nodiscard]] bool is_empty() const { return ranges_.empty() && as_numbers_.empty(); }

    [[nodiscard]] std::vector<base::AddressRange> const& ranges() const { return ranges_; }
    /// Sorted, each once.
    [[nodiscard]] std::vector<std::uint32_t> const& as_numbers() const { return as_numbers_; }

    friend bool operator==(NationalSpace const&, NationalSpace const&) = default;

private:
    std::vector<base::AddressRange> ranges_;
    std::vector<std::uint32_t> as_numbers_;
};

/// One line that said nothing usable.
struct SkippedLine {
    std::size_t line;    ///< Counted from 1.
    std::string reason;  ///< Without the line's text.
};

/// What a text of prefixes held.
struct ParsedSpace {
    std::vector<base::AddressRange> ranges{};
    std::vector<std::uint32_t> as_numbers{};
    std::vector<SkippedLine> skipped{};  ///< At most `most_skipped_lines`; `skipped_count` counts all.
    std::size_t skipped_count = 0;
};

constexpr std::size_t most_skipped_lines = 1000;

/// One prefix, address, range `first-last` or AS number (`AS64500`) a line; `#` or `;` starts a comment; blank lines
/// and a byte order mark are fine. Host bits behind a prefix's length are cleared.
ParsedSpace parse_space(std::string_view text);

}  // namespace kula::registry
