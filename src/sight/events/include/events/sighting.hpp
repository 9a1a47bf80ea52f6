#pragma once
/// @file
/// "Something listed was seen": one sighting is one hour of the same traffic, that is of the same indicator, ends,
/// direction, side, protocol and port.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/readers.hpp"
#include "base/record.hpp"
#include "registry/organisation.hpp"

namespace kula::events {

/// Relative to the national space.
enum class Direction : std::uint8_t { outbound, inbound, internal, transit, unknown };
constexpr std::size_t direction_count = 5;
std::string_view to_text(Direction direction);
std::optional<Direction> parse_direction(std::string_view text);

/// Which end of the flow, or which name of a log line, is the listed one.
enum class Side : std::uint8_t { source, destination, query, host, sni, file };
std::string_view to_text(Side side);
std::optional<Side> parse_side(std::string_view text);

/// What a matcher met, added up over any span of time: the input of this room.
struct Observation {
    std::string indicator;  ///< Canonical text, at most 4,096 bytes.
    std::string kind;       ///< `address`, `prefix`, `domain`, …
    std::string matched;    ///< The listed end: an address, or the domain, URL or hash.
    std::string peer;       ///< The other end; the client of a name.
    Direction direction = Direction::unknown;
    Side side = Side::source;
    std::uint8_t protocol = 0;  ///< IP protocol number.
    std::uint16_t port = 0;     ///< The flow's destination port.
    std::uint64_t flows = 0;
    std::uint64_t packets = 0;  ///< Scaled by the sampling rate, as `bytes`.
    std::uint64_t bytes = 0;
    base::Instant first{};
    base::Instant last{};                ///< Its hour is the sighting's hour.
    std::vector<std::string> sources{};  ///< Names of the indicator's sources.
    base::Marking marking{};             ///< The strictest of the sources'.
    base::Readers readers{};             ///< Of TLP:RED.
    std::string lineage{};               ///< `exporter:192.0.2.1`, `import:…`.
};

struct Sighting;
using SightingId = base::Id<Sighting>;

/// A stored sighting. What was decided at the time (organisation, network, sector, country) stays as it was decided.
struct Sighting {
    /// A version 7 UUID whose moment is the hour and whose random bits are a digest of the key: the same traffic of the
    /// same hour is the same sighting, whoever writes it and however often.
    SightingId id{};
    base::Instant hour{};  ///< The full hour.
    Observation seen{};
    std::optional<std::string> national_address{};           ///< The national end; of internal traffic the listed one.
    std::optional<std::string> foreign_address{};            ///< The end abroad; absent for internal traffic.
    std::optional<std::string> country{};                    ///< Of the foreign end, ISO 3166-1 alpha-2.
    std::optional<registry::OrganisationId> organisation{};  ///< Whose the national end is.
    std::optional<std::string> network{};                    ///< The claim that decided it, `192.0.2.0/24`.
    std::optional<std::string> sector{};                     ///< Of that organisation.
    base::Record record{};
};

}  // namespace kula::events
