#pragma once
/// @file
/// The screen in front of the exact look-up: small tables that tell, for nearly every address, that nothing lists it.
///
/// One 4 MB table holds two bits for every /24 of IPv4: whether it is national, and whether anything in it is listed.
/// What passes goes to a second sieve: a bitmap of the /24s that prefixes and ranges touch, and a register-blocked
/// Bloom filter over the hosts (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007: all
/// bits of a key in one 64-bit word). False alarms cost time, never truth: survivors are looked up exactly.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/huge_array.hpp"
#include "indicators/snapshot.hpp"

namespace kula::match {

/// Flows that a kernel takes at once.
inline constexpr std::size_t batch_size = 1024;

struct Screen {
    static constexpr std::uint32_t national = 1;
    static constexpr std::uint32_t look_closer = 2;

    base::HugeArray<std::uint32_t> cells;  ///< Two bits a /24, sixteen to a word.
    base::HugeArray<std::uint64_t> wide;   ///< One bit a /24: a prefix or range lies in it.
    base::HugeArray<std::uint64_t> hosts;  ///< Bloom filter.
    unsigned hosts_shift = 63;             ///< 64 less the binary logarithm of its words.

    Screen(indicators::Snapshot const& snapshot, std::span<base::AddressRange const> national_space);

    /// The two bits of the address's /24.
    [[nodiscard]] std::uint32_t cell(std::uint32_t address) const {
        return cells[address >> 12] >> (address >> 7 & 30) & 3;
    }
    /// The second sieve.
    [[nodiscard]] bool may_be_host(std::uint32_t address) const {
        auto const hash = hash_of(address);
        auto const wanted = bits_of(hash);
        return (hosts[hash >> hosts_shift] & wanted) == wanted;
    }
    [[nodiscard]] bool may_be_covered(std::uint32_t address) const {
        return (wide[address >> 14] >> (address >> 8 & 63) & 1) != 0;
    }
    [[nodiscard]] bool may_be_listed(std::uint32_t address) const {
        return may_be_host(address) || may_be_covered(address);
    }

    static constexpr std::uint64_t multiplier = 0xD6E8FEB86659FD93ull;
    static std::uint64_t hash_of(std::uint32_t address) { return address * multiplier; }
    /// Four bits of the word, from the product's middle: the upper bits choose the word.
    static std::uint64_t bits_of(std::uint64_t hash) {
        return 1ull << (hash >> 20 & 63) | 1ull << (hash >> 26 & 63) | 1ull << (hash >> 32 & 63) |
               1ull << (hash >> 38 & 63);
    }

private:
    void mark_cells(std::uint32_t first_cell, std::uint32_t last_cell, std::uint32_t bits);
    void mark_national(base::AddressRange const& range);
};

/// What a kernel found: flow index × 2, + 1 for the destination, rising.
struct Survivors {
    static constexpr std::size_t padding = 32;  ///< Kernels may write behind the end, a vector at a time.
    std::array<std::uint32_t, 2 * batch_size + padding> ends;
    std::size_t count = 0;
    /// Flows by whether the /24s of source (bit 1) and destination (bit 0) are national.
    std::array<std::uint32_t, 4> flows{};
};

/// Screens `count` ≤ `batch_size` flows.
using Kernel = void (*)(Screen const& screen, std::uint32_t const* sources, std::uint32_t const* destinations,
                        std::size_t count, Survivors& survivors);

void screen_scalar(Screen const&, std::uint32_t const*, std::uint32_t const*, std::size_t, Survivors&);
void screen_avx2(Screen const&, std::uint32_t const*, std::uint32_t const*, std::size_t, Survivors&);
void screen_avx512(Screen const&, std::uint32_t const*, std::uint32_t const*, std::size_t, Survivors&);

struct NamedKernel {
    std::string_view name;
    Kernel run;
};
/// Those that this processor can run, the best first.
std::vector<NamedKernel> kernels();

}  // namespace kula::match
