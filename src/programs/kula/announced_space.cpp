#include "announced_space.hpp"

namespace kula {

registry::NationalSpace with_announced(registry::NationalSpace const& space, origins::AsTable const& table) {
    auto ranges = space.ranges();
    table.each([&](base::AddressRange const& range, std::uint32_t as_number) {
        if (space.contains_as(as_number)) ranges.push_back(range);
    });
    return registry::NationalSpace(std::move(ranges), space.as_numbers());
}

}  // namespace kula
