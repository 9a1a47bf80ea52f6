#pragma once
/// @file
/// The closed loop in figures: how far findings came, how long it took, where, and week by week.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/instant.hpp"
#include "registry/organisation.hpp"

namespace kula::findings {

struct FiguresQuery {
    base::Instant from{}, to{};  ///< Findings that were opened or reopened last in it; `to` is not in it.
    std::optional<std::vector<registry::OrganisationId>> organisations{};
    base::Clearance clearance = base::Clearance::of({});
};

/// How many of the findings came so far; states may have been left out on the way.
struct Funnel {
    std::int64_t opened = 0, notified = 0, seen = 0, acknowledged = 0, claimed = 0, verified = 0;
    std::int64_t relapsed = 0;  ///< Evidence has reopened it at least once.
    std::int64_t overdue = 0;
};

/// Half of those that went it took less; absent where none did.
struct Medians {
    std::optional<std::chrono::microseconds> to_notified{};      ///< From being opened.
    std::optional<std::chrono::microseconds> to_seen{};          ///< From being notified.
    std::optional<std::chrono::microseconds> to_acknowledged{};  ///< From being notified.
    std::optional<std::chrono::microseconds> to_claimed{};       ///< From being notified.
    std::optional<std::chrono::microseconds> to_verified{};      ///< From being opened.
};

struct SectorFigures {
    std::optional<std::string> sector{};
    std::int64_t opened = 0, open = 0, overdue = 0, verified = 0;
};

struct WeekFigures {
    base::Instant from{};                                 ///< A Monday, 00:00 UTC.
    std::int64_t opened = 0, verified = 0, reopened = 0;  ///< Steps in it.
};

struct LoopFigures {
    Funnel funnel{};
    Medians medians{};
    std::vector<SectorFigures> sectors{};  ///< Most opened first.
    std::vector<WeekFigures> weeks{};      ///< Oldest first, without a gap.
};

}  // namespace kula::findings
