#pragma once
// Filters of events, as tests say them.

#include "events/event_filter.hpp"

namespace kula::events {

/// One of which `set` says something.
template <class Set>
EventFilter with(Set const& set) {
    EventFilter filter;
    set(filter);
    return filter;
}

}  // namespace kula::events
