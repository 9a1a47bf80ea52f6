#include "registry/freshness.hpp"

#include <array>

namespace kula::registry {
namespace {

/// Since the confirmation, by step.
std::chrono::days age_of(Freshness freshness) {
    return contacts_stay_fresh + (static_cast<int>(freshness) - static_cast<int>(Freshness::due)) * contacts_wait;
}

}  // namespace

std::string_view to_text(Freshness freshness) {
    constexpr std::array<std::string_view, 4> names{"fresh", "due", "again", "team"};
    return names[static_cast<std::size_t>(freshness)];
}

std::optional<base::Instant> stale_before(Freshness freshness, base::Instant now) {
    if (freshness == Freshness::fresh) return std::nullopt;
    return now - age_of(freshness);
}

Freshness freshness_of(base::Instant confirmed_at, base::Instant now) {
    for (auto const step : {Freshness::team, Freshness::again, Freshness::due}) {
        if (confirmed_at <= now - age_of(step)) return step;
    }
    return Freshness::fresh;
}

}  // namespace kula::registry
