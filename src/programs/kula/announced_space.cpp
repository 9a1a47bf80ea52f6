#include "announced_space.hpp"

namespace kula {

registry::NationalSpace with_announced(registry::NationalSpace const& space,
                                       std::span<indicators::AsOrigin const> table) {
    auto ranges = space.ranges();
    for (auto const& origin : table) {
        if (space.contains_as(origin.as_number)) ranges.push_back(origin.range);
    }
    return registry::NationalSpace(std::move(ranges), space.as_numbers());
}

}  // namespace kula
