#pragma once
// How many events have which value: summed from what is looked at.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "event_ways.hpp"
#include "events/event_search.hpp"

namespace kula::events {

class EventFacets {
public:
    /// The first `most_looked_at` of it; an event that was read before is not summed again.
    void read(storage::Session const& session, EventPlan::Look const& look, std::string const& order_by);
    [[nodiscard]] std::int64_t counted() const { return static_cast<std::int64_t>(known_.size()); }
    /// By number, equals by key; days the newest first, and all of them.
    std::map<EventFacet, std::vector<FacetValue>> values(std::size_t top) &&;

private:
    std::set<std::int64_t> known_{};
    std::map<EventFacet, std::map<std::string, std::int64_t, std::less<>>> sums_{};
};

}  // namespace kula::events
