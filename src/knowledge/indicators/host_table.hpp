#pragma once
/// @file
/// IPv4 hosts → numbers: a hash of 64-byte buckets with sixteen keys each, so that nearly every look-up reads one cache
/// line, and the number only on a hit. Built once, then immutable.

#include <cstdint>
#include <optional>
#include <span>

#include "base/huge_array.hpp"
#include "indicators/snapshot.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kula::indicators {

class HostTable {
public:
    HostTable() : HostTable(std::span<std::uint32_t const>{}) {}
    /// `hosts` without repetition; the number of a host is its place.
    explicit HostTable(std::span<std::uint32_t const> hosts);

    [[nodiscard]] std::optional<Number> find(std::uint32_t host) const {
        if (host == 0) return zero_;
        for (std::size_t bucket = bucket_of(host);; bucket = (bucket + 1) & bucket_mask_) {
            std::uint32_t const* keys = keys_.data() + bucket * slots;
            if (auto const found = lanes_equal(keys, host)) {
                return numbers_[bucket * slots + static_cast<std::size_t>(__builtin_ctz(found))];
            }
            if (keys[slots - 1] == 0) return std::nullopt;  // slots fill from the front: this bucket never overflowed
        }
    }
    void prefetch(std::uint32_t host) const {
        __builtin_prefetch(keys_.data() + bucket_of(host) * slots);
        __builtin_prefetch(numbers_.data() + bucket_of(host) * slots);
    }
    [[nodiscard]] std::size_t bytes() const { return keys_.bytes() + numbers_.bytes(); }

private:
    static constexpr std::size_t slots = 16;

    [[nodiscard]] std::size_t bucket_of(std::uint32_t host) const {
        return static_cast<std::size_t>(host * 0x9E3779B97F4A7C15ull >> 32) & bucket_mask_;
    }

    /// Bit i is set where keys[i] equals the host.
    static unsigned lanes_equal(std::uint32_t const* keys, std::uint32_t host) {
#if defined(__SSE2__)
        auto const wanted = _mm_set1_epi32(static_cast<int>(host));
        unsigned mask = 0;
        for (unsigned quarter = 0; quarter < 4; ++quarter) {
            auto const four = _mm_load_si128(reinterpret_cast<__m128i const*>(keys + quarter * 4));
            auto const equal = _mm_movemask_ps(_mm_castsi128_ps(_mm_cmpeq_epi32(four, wanted)));
            mask |= static_cast<unsigned>(equal) << (quarter * 4);
        }
        return mask;
#else
        unsigned mask = 0;
        for (unsigned slot = 0; slot < slots; ++slot) mask |= static_cast<unsigned>(keys[slot] == host) << slot;
        return mask;
#endif
    }

    std::size_t bucket_mask_ = 0;
    base::HugeArray<std::uint32_t> keys_;  ///< 0 is an empty slot; the host 0.0.0.0 stands apart.
    base::HugeArray<Number> numbers_;
    std::optional<Number> zero_;
};

}  // namespace kula::indicators
