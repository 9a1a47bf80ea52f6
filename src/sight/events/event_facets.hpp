#pragma once
// How many events have which value: summed from what is looked at.

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "event_ways.hpp"
#include "events/event_search.hpp"

namespace kula::events {

class EventFacets {
public:
    /// The first so many of it; an event that was read before is not summed again.
    void read(storage::Session const& session, EventPlan::Look const& look, std::string const& order_by,
              std::size_t most);
    [[nodiscard]] std::size_t counted() const { return known_.size(); }
    /// By number, equals by key; days the newest first, and all of them.
    std::map<EventFacet, std::vector<FacetValue>> values(std::size_t top) &&;

private:
    std::unordered_set<std::int64_t> known_{};
    std::map<EventFacet, std::map<std::string, std::int64_t, std::less<>>> sums_{};
};

}  // namespace kula::events
