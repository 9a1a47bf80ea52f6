#pragma once
/// @file
/// What exporters told, hour by hour: what tells "nothing was seen" from "nobody looked". Values; pure.

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.hpp"

namespace kula::events {

/// One exporter's share of an hour.
struct CollectedShare {
    base::Instant hour{};    ///< A full hour.
    std::string exporter{};  ///< Its address.
    std::uint64_t came = 0;  ///< Flow records (NetFlow v5, IPFIX) or datagrams (v9, sFlow), as sequence numbers count.
    std::uint64_t lost = 0;  ///< What those numbers show as missing.
    std::uint64_t minutes = 0;  ///< In which somebody listened to it.
};

/// Of an hour, for it to count as looked at; a restart of the program fits in.
constexpr std::uint64_t fewest_minutes = 50;
/// One part in so many may be lost.
constexpr std::uint64_t most_lost_part = 20;

/// Whether silence in it means something.
constexpr bool is_whole(CollectedShare const& share) {
    return share.came > 0 && share.minutes >= fewest_minutes && share.lost <= share.came / most_lost_part;
}

}  // namespace kula::events
