#pragma once
// Figures that everybody may see, made so that no single organisation can be recognised in them. The rules and why they
// are what they are: docs/decisions/0012-portal.md.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "events/store.hpp"
#include "registry/registry.hpp"

namespace kula::portal {

constexpr std::size_t least_organisations = 5;  ///< Behind every number that is shown.

struct Share {
    std::string name;      ///< Id of the sector or name of the direction; empty for all other sectors together.
    unsigned percent = 0;  ///< Of what is shown beside it; all of them make 100, roundings apart.
};

struct PublicFigures {
    events::Window window{};          ///< Thirty whole days, the last of them yesterday.
    std::uint64_t sightings = 0;      ///< Two significant digits. 0 where nothing may be shown.
    std::vector<Share> sectors{};     ///< Greatest first, the others together last.
    std::vector<Share> directions{};  ///< In the order of `events::Direction`, those without any left out.
};

/// What each organisation of a sector contributes; the sector of those without one is empty.
using SightingsBySector = std::map<std::string, std::vector<std::uint64_t>>;

/// Whether these contributions may be told as one sum: enough organisations, none of them more than half of it.
bool may_be_told(std::vector<std::uint64_t> const& contributions);
/// To two significant digits: 1,234 is 1,200.
std::uint64_t rounded(std::uint64_t number);
/// Sectors that may not be told are told together, where that may be and there are several; otherwise not at all.
std::vector<Share> sector_shares(SightingsBySector const& sightings);
/// The thirty days before the day of `now`, in UTC.
events::Window public_window(base::Instant now);

base::Result<PublicFigures> public_figures(registry::Registry const& registry, events::SightingStore const& sightings,
                                           base::Instant now);

}  // namespace kula::portal
