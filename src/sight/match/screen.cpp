#include "screen.hpp"

#include <algorithm>
#include <bit>

namespace kula::match {
namespace {

constexpr std::size_t cell_words = (std::size_t{1} << 24) / 16;
constexpr std::size_t wide_words = (std::size_t{1} << 24) / 64;
constexpr std::size_t bits_a_host = 12;

std::size_t host_words(std::size_t hosts) { return std::max<std::size_t>(2, std::bit_ceil(hosts * bits_a_host / 64)); }

}  // namespace

Screen::Screen(indicators::Snapshot const& snapshot, std::span<base::AddressRange const> national_space)
    : cells(cell_words),
      wide(wide_words),
      hosts(host_words(snapshot.hosts4().size())),
      hosts_shift(64 - static_cast<unsigned>(std::countr_zero(hosts.size()))) {
    for (auto const& range : national_space) {
        if (range.first.is_v4()) mark_national(range);
    }
    for (auto const host : snapshot.hosts4()) {
        cells[host >> 12] |= look_closer << (host >> 7 & 30);
        auto const hash = hash_of(host);
        hosts[hash >> hosts_shift] |= bits_of(hash);
    }
    for (auto const& stretch : snapshot.stretches(base::Family::v4)) {
        auto const first = stretch.first.number4() >> 8;
        auto const last = stretch.last.number4() >> 8;
        mark_cells(first, last, look_closer);
        for (auto cell = first; cell <= last; ++cell) wide[cell >> 6] |= 1ull << (cell & 63);
    }
}

void Screen::mark_cells(std::uint32_t first_cell, std::uint32_t last_cell, std::uint32_t bits) {
    for (auto cell = first_cell; cell <= last_cell; ++cell) cells[cell >> 4] |= bits << ((cell & 15) * 2);
}

/// A /24 that is national only in part is told as not national: the matcher keeps a list of those and asks exactly.
void Screen::mark_national(base::AddressRange const& range) {
    auto const first = (range.first.number4() >> 8) + ((range.first.number4() & 255) != 0 ? 1 : 0);
    auto const end = (range.last.number4() >> 8) + ((range.last.number4() & 255) == 255 ? 1 : 0);
    if (first < end) mark_cells(first, end - 1, national);
}

void screen_scalar(Screen const& screen, std::uint32_t const* sources, std::uint32_t const* destinations,
                   std::size_t count, Survivors& survivors) {
    auto const* const cells = screen.cells.data();
    std::uint32_t* const ends = survivors.ends.data();
    std::size_t candidates = 0;
    std::uint64_t flows = 0;  // four counters of sixteen bits: a batch is smaller than that
    for (std::size_t i = 0; i < count; ++i) {
        auto const source = cells[sources[i] >> 12] >> (sources[i] >> 7 & 30);
        auto const destination = cells[destinations[i] >> 12] >> (destinations[i] >> 7 & 30);
        flows += 1ull << ((source & 1) << 5 | (destination & 1) << 4);
        ends[candidates] = static_cast<std::uint32_t>(2 * i);
        candidates += std::size_t{source >> 1 & 1};
        ends[candidates] = static_cast<std::uint32_t>(2 * i + 1);
        candidates += std::size_t{destination >> 1 & 1};
    }
    for (unsigned kind = 0; kind < 4; ++kind) survivors.flows[kind] = flows >> (16 * kind) & 0xffff;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < candidates; ++i) {
        auto const end = ends[i];
        auto const address = (end & 1) != 0 ? destinations[end >> 1] : sources[end >> 1];
        ends[kept] = end;
        kept += static_cast<std::size_t>(screen.may_be_listed(address));
    }
    survivors.count = kept;
}

std::vector<NamedKernel> kernels() {
    std::vector<NamedKernel> out;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
        out.push_back({"avx512", screen_avx512});
    }
    if (__builtin_cpu_supports("avx2")) out.push_back({"avx2", screen_avx2});
#endif
    out.push_back({"scalar", screen_scalar});
    return out;
}

}  // namespace kula::match
