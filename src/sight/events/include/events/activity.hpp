#pragma once
/// @file
/// What was seen of an organisation or an indicator, and which was seen most.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/actor.hpp"
#include "base/instant.hpp"
#include "events/filter.hpp"

namespace kula::events {

/// What sightings are added up by: organisations by id, indicators by canonical text.
enum class ActivitySubject : std::uint8_t { organisation, indicator };

/// Sums are of a window, `last` is of all that is kept.
struct Activity {
    std::uint64_t sightings = 0;
    std::uint64_t flows = 0;
    std::optional<base::Instant> last{};
};
/// Only what was ever seen is in it.
using Activities = std::unordered_map<std::string, Activity>;

enum class ActivityBy : std::uint8_t { sightings, flows, last };
enum class SortOrder : std::uint8_t { ascending, descending };

/// Where something stands in a ranking: by the number that is asked for, among equals by the last moment (milliseconds
/// of the epoch), then by the FNV-1a of its key. Means the same after a restart.
struct ActivityPlace {
    std::uint64_t number = 0;  ///< 0 for `ActivityBy::last`.
    std::int64_t last = 0;
    std::uint64_t key = 0;
    friend auto operator<=>(ActivityPlace const&, ActivityPlace const&) = default;
};
/// Where something that was seen stands.
ActivityPlace place_of(ActivityBy by, Activity const& activity, std::string_view key);

struct RankedActivity {
    std::string key;
    Activity activity;
    ActivityPlace place;
};

struct ActivityRanking {
    ActivitySubject of = ActivitySubject::indicator;
    ActivityBy by = ActivityBy::sightings;
    SortOrder order = SortOrder::descending;
    Window window{};
    base::Clearance clearance = base::Clearance::of_team(std::nullopt);
    std::string part{};                     ///< Only keys with this in them, letter case (ASCII) apart.
    std::optional<ActivityPlace> behind{};  ///< Goes on behind it; it need not be there any more.
    std::size_t limit = 50;
};

}  // namespace kula::events
