#pragma once
/// @file
/// The country at a glance: sums, series and top lists of a window.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "events/filter.hpp"

namespace kula::events {

struct Totals {
    std::uint64_t sightings = 0;
    std::uint64_t flows = 0;
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    std::uint64_t organisations = 0;  ///< Different ones; sightings without one apart.
    std::uint64_t indicators = 0;     ///< Different ones.
    friend bool operator==(Totals const&, Totals const&) = default;
};

/// Flows by direction; the index is the `Direction`.
using FlowsByDirection = std::array<std::uint64_t, direction_count>;

struct SeriesPoint {
    base::Instant time;  ///< Start of the step.
    FlowsByDirection flows{};
    bool is_gap = false;  ///< Nothing was collected in this step (not: nothing was found).
};

struct TopEntry {
    std::string key;  ///< What to filter by; `none` for what has no such thing.
    std::uint64_t flows = 0;
    std::uint64_t bytes = 0;
    std::uint64_t sightings = 0;
};
using TopList = std::vector<TopEntry>;  ///< Most flows first, then by key.

struct Picture {
    Window window;  ///< Rounded to full hours.
    Totals totals;
    std::optional<Totals>
        previous{};              ///< The window of the same length before; absent when it reaches before what is kept.
    std::chrono::hours step{1};  ///< So that the series has at most 200 points.
    std::vector<SeriesPoint> series{};
    TopList indicators{};     ///< By canonical text.
    TopList organisations{};  ///< By id.
    TopList sectors{};        ///< By id.
    TopList ports{};          ///< `protocol/port`.
    TopList national_addresses{};
    TopList foreign_addresses{};
    TopList countries{};  ///< ISO 3166-1 alpha-2.
};

}  // namespace kula::events
