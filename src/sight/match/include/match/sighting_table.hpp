#pragma once
/// @file
/// Hits added up into sightings: what was listed, where it was met, with whom, in which direction, how much and when.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "events/sighting.hpp"
#include "match/matching.hpp"

namespace kula::match {

/// One thread. Grows with the number of different sightings. A connection that several log lines tell of (same
/// `Flow::connection`) counts as one flow of a sighting.
class SightingTable {
public:
    /// Whether what ended in different hours (UTC) is kept apart, as `events` keeps it.
    enum class Hours : std::uint8_t { together, apart };

    explicit SightingTable(Hours hours = Hours::together);
    ~SightingTable();

    /// To be used as a `HitSink`.
    void add(Matcher const& matcher, Hit const& hit);
    [[nodiscard]] std::size_t size() const;
    /// One per (indicator, matched, peer, direction, side, protocol, port), and hour where those are kept apart, by
    /// first moment, then by indicator; the table is empty afterwards. `lineage` is left to the caller.
    std::vector<events::Observation> take();

private:
    struct Sums;
    Hours hours_;
    std::unique_ptr<Sums> sums_;
};

/// The listed end or name of a hit, and the other end.
struct Ends {
    std::string matched;
    base::Address peer;
};
Ends ends_of(Hit const& hit);

}  // namespace kula::match
