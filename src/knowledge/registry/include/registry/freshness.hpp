#pragma once
/// @file
/// How long contacts count as right once somebody said so, and who is asked then, step by step. Pure.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace kula::registry {

/// From being confirmed, or changed, until the organisation is asked …
constexpr std::chrono::days contacts_stay_fresh{90};
/// … and from each asking until the next step.
constexpr std::chrono::days contacts_wait{30};

/// Organisations that somebody is asked about within a day, so that a registry which was brought in on one day is not
/// asked on one day.
constexpr std::size_t most_asked_a_day = 50;

/// Steps, in their order; stored by their numbers.
enum class Freshness : std::uint8_t {
    fresh,
    due,    ///< The organisation is asked.
    again,  ///< It is asked once more.
    above,  ///< It did not answer: the organisation above it is told.
    team,   ///< Nobody answered: the team is told, and finds out by itself.
};
std::string_view to_text(Freshness freshness);

/// How far asking has come since contacts were confirmed.
struct ContactsAsking {
    Freshness step = Freshness::fresh;       ///< The last one that was taken.
    std::optional<base::Instant> last_at{};  ///< When somebody was written to; absent where nobody could be.
    friend bool operator==(ContactsAsking const&, ContactsAsking const&) = default;
};

/// Whether the next step is to be taken; behind the last one there is none.
bool is_due(base::Instant confirmed_at, ContactsAsking const& asking, base::Instant now);
/// Whose turn it is: the step that was taken last, or is to be taken now.
Freshness freshness_of(base::Instant confirmed_at, ContactsAsking const& asking, base::Instant now);

}  // namespace kula::registry
