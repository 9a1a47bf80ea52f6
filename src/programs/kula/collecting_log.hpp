#pragma once
/// @file
/// Writes down each minute what every exporter told, so that it is known which hours were looked at.

#include <map>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "collect/collector.hpp"
#include "events/aggregator.hpp"
#include "events/store.hpp"

namespace kula {

/// What came of an exporter since the last look, from counts that rise. Pure; one thread.
class ShareCounter {
public:
    /// Of all its protocols and source ids together, in the hour of `now`. One that is new counts from nothing; counts
    /// that fall are of one that was forgotten and came back, and count from nothing too.
    std::vector<events::CollectedShare> since_last(std::vector<formats::ExporterState> const& exporters,
                                                   base::Instant now);

private:
    struct Counts {
        std::uint64_t came = 0, lost = 0;
    };
    std::map<std::string, Counts> before_{};
};

class CollectingLog {
public:
    /// All outlive it.
    CollectingLog(collect::Collector const& collector, events::SightingAggregator const& aggregator,
                  events::SightingStore& sightings, base::Clock const& clock);
    /// Writes once more.
    ~CollectingLog();
    CollectingLog(CollectingLog const&) = delete;
    CollectingLog& operator=(CollectingLog const&) = delete;

private:
    void run(std::stop_token const& stop);
    void note();

    collect::Collector const& collector_;
    events::SightingAggregator const& aggregator_;
    events::SightingStore& sightings_;
    base::Clock const& clock_;
    ShareCounter counter_{};
    std::uint64_t dropped_ = 0;  ///< Sightings, up to the last look.
    std::jthread thread_;
};

}  // namespace kula
