#pragma once
/// @file
/// How long contacts count as right once somebody said so, and whose turn it is then. Pure.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "registry/organisation.hpp"

namespace kula::registry {

/// From being confirmed, or changed, until the organisation is asked …
constexpr std::chrono::days contacts_stay_fresh{90};
/// … and from each asking until the next step.
constexpr std::chrono::days contacts_wait{30};

enum class Freshness : std::uint8_t {
    fresh,
    due,    ///< The organisation is to be asked.
    again,  ///< It is to be asked once more.
    team,   ///< It was asked twice: the team is to find out by itself.
};
std::string_view to_text(Freshness freshness);

/// Of contacts that were last confirmed then.
Freshness freshness_of(base::Instant confirmed_at, base::Instant now);
/// Contacts that were confirmed before this moment are at least so stale; for `fresh` there is none.
std::optional<base::Instant> stale_before(Freshness freshness, base::Instant now);

/// Contacts that nobody has confirmed for too long.
struct StaleContacts {
    OrganisationId organisation;
    std::string name;
    base::Instant confirmed_at{};
    Freshness freshness = Freshness::due;
};

}  // namespace kula::registry
