#pragma once
// Sightings that are not stored yet: added up by identity, in the order in which they began, within a bound.

#include <list>
#include <unordered_map>
#include <vector>

#include "columns.hpp"
#include "events/sighting.hpp"

namespace kula::events {

/// What had to be given up.
struct Dropped {
    std::uint64_t sightings = 0;
    std::uint64_t flows = 0;
    void add(Sighting const& sighting) {
        ++sightings;
        flows += sighting.seen.flows;
    }
};

class Waiting {
public:
    /// Texts that cannot be stored are made storable; what is longer than may be is dropped.
    void add(Observation const& seen, Dropped& dropped);
    void drop_oldest(Dropped& dropped);
    /// All of them, oldest first; nothing waits afterwards.
    std::vector<Sighting> take();
    [[nodiscard]] std::size_t size() const { return sightings_.size(); }

private:
    std::list<Sighting> sightings_;
    std::unordered_map<base::Uuid, std::list<Sighting>::iterator, UuidHash> by_id_;
};

}  // namespace kula::events
