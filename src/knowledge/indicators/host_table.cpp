#include "host_table.hpp"

#include <bit>

namespace kula::indicators {

HostTable::HostTable(std::span<std::uint32_t const> hosts) {
    // Ten of sixteen slots on average: about one bucket in thirty overflows, and the table is 6 to 13 bytes a host.
    std::size_t const buckets = std::bit_ceil(hosts.size() / 10 + 1);
    bucket_mask_ = buckets - 1;
    keys_ = base::HugeArray<std::uint32_t>(buckets * slots);
    numbers_ = base::HugeArray<Number>(buckets * slots);
    for (std::size_t place = 0; place < hosts.size(); ++place) {
        auto const host = hosts[place];
        if (host == 0) {
            zero_ = static_cast<Number>(place);
            continue;
        }
        std::size_t bucket = bucket_of(host);
        while (keys_[bucket * slots + slots - 1] != 0) bucket = (bucket + 1) & bucket_mask_;
        std::size_t slot = bucket * slots;
        while (keys_[slot] != 0) ++slot;
        keys_[slot] = host;
        numbers_[slot] = static_cast<Number>(place);
    }
}

}  // namespace kula::indicators
