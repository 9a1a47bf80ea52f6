#pragma once
/// @file
/// Address blocks of many warning lists in one sorted index. Inside the room.

#include <cstdint>
#include <span>
#include <vector>

#include "base/address.hpp"

namespace kula::indicators {

/// Where an entry stands: the list's number and the entry's in that list.
struct EntryPlace {
    std::uint32_t list = 0;
    std::uint32_t entry = 0;
};

/// Which blocks hold all of a range, at most one a list (the widest). Filled first, then built, then asked by any
/// thread.
class WarningAddresses {
public:
    void add(base::AddressRange const& block, EntryPlace place) { blocks_.push_back({block, place}); }
    void build();

    template <class Visitor>
    void each_holding(base::AddressRange const& range, Visitor&& visitor) const {
        for (auto const& cover : covers_at(range.first)) {
            if (range.last <= cover.last) visitor(cover.place);
        }
    }
    [[nodiscard]] bool empty() const { return starts_.empty(); }

private:
    struct Block {
        base::AddressRange range;
        EntryPlace place;
    };
    struct Cover {
        base::Address last;
        EntryPlace place;
    };

    void drop_nested();
    [[nodiscard]] std::span<Cover const> covers_at(base::Address address) const;

    std::vector<Block> blocks_;
    // From each start to the next one the same covers hold.
    std::vector<base::Address> starts_;
    std::vector<std::uint32_t> first_cover_;
    std::vector<Cover> covers_;
};

}  // namespace kula::indicators
