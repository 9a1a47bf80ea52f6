// Each function here is compiled for AVX-512 by its attribute, not by a flag for the file; screen_avx2.cpp says why.

#include <algorithm>

#include "screen.hpp"

#if defined(__x86_64__)
// g++ 12 takes its own "undefined" vectors in this header for uninitialised ones (GCC bug 105593).
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
// Without optimisation the gathers are macros, and their conversions are ours.
#pragma GCC diagnostic ignored "-Wsign-conversion"
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <immintrin.h>

#define KULA_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,popcnt")))

namespace kula::match {
namespace {

KULA_AVX512 inline __m512i cells_of(Screen const& screen, __m512i addresses) {
    auto const words = _mm512_i32gather_epi32(_mm512_srli_epi32(addresses, 12), screen.cells.data(), 4);
    auto const shifts = _mm512_and_si512(_mm512_srli_epi32(addresses, 7), _mm512_set1_epi32(30));
    return _mm512_srlv_epi32(words, shifts);
}

KULA_AVX512 inline __mmask16 with_bit(__m512i cells, std::uint32_t bit) {
    return _mm512_test_epi32_mask(cells, _mm512_set1_epi32(static_cast<int>(bit)));
}

KULA_AVX512 inline unsigned ones_in(unsigned mask) { return static_cast<unsigned>(__builtin_popcount(mask)); }

/// One side's candidates of the first sieve, packed: addresses, and which end of which flow each is.
struct Candidates {
    alignas(64) std::array<std::uint32_t, batch_size + Survivors::padding> addresses;
    alignas(64) std::array<std::uint32_t, batch_size + Survivors::padding> ends;
    std::size_t count = 0;

    // Compressing in a register and storing the whole of it is many times faster on some processors than compressing
    // to memory.
    KULA_AVX512 void append(__m512i address, __m512i end, __mmask16 which) {
        _mm512_storeu_si512(addresses.data() + count, _mm512_maskz_compress_epi32(which, address));
        _mm512_storeu_si512(ends.data() + count, _mm512_maskz_compress_epi32(which, end));
        count += ones_in(which);
    }
};

/// In each lane, the bit that the six bits from `shift` on name.
template <unsigned shift>
KULA_AVX512 inline __m512i bit_of(__m512i lanes) {
    auto const place = _mm512_and_si512(_mm512_srli_epi64(lanes, shift), _mm512_set1_epi64(63));
    return _mm512_sllv_epi64(_mm512_set1_epi64(1), place);
}

/// Which of eight addresses pass the second sieve.
KULA_AVX512 inline __mmask8 may_be_listed(Screen const& screen, __m256i addresses) {
    auto const wide_addresses = _mm512_cvtepu32_epi64(addresses);
    auto const hash = _mm512_mullo_epi64(wide_addresses, _mm512_set1_epi64(static_cast<long long>(Screen::multiplier)));
    auto const word = _mm512_i64gather_epi64(
        _mm512_srl_epi64(hash, _mm_cvtsi32_si128(static_cast<int>(screen.hosts_shift))), screen.hosts.data(), 8);
    auto const wanted = _mm512_or_si512(_mm512_or_si512(bit_of<20>(hash), bit_of<26>(hash)),
                                        _mm512_or_si512(bit_of<32>(hash), bit_of<38>(hash)));
    auto const host = _mm512_cmpeq_epi64_mask(_mm512_and_si512(word, wanted), wanted);
    auto const cells = _mm512_i64gather_epi64(_mm512_srli_epi64(wide_addresses, 14), screen.wide.data(), 8);
    return host | _mm512_test_epi64_mask(cells, bit_of<8>(wide_addresses));
}

/// Leaves those that pass the second sieve.
KULA_AVX512 void sieve(Screen const& screen, Candidates& candidates) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < candidates.count; i += 8) {
        auto const left = candidates.count - i;
        auto const present = static_cast<__mmask8>(left >= 8 ? 0xff : (1u << left) - 1);
        auto const addresses = _mm256_maskz_loadu_epi32(present, candidates.addresses.data() + i);
        auto const ends = _mm256_maskz_loadu_epi32(present, candidates.ends.data() + i);
        auto const passed = static_cast<__mmask8>(may_be_listed(screen, addresses) & present);
        // Never ahead of what was read: at most as many are kept.
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(candidates.ends.data() + kept),
                            _mm256_maskz_compress_epi32(passed, ends));
        kept += ones_in(passed);
    }
    candidates.count = kept;
}

}  // namespace

KULA_AVX512 void screen_avx512(Screen const& screen, std::uint32_t const* sources, std::uint32_t const* destinations,
                               std::size_t count, Survivors& survivors) {
    Candidates source_candidates;
    Candidates destination_candidates;
    std::array<unsigned, 4> flows{};
    auto const lane = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0);
    for (std::size_t i = 0; i < count; i += 16) {
        auto const present = static_cast<__mmask16>(count - i >= 16 ? 0xffff : (1u << (count - i)) - 1);
        auto const source_address = _mm512_maskz_loadu_epi32(present, sources + i);
        auto const destination_address = _mm512_maskz_loadu_epi32(present, destinations + i);
        auto const source = cells_of(screen, source_address);
        auto const destination = cells_of(screen, destination_address);
        unsigned const source_national = with_bit(source, Screen::national) & present;
        unsigned const destination_national = with_bit(destination, Screen::national) & present;
        flows[3] += ones_in(source_national & destination_national);
        flows[2] += ones_in(source_national & ~destination_national);
        flows[1] += ones_in(~source_national & destination_national);
        auto const end = _mm512_add_epi32(lane, _mm512_set1_epi32(static_cast<int>(2 * i)));
        source_candidates.append(source_address, end, with_bit(source, Screen::look_closer) & present);
        destination_candidates.append(destination_address, _mm512_add_epi32(end, _mm512_set1_epi32(1)),
                                      with_bit(destination, Screen::look_closer) & present);
    }
    flows[0] = static_cast<unsigned>(count) - flows[1] - flows[2] - flows[3];
    survivors.flows = flows;
    sieve(screen, source_candidates);
    sieve(screen, destination_candidates);
    auto const& sources_kept = source_candidates.ends;
    auto const& destinations_kept = destination_candidates.ends;
    auto const* const end =
        std::merge(sources_kept.data(), sources_kept.data() + source_candidates.count, destinations_kept.data(),
                   destinations_kept.data() + destination_candidates.count, survivors.ends.data());
    survivors.count = static_cast<std::size_t>(end - survivors.ends.data());
}

}  // namespace kula::match
#pragma GCC diagnostic pop
#endif
