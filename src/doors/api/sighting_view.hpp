#pragma once
/// @file
/// Sightings, their sums and pictures as the contract shows them.

#include <vector>

#include "base/result.hpp"
#include "events/store.hpp"
#include "indicator_view.hpp"
#include "json.hpp"
#include "organisation_view.hpp"

namespace kula::api {

/// Schema `Totals`.
Json shown(events::Totals const& totals);
/// Schema `FlowsByDirection`.
Json shown(events::FlowsByDirection const& flows);
/// Schema `Sighting`; whose lists it stood on is for the team. `unavailable` when the indicators are.
base::Result<Json> shown(events::Sighting const& sighting, OrganisationView const& organisations,
                         IndicatorView const& indicators, base::Clearance const& clearance);
/// What was seen of an indicator in all that is kept: `totals`, `first`, `last` and the ten `organisations` with most
/// flows.
base::Result<Json> seen_of(std::string const& indicator, events::SightingStore const& sightings,
                           OrganisationView const& organisations, base::Instant now, base::Clearance const& clearance);
/// Schema `TopList`; `label(key)` is what people read.
template <class Label>
Json shown(events::TopList const& top, Label label) {
    Json list = Json::array();
    for (auto const& entry : top) {
        list.push_back({{"key", entry.key},
                        {"label", label(entry.key)},
                        {"flows", count(entry.flows)},
                        {"bytes", count(entry.bytes)},
                        {"sightings", count(entry.sightings)}});
    }
    return list;
}

}  // namespace kula::api
