#pragma once
/// @file
/// The inside of a snapshot. Numbers run through the sections in this order: IPv4 hosts, IPv6 hosts, prefixes and
/// ranges, AS numbers, names.

#include <string>
#include <vector>

#include "host_table.hpp"
#include "indicators/snapshot.hpp"
#include "name_table.hpp"
#include "origins/stretch_map.hpp"

namespace kula::indicators {

struct Snapshot::Tables {
    struct Range {
        base::AddressRange range;
        Kind kind;
    };
    struct Name {
        Kind kind;
        std::uint32_t length;
        std::uint64_t place;  ///< In `text`.
    };

    std::vector<std::uint32_t> hosts4;  ///< Sorted.
    std::vector<base::Address> hosts6;  ///< Sorted.
    std::vector<Range> ranges;
    std::vector<std::uint32_t> as_numbers;
    std::vector<Name> names;
    std::string text;

    HostTable host4;
    origins::StretchMap<std::uint32_t> stretch4;
    origins::StretchMap<base::Uint128> stretch6;
    NameTable name;

    /// Per number: which set of sources, and in the highest bit whether a warning list holds it.
    std::vector<std::uint32_t> source_sets;
    static constexpr std::uint32_t warned_bit = 1u << 31;
    bool any_warned = false;
    struct Source {
        std::string name;
        base::Marking marking;
        base::Readers readers;
        friend bool operator==(Source const&, Source const&) = default;
    };
    std::vector<Source> sources;
    std::vector<std::vector<SourceNumber>> sets;

    /// Those that count for what may be told of a number (`Snapshot::sources`).
    [[nodiscard]] std::vector<Source const*> telling_sources(std::uint32_t number) const;

    [[nodiscard]] std::size_t first_host6() const { return hosts4.size(); }
    [[nodiscard]] std::size_t first_range() const { return first_host6() + hosts6.size(); }
    [[nodiscard]] std::size_t first_as_number() const { return first_range() + ranges.size(); }
    [[nodiscard]] std::size_t first_name() const { return first_as_number() + as_numbers.size(); }
    [[nodiscard]] std::string_view name_text(Name const& entry) const {
        return std::string_view(text).substr(entry.place, entry.length);
    }
};

}  // namespace kula::indicators
