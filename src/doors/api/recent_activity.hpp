#pragma once
/// @file
/// What was seen of each organisation and indicator in the last 24 hours: to the end of the present hour, as the desk's
/// first picture.

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "events/store.hpp"
#include "json.hpp"

namespace kula::api {

using events::Activities;

class RecentActivity {
public:
    /// Both outlive it.
    RecentActivity(events::SightingStore const& sightings, base::Clock const& clock)
        : sightings_(sightings), clock_(clock) {}

    /// Of these ids of organisations.
    [[nodiscard]] base::Result<Activities> organisations(std::vector<std::string> const& ids,
                                                         base::Clearance const& clearance) const {
        return of_these(events::ActivitySubject::organisation, ids, clearance);
    }
    /// Of these canonical texts.
    [[nodiscard]] base::Result<Activities> indicators(std::vector<std::string> const& values,
                                                      base::Clearance const& clearance) const {
        return of_these(events::ActivitySubject::indicator, values, clearance);
    }
    [[nodiscard]] base::Result<Activities> of_these(events::ActivitySubject subject,
                                                    std::vector<std::string> const& keys,
                                                    base::Clearance const& clearance) const {
        return sightings_.activity(subject, keys, day(clock_.now()), clearance);
    }
    /// In this order; its window is this one's.
    [[nodiscard]] base::Result<std::vector<events::RankedActivity>> ranked(events::ActivityRanking ranking) const {
        ranking.window = day(clock_.now());
        return sightings_.ranked(ranking);
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
