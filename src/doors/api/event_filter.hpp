#pragma once
/// @file
/// The filters of lists and sums of events, from the query.

#include "base/actor.hpp"
#include "events/event_search.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"

namespace kula::api {

/// What is wrong is noted in the parameters. Only what the clearance reaches.
events::EventFilter event_filter(Parameters& parameters, registry::Registry const& registry,
                                 base::Clearance const& clearance);

}  // namespace kula::api
