#pragma once
/// @file
/// Which sightings are meant: the same for lists, pictures and counts, so that their numbers agree.

#include <optional>
#include <string>
#include <variant>

#include "base/actor.hpp"
#include "base/address.hpp"
#include "events/sighting.hpp"

namespace kula::events {

/// "Those that have none", where a value could stand.
struct None {
    friend bool operator==(None, None) { return true; }
};
template <class T>
using OrNone = std::variant<None, T>;

/// Hours that begin in it: `from` is rounded down to the full hour, `to` is not in it.
struct Window {
    base::Instant from = base::Instant::min();
    base::Instant to = base::Instant::max();
};

/// Everything that is set must hold.
struct SightingFilter {
    Window window{};
    std::optional<Direction> direction{};
    std::optional<OrNone<registry::OrganisationId>> organisation{};
    std::optional<OrNone<std::string>> sector{};
    std::optional<std::string> indicator{};  ///< Its canonical text.
    std::optional<base::Prefix> address{};   ///< Either end lies in it.
    std::optional<std::string> national_address{};
    std::optional<std::string> foreign_address{};
    std::optional<OrNone<std::string>> country{};
    std::optional<std::uint16_t> port{};
    std::optional<std::uint8_t> protocol{};
    /// Unless told otherwise all that the team sees; of TLP:RED nothing. An outsider's: at these organisations, up to
    /// TLP:AMBER.
    base::Clearance clearance = base::Clearance::of_team(std::nullopt);
};

}  // namespace kula::events
