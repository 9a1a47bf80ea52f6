#pragma once
// What the own sensors saw in an hour, as a report like any other: CSV, with what was looked at in comments.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "events/collected.hpp"
#include "events/sighting.hpp"
#include "indicators/store.hpp"

namespace kula::intake {

/// Packets of an hour over TCP; fewer opened no connection.
constexpr std::uint64_t fewest_packets = 3;
/// Towards higher ports go the answers to whoever asked from there, such as those who scan.
constexpr std::uint16_t highest_service_port = 32767;
/// Of an indicator, as the surest of its sources told it, for contact with it to count.
constexpr indicators::Confidence least_confidence = 50;

/// How whole an hour is: each exporter that told something within the day up to it, told of this hour.
struct Coverage {
    std::vector<events::CollectedShare> shares{};  ///< Of the hour; empty where nobody looked.
    std::vector<std::string> short_of{};           ///< Exporters that are missing, or of which too much is.
};
/// Pure. `shares` are those of the day up to the hour's end.
Coverage coverage_of(base::Instant hour, std::span<events::CollectedShare const> shares);

/// The national end that sought contact with the listed one; nothing where none did: the listed end began, a resolver
/// asked for others, or it was an answer.
std::optional<std::string> seeker_of(events::Sighting const& sighting);
/// Whether contact with it says something of who sought it, while it was matched against; so that the same hour is told
/// alike whenever it is, nothing here fades.
bool says_something(indicators::Indicator const& indicator);

std::string report_name(base::Instant hour);
/// Comments, and the header of the rows.
std::string report_head(base::Instant hour, Coverage const& coverage);
std::string report_row(events::Sighting const& sighting, std::string_view seeker,
                       indicators::Indicator const& indicator);
/// Says whether the hour is whole.
std::string report_end(Coverage const& coverage);

}  // namespace kula::intake
