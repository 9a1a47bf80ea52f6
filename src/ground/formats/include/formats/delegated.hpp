#pragma once
/// @file
/// What the five registries of addresses (AFRINIC, APNIC, ARIN, LACNIC, RIPE NCC) say they gave to whom: statistics
/// files, `delegated-<registry>-latest` and `delegated-<registry>-extended-latest`, line by line.
///
/// `registry|cc|type|start|value|date|status[|opaque-id]`: of IPv4 the value is a count of addresses, which need not be
/// a power of two, of IPv6 the length of a prefix. Pure. Source: NRO Extended Allocation and Assignment Reports.

#include <optional>
#include <string_view>

#include "base/address.hpp"

namespace kula::formats {

struct DelegatedLine {
    enum class Kind : std::uint8_t {
        delegation,  ///< Addresses of a country.
        other,       ///< The version, a summary, an AS number, or addresses that are nobody's (available, reserved).
        broken,      ///< No line of such a file.
    };
    Kind kind = Kind::broken;
    base::AddressRange range{};
    std::string_view country{};  ///< Two letters, as they are told.
    std::string_view date{};     ///< Of the version line: `20261127`, when the file was made.
};

/// `line` outlives what is yielded.
[[nodiscard]] DelegatedLine parse_delegated_line(std::string_view line);

}  // namespace kula::formats
