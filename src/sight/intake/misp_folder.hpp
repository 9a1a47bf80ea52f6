#pragma once
// A folder of events that MISP publishes: what a feed says of it, and what its manifest lists. Pure.
// Source: MISP, "Feeds": `manifest.json` holds an object of events by UUID; each stands in `<uuid>.json` beside it.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/checks.hpp"
#include "intake/feed.hpp"

namespace kula::intake {

/// Makes the address one of a folder: without the manifest's name, with `/` behind it.
void check_misp_folder(base::Checks& checks, FeedContent& content);

/// An event as its folder's manifest lists it, or as it was asked for.
struct MispEvent {
    std::string uuid;            ///< In the manifest's letters: letters, digits and `-` alone.
    std::int64_t stamp = 0;      ///< When it was changed, seconds since 1970; 0 where that is not told.
    std::uint64_t failures = 0;  ///< To get it, in a row.
};

/// Of what has no UUID there is none. `invalid` where it is no manifest, or lists more than 200,000 events.
base::Result<std::vector<MispEvent>> listed_events(std::string_view manifest);

/// After so many failures it is not asked for again before it changes.
constexpr std::uint64_t most_event_failures = 10;

/// Those that were not taken as they are listed, the one that was changed first in front, behind all others those that
/// failed before. `known` by UUID.
std::vector<MispEvent> events_to_take(std::vector<MispEvent> listed,
                                      std::map<std::string, MispEvent, std::less<>> const& known);

}  // namespace kula::intake
