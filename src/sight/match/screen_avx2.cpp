// Each function here is compiled for AVX2 by its attribute, not by a flag for the file: inline functions from headers
// would else be compiled for AVX2 too, and the linker could choose those copies for processors that lack it.

#include "screen.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#define KULA_AVX2 __attribute__((target("avx2,popcnt")))

namespace kula::match {
namespace {

/// The two bits of eight addresses' /24s, in the lowest bits of each lane (the bits above are other cells).
KULA_AVX2 inline __m256i cells_of(Screen const& screen, __m256i addresses) {
    auto const words =
        _mm256_i32gather_epi32(reinterpret_cast<int const*>(screen.cells.data()), _mm256_srli_epi32(addresses, 12), 4);
    auto const shifts = _mm256_and_si256(_mm256_srli_epi32(addresses, 7), _mm256_set1_epi32(30));
    return _mm256_srlv_epi32(words, shifts);
}

/// Bit `bit` of each lane, as eight bits.
template <int bit>
KULA_AVX2 inline unsigned lanes(__m256i cells) {
    return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(cells, 31 - bit))));
}

void keep(Screen const& screen, std::uint32_t address, std::size_t end, Survivors& survivors) {
    survivors.ends[survivors.count] = static_cast<std::uint32_t>(end);
    survivors.count += static_cast<std::size_t>(screen.may_be_listed(address));
}

KULA_AVX2 inline unsigned count_of(unsigned lanes) { return static_cast<unsigned>(__builtin_popcount(lanes)); }

}  // namespace

KULA_AVX2 void screen_avx2(Screen const& screen, std::uint32_t const* sources, std::uint32_t const* destinations,
                           std::size_t count, Survivors& survivors) {
    survivors.count = 0;
    std::array<unsigned, 4> flows{};
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        auto const source = cells_of(screen, _mm256_loadu_si256(reinterpret_cast<__m256i const*>(sources + i)));
        auto const destination =
            cells_of(screen, _mm256_loadu_si256(reinterpret_cast<__m256i const*>(destinations + i)));
        unsigned const source_national = lanes<0>(source);
        unsigned const destination_national = lanes<0>(destination);
        flows[3] += count_of(source_national & destination_national);
        flows[2] += count_of(source_national & ~destination_national);
        flows[1] += count_of(~source_national & destination_national);
        unsigned const closer_source = lanes<1>(source);
        unsigned const closer_destination = lanes<1>(destination);
        for (unsigned left = closer_source | closer_destination; left != 0; left &= left - 1) {
            auto const lane = static_cast<std::size_t>(__builtin_ctz(left));
            if (closer_source >> lane & 1) keep(screen, sources[i + lane], 2 * (i + lane), survivors);
            if (closer_destination >> lane & 1) keep(screen, destinations[i + lane], 2 * (i + lane) + 1, survivors);
        }
    }
    for (; i < count; ++i) {
        auto const source = screen.cell(sources[i]);
        auto const destination = screen.cell(destinations[i]);
        ++flows[(source & 1) << 1 | (destination & 1)];
        if ((source & Screen::look_closer) != 0) keep(screen, sources[i], 2 * i, survivors);
        if ((destination & Screen::look_closer) != 0) keep(screen, destinations[i], 2 * i + 1, survivors);
    }
    flows[0] = static_cast<unsigned>(count) - flows[1] - flows[2] - flows[3];
    survivors.flows = flows;
}

}  // namespace kula::match
#endif
