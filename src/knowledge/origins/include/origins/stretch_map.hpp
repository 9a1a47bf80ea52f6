#pragma once
/// @file
/// Overlapping stretches of addresses, flattened: disjoint, sorted, each naming the most specific of those that cover
/// it.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <queue>
#include <span>
#include <vector>

#include "base/address.hpp"
#include "base/huge_array.hpp"

namespace kula::origins {

/// `Word` is `std::uint32_t` or `base::Uint128`.
template <class Word>
class StretchMap {
public:
    struct Item {
        Word first;
        Word last;
        std::uint8_t rank;  ///< Prefixes 0, ranges 1, AS numbers 2: AS numbers lose to all, ranges to equal prefixes.
        std::uint32_t number;
    };
    struct Stretch {
        Word first;
        Word last;
        std::uint32_t number;
    };

    StretchMap() : StretchMap(std::vector<Item>{}) {}
    explicit StretchMap(std::vector<Item> items) {
        auto const stretches = flatten(std::move(items));
        count_ = stretches.size();
        stretches_ = base::HugeArray<Stretch>(count_);
        std::copy(stretches.begin(), stretches.end(), stretches_.data());
        // About one stretch to a start, so that a search stays within a cache line or two.
        auto const bits = std::clamp(static_cast<int>(std::bit_width(count_)), 1, most_start_bits);
        shift_ = static_cast<int>(sizeof(Word) * 8) - bits;
        starts_ = base::HugeArray<std::uint32_t>((std::size_t{1} << bits) + 1);
        for (auto const& stretch : stretches) ++starts_[top(stretch.first) + 1];
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    }

    [[nodiscard]] std::optional<std::uint32_t> find(Word address) const {
        auto const* const begin = stretches_.data();
        auto const* const after =
            std::upper_bound(begin + starts_[top(address)], begin + starts_[top(address) + 1], address,
                             [](Word wanted, Stretch const& s) { return wanted < s.first; });
        if (after == begin || (after - 1)->last < address) return std::nullopt;
        return (after - 1)->number;
    }
    /// Two steps that ask the processor for what `find` will read; the second reads what the first asked for.
    void prefetch_start(Word address) const { __builtin_prefetch(starts_.data() + top(address)); }
    void prefetch_stretch(Word address) const {
        std::size_t const start = starts_[top(address)];
        __builtin_prefetch(stretches_.data() + start);
        if (start > 0) __builtin_prefetch(stretches_.data() + start - 1);
    }
    [[nodiscard]] std::span<Stretch const> stretches() const { return {stretches_.data(), count_}; }
    [[nodiscard]] std::size_t bytes() const { return stretches_.bytes() + starts_.bytes(); }

private:
    static constexpr int most_start_bits = 22;

    [[nodiscard]] std::size_t top(Word address) const { return static_cast<std::size_t>(address >> shift_); }

    /// Whether `a` is less specific than `b`: the order that puts the most specific on top of a `std::priority_queue`.
    struct LessSpecific {
        bool operator()(Item const& a, Item const& b) const {
            bool const a_by_as = a.rank == 2;
            bool const b_by_as = b.rank == 2;
            if (a_by_as != b_by_as) return a_by_as;
            Word const a_span = a.last - a.first;
            Word const b_span = b.last - b.first;
            if (a_span != b_span) return a_span > b_span;
            if (a.rank != b.rank) return a.rank > b.rank;
            if (a.first != b.first) return a.first > b.first;
            return a.number > b.number;
        }
    };

    /// A sweep from the first address up; the queue holds what covers the current one.
    static std::vector<Stretch> flatten(std::vector<Item> items) {
        std::vector<Stretch> out;
        std::sort(items.begin(), items.end(), [](Item const& a, Item const& b) { return a.first < b.first; });
        std::priority_queue<Item, std::vector<Item>, LessSpecific> covering;
        std::size_t next = 0;
        Word place = 0;
        while (next < items.size() || !covering.empty()) {
            if (covering.empty()) place = items[next].first;
            while (next < items.size() && items[next].first <= place) covering.push(items[next++]);
            while (!covering.empty() && covering.top().last < place) covering.pop();
            if (covering.empty()) continue;
            Word end = covering.top().last;
            if (next < items.size()) end = std::min<Word>(end, items[next].first - 1);
            append(out, place, end, covering.top().number);
            if (end == static_cast<Word>(~Word{0})) break;
            place = end + 1;
        }
        return out;
    }

    static void append(std::vector<Stretch>& out, Word first, Word last, std::uint32_t number) {
        if (!out.empty() && out.back().number == number && out.back().last + 1 == first) {
            out.back().last = last;
        } else {
            out.push_back({first, last, number});
        }
    }

    std::size_t count_ = 0;
    base::HugeArray<Stretch> stretches_;
    base::HugeArray<std::uint32_t> starts_;  ///< Where the stretches begin whose first address has these upper bits.
    int shift_ = 0;
};

}  // namespace kula::origins
