#pragma once
/// @file
/// From observations to stored sightings: added up per hour, attributed, flushed every few seconds in one transaction.
///
/// **A restart or crash loses at most what was observed since the last flush: the window, 5 seconds unless
/// configured.** Memory is bounded. While the database does not answer, adding up goes on within the bound; beyond it
/// the oldest sightings are dropped and counted. When it answers again, what waits is flushed. All members are safe
/// from any thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "base/clock.hpp"
#include "events/sighting.hpp"
#include "events/store.hpp"
#include "registry/attribution.hpp"

namespace kula::events {

/// Country of an address, ISO 3166-1 alpha-2; nothing where it is not known. Empty where no table is installed.
using CountryOf = std::function<std::optional<std::string>(base::Address)>;
/// Whose addresses are whose, now. Never yields null.
using AttributionSource = std::function<std::shared_ptr<registry::Attribution const>()>;

struct AggregatorOptions {
    std::chrono::milliseconds window{5000};  ///< 100 ms to 1 h. From one flush to the next.
    std::size_t most_waiting = 200'000;  ///< Sightings held at most (some 100 MB); half of it makes a flush come early.
};

struct AggregatorState {
    std::size_t waiting = 0;              ///< Sightings not yet stored.
    std::uint64_t flushed = 0;            ///< Sightings stored since the start, growth included.
    std::uint64_t dropped_sightings = 0;  ///< Lost because the bound was reached while the database did not answer.
    std::uint64_t dropped_flows = 0;
    std::optional<base::Error> trouble{};  ///< Why the last flush failed; absent when it did not.
};

class SightingAggregator {
public:
    /// Starts the flushing thread. `store` and `clock` outlive the aggregator.
    SightingAggregator(SightingStore& store, AttributionSource attribution, CountryOf country, base::Clock const& clock,
                       AggregatorOptions options = {});
    /// Flushes once more.
    ~SightingAggregator();
    SightingAggregator(SightingAggregator const&) = delete;
    SightingAggregator& operator=(SightingAggregator const&) = delete;

    /// Never waits for the database.
    void add(std::span<Observation const> observations);
    /// Stores what waits, now. The fault of the database; then it still waits.
    base::Result<void> flush();
    [[nodiscard]] AggregatorState state() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::events
