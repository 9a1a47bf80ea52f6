#pragma once
/// @file
/// How many packets stand for one that was sampled, as a fraction: 305/306 may tell 5 packets of which 2 were taken.

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/address.hpp"

namespace kula::formats {

struct SamplingRate {
    std::uint64_t passed = 1;   ///< Packets that went by; at most 2^33.
    std::uint64_t sampled = 1;  ///< How many of them were looked at; at least 1.

    /// Numbers that no exporter means are held to 32 bits; 0 is told as 1.
    static SamplingRate one_in(std::uint64_t interval) { return {interval == 0 ? 1 : std::min(interval, greatest), 1}; }
    /// RFC 5477 §8.2.2, §8.2.3: `interval` packets are taken, then `space` are not. No rate where none is taken.
    static SamplingRate of(std::uint64_t interval, std::uint64_t space) {
        if (interval == 0) return {};
        auto const sampled = std::min(interval, greatest);
        return {sampled + std::min(space, greatest), sampled};
    }

    /// To the nearest whole; the greatest number where it would not fit.
    [[nodiscard]] std::uint64_t scale(std::uint64_t count) const {
        if (passed == sampled) return count;
        auto const scaled = (base::Uint128{count} * passed + sampled / 2) / sampled;
        constexpr auto most = std::numeric_limits<std::uint64_t>::max();
        return scaled > most ? most : static_cast<std::uint64_t>(scaled);
    }
    [[nodiscard]] std::uint32_t rounded() const {
        return static_cast<std::uint32_t>(std::min((passed + sampled / 2) / sampled, greatest));
    }
    friend bool operator==(SamplingRate const&, SamplingRate const&) = default;

private:
    static constexpr std::uint64_t greatest = std::numeric_limits<std::uint32_t>::max();
};

}  // namespace kula::formats
