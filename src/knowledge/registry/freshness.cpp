#include "registry/freshness.hpp"

#include <array>

namespace kula::registry {

std::string_view to_text(Freshness freshness) {
    constexpr std::array<std::string_view, 5> names{"fresh", "due", "again", "above", "team"};
    return names[static_cast<std::size_t>(freshness)];
}

bool is_due(base::Instant confirmed_at, ContactsAsking const& asking, base::Instant now) {
    if (asking.step == Freshness::fresh) return confirmed_at <= now - contacts_stay_fresh;
    return asking.step != Freshness::team && asking.last_at && *asking.last_at <= now - contacts_wait;
}

Freshness freshness_of(base::Instant confirmed_at, ContactsAsking const& asking, base::Instant now) {
    if (!is_due(confirmed_at, asking, now)) return asking.step;
    return static_cast<Freshness>(static_cast<int>(asking.step) + 1);
}

}  // namespace kula::registry
