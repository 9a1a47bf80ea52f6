#pragma once
/// @file
/// Hits added up into sightings: what was listed, where it was met, with whom, in which direction, how much and when.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "match/matching.hpp"

namespace kula::match {

/// One sum of hits: one per (indicator, matched, peer, direction, side, protocol, port).
struct Sighting {
    std::string indicator;  ///< Canonical text.
    indicators::Kind kind = indicators::Kind::address;
    std::string matched;  ///< The listed end, or the name that was seen.
    base::Address peer;   ///< The other end; the client, where a name is listed.
    Direction direction = Direction::unknown;
    Side side = Side::source;
    std::uint8_t protocol = 0;
    std::uint16_t port = 0;  ///< The flow's destination port.
    std::uint64_t flows = 0;
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    base::Instant first;
    base::Instant last;
    std::vector<std::string> sources;
};

/// One thread. Grows with the number of different sightings. A connection that several log lines tell of (same
/// `Flow::connection`) counts as one flow of a sighting.
class SightingTable {
public:
    SightingTable();
    ~SightingTable();

    /// To be used as a `HitSink`.
    void add(Matcher const& matcher, Hit const& hit);
    [[nodiscard]] std::size_t size() const;
    /// All sums, by first moment, then by indicator; the table is empty afterwards.
    std::vector<Sighting> take();

private:
    struct Sums;
    std::unique_ptr<Sums> sums_;
};

/// The listed end or name of a hit, and the other end.
struct Ends {
    std::string matched;
    base::Address peer;
};
Ends ends_of(Hit const& hit);

}  // namespace kula::match
