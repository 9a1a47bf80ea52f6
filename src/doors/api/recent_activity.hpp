#pragma once
/// @file
/// What was seen of each organisation and indicator in the last 24 hours: to the end of the present hour, as the desk's
/// first picture.

#include <string>
#include <unordered_map>

#include "base/clock.hpp"
#include "events/store.hpp"
#include "json.hpp"

namespace kula::api {

using Activities = std::unordered_map<std::string, events::Activity>;

class RecentActivity {
public:
    /// Both outlive it.
    RecentActivity(events::SightingStore const& sightings, base::Clock const& clock)
        : sightings_(sightings), clock_(clock) {}

    /// By id.
    [[nodiscard]] base::Result<Activities> organisations(base::Clearance const& clearance) const {
        return sightings_.organisation_activity(day(clock_.now()), clearance);
    }
    /// By canonical text.
    [[nodiscard]] base::Result<Activities> indicators(base::Clearance const& clearance) const {
        return sightings_.indicator_activity(day(clock_.now()), clearance);
    }

    [[nodiscard]] base::Instant now() const { return clock_.now(); }

    /// The day that ends with the present hour.
    static events::Window day(base::Instant now) {
        auto const end = std::chrono::floor<std::chrono::hours>(now) + std::chrono::hours(1);
        return {end - std::chrono::hours(24), end};
    }

private:
    events::SightingStore const& sightings_;
    base::Clock const& clock_;
};

/// Nothing seen where the key is not there.
inline events::Activity of(Activities const& activities, std::string const& key) {
    auto const found = activities.find(key);
    return found == activities.end() ? events::Activity{} : found->second;
}

/// `sightings_24h`, `last_sighted` and, where it is told, `flows_24h`.
enum class WithFlows { no, yes };
inline void append(Json& object, events::Activity const& activity, WithFlows with_flows) {
    object["sightings_24h"] = count(activity.sightings);
    if (with_flows == WithFlows::yes) object["flows_24h"] = count(activity.flows);
    object["last_sighted"] = time_or_null(activity.last);
}

}  // namespace kula::api
