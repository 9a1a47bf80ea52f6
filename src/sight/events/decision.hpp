#pragma once
// What is decided of an observation when it is stored: its identity, its ends, whose it is.

#include <optional>
#include <string>

#include "events/aggregator.hpp"
#include "events/sighting.hpp"

namespace kula::events {

base::Instant hour_of(base::Instant instant);

/// A version 7 UUID of the hour; its random bits are the first of the SHA-256 of the key.
SightingId identity(base::Instant hour, Observation const& seen);

/// Which of the two ends is which. `none` where the end was not told (the server of a name) or there is none.
enum class End : std::uint8_t { none, matched, peer };
struct Ends {
    End national = End::none;
    End foreign = End::none;
};
/// Of internal traffic the listed end is the national one; in transit, and where the national space is unknown, the
/// listed end is the foreign one.
Ends ends_of(Direction direction, Side side);

/// Fills in what is decided now: ends, organisation, network, sector, country.
void decide(Sighting& sighting, registry::Attribution const& attribution, CountryOf const& country);

}  // namespace kula::events
