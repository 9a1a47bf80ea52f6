#include "base/actor.hpp"

#include <algorithm>

namespace kula::base {

Clearance Clearance::of(std::vector<Uuid> organisations) {
    std::sort(organisations.begin(), organisations.end());
    organisations.erase(std::unique(organisations.begin(), organisations.end()), organisations.end());
    return Clearance(false, std::move(organisations));
}

bool Clearance::may_see(Uuid const& organisation) const {
    return everything_ || std::binary_search(organisations_.begin(), organisations_.end(), organisation);
}

}  // namespace kula::base
