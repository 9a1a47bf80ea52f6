#pragma once
/// @file
/// Numbers of addresses of both families: the most specific stretch that holds an address names its number.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/address.hpp"
#include "origins/stretch_map.hpp"

namespace kula::origins {

/// Stretches before they are flattened, in any order.
struct AddressStretches {
    std::vector<StretchMap<std::uint32_t>::Item> v4{};
    std::vector<StretchMap<base::Uint128>::Item> v6{};

    void add(base::AddressRange const& range, std::uint8_t rank, std::uint32_t number) {
        if (range.first.is_v4()) {
            v4.push_back({range.first.number4(), range.last.number4(), rank, number});
        } else {
            v6.push_back({range.first.number(), range.last.number(), rank, number});
        }
    }
    [[nodiscard]] std::size_t size() const { return v4.size() + v6.size(); }
};

/// Flattened: immutable, safe from any thread.
class AddressMap {
public:
    AddressMap() = default;
    explicit AddressMap(AddressStretches stretches) : v4_(std::move(stretches.v4)), v6_(std::move(stretches.v6)) {}

    /// O(log n), a cache line or two.
    [[nodiscard]] std::optional<std::uint32_t> find(base::Address address) const {
        return address.is_v4() ? v4_.find(address.number4()) : v6_.find(address.number());
    }
    /// `one(range, number)` for each stretch; they are disjoint, and sorted in each family.
    template <class One>
    void each(One one) const {
        for (auto const& s : v4_.stretches())
            one(base::AddressRange{base::Address::v4(s.first), base::Address::v4(s.last)}, s.number);
        for (auto const& s : v6_.stretches())
            one(base::AddressRange{base::Address::v6(s.first), base::Address::v6(s.last)}, s.number);
    }

private:
    StretchMap<std::uint32_t> v4_;
    StretchMap<base::Uint128> v6_;
};

}  // namespace kula::origins
