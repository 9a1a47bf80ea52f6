#include "base/actor.hpp"

#include <algorithm>

namespace kula::base {

Clearance Clearance::of(std::vector<Uuid> organisations) {
    std::sort(organisations.begin(), organisations.end());
    organisations.erase(std::unique(organisations.begin(), organisations.end()), organisations.end());
    Clearance out(false, false);
    out.organisations_ = std::move(organisations);
    return out;
}

Clearance Clearance::everything(std::optional<Uuid> person) {
    Clearance out(true, true);
    out.person_ = person;
    return out;
}

Clearance Clearance::of_team(std::optional<Uuid> person) {
    Clearance out(true, false);
    out.person_ = person;
    return out;
}

bool Clearance::may_see(Uuid const& organisation) const {
    return everything_ || std::binary_search(organisations_.begin(), organisations_.end(), organisation);
}

}  // namespace kula::base
