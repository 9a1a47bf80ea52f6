#include "sensor_report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "formats/csv.hpp"

namespace kula::intake {
namespace {

using events::CollectedShare;
using events::Direction;
using events::Side;

constexpr std::uint8_t tcp = 6, udp = 17;

std::string transport_of(std::uint8_t protocol) {
    if (protocol == tcp) return "tcp";
    return protocol == udp ? "udp" : std::string();
}

}  // namespace

Coverage coverage_of(base::Instant hour, std::span<CollectedShare const> shares) {
    Coverage out;
    std::map<std::string, bool> usual;  // Exporters, and whether they told of this hour wholly.
    for (auto const& share : shares) {
        bool const is_of_the_hour = share.hour == hour;
        if (is_of_the_hour) out.shares.push_back(share);
        if (share.came > 0) usual[share.exporter] |= is_of_the_hour && is_whole(share);
    }
    std::erase_if(out.shares, [](CollectedShare const& share) { return share.came == 0; });
    for (auto const& [exporter, is_there] : usual) {
        if (!is_there) out.short_of.push_back(exporter);
    }
    return out;
}

std::optional<std::string> seeker_of(events::Sighting const& sighting) {
    auto const& seen = sighting.seen;
    bool const is_sought = seen.direction == Direction::outbound || seen.direction == Direction::internal;
    bool const is_listed_end = seen.side == Side::destination || seen.side == Side::host || seen.side == Side::sni;
    if (!is_sought || !is_listed_end || seen.port > highest_service_port) return std::nullopt;
    if (seen.protocol == tcp && seen.packets < fewest_packets) return std::nullopt;
    return seen.peer;
}

bool says_something(indicators::Indicator const& indicator) {
    bool const is_sure = std::any_of(indicator.listings.begin(), indicator.listings.end(),
                                     [](auto const& listing) { return listing.confidence >= least_confidence; });
    return is_sure && !indicator.is_flagged && indicator.rsit_class == "malicious-code" &&
           indicator.marking.tlp != base::Tlp::red &&
           indicator.marking.pap != base::Pap::red;  // Telling an owner is an action that may be noticed.
}

std::string report_name(base::Instant hour) {
    return "sightings-" + base::to_seconds_text(hour).substr(0, std::string_view("2026-01-31T10").size()) + ".csv";
}

std::string report_head(base::Instant hour, Coverage const& coverage) {
    auto out = fmt::format("# National addresses that sought contact with what is listed, from {} on, one hour\n",
                           base::to_seconds_text(hour));
    for (auto const& [at, exporter, came, lost, minutes] : coverage.shares)
        out += fmt::format("# exporter {}: {} came, {} lost, {} minutes\n", exporter, came, lost, minutes);
    return out +
           "first,last,address,listed,kind,remote,port,transport,flows,packets,bytes,class,type,sources,tlp,pap\n";
}

std::string report_row(events::Sighting const& sighting, std::string_view seeker,
                       indicators::Indicator const& indicator) {
    auto const& seen = sighting.seen;
    auto const port = seen.port == 0 ? std::string() : std::to_string(seen.port);
    auto const marking = base::strictest(seen.marking, indicator.marking);
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", base::to_seconds_text(seen.first),
                       base::to_seconds_text(seen.last), formats::csv_field(std::string(seeker)),
                       formats::csv_field(seen.indicator), seen.kind, formats::csv_field(seen.matched), port,
                       transport_of(seen.protocol), seen.flows, seen.packets, seen.bytes,
                       indicator.rsit_class.value_or(""), indicator.rsit_type.value_or(""),
                       formats::csv_field(fmt::format("{}", fmt::join(seen.sources, "; "))), base::to_text(marking.tlp),
                       base::to_text(marking.pap));
}

std::string report_end(Coverage const& coverage) {
    if (coverage.short_of.empty()) return "# whole\n";
    return fmt::format("# not whole: {}\n", fmt::join(coverage.short_of, ", "));
}

}  // namespace kula::intake
