#pragma once
/// @file
/// Overlapping stretches of addresses, flattened: disjoint, sorted, each naming the most specific of those that cover
/// it.

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <queue>
#include <vector>

#include "base/address.hpp"
#include "indicators/snapshot.hpp"

namespace kula::indicators {

/// `Word` is `std::uint32_t` or `base::Uint128`.
template <class Word>
class StretchMap {
public:
    struct Item {
        Word first;
        Word last;
        std::uint8_t rank;  ///< Prefixes 0, ranges 1, AS numbers 2: AS numbers lose to all, ranges to equal prefixes.
        Number number;
    };
    struct Stretch {
        Word first;
        Word last;
        Number number;
    };

    StretchMap() = default;
    explicit StretchMap(std::vector<Item> items) {
        flatten(std::move(items));
        for (auto const& stretch : stretches_) ++starts_[top16(stretch.first) + 1u];
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
    }

    [[nodiscard]] std::optional<Number> find(Word address) const {
        auto const top = top16(address);
        auto const begin = stretches_.begin();
        auto const after = std::upper_bound(begin + starts_[top], begin + starts_[top + 1u], address,
                                            [](Word wanted, Stretch const& s) { return wanted < s.first; });
        if (after == begin || std::prev(after)->last < address) return std::nullopt;
        return std::prev(after)->number;
    }
    [[nodiscard]] std::vector<Stretch> const& stretches() const { return stretches_; }
    [[nodiscard]] std::size_t bytes() const { return stretches_.capacity() * sizeof(Stretch) + starts_.size() * 4; }

private:
    static std::uint16_t top16(Word address) { return static_cast<std::uint16_t>(address >> (sizeof(Word) * 8 - 16)); }

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
    void flatten(std::vector<Item> items) {
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
            append(place, end, covering.top().number);
            if (end == static_cast<Word>(~Word{0})) break;
            place = end + 1;
        }
        stretches_.shrink_to_fit();
    }

    void append(Word first, Word last, Number number) {
        if (!stretches_.empty() && stretches_.back().number == number && stretches_.back().last + 1 == first) {
            stretches_.back().last = last;
        } else {
            stretches_.push_back({first, last, number});
        }
    }

    std::vector<Stretch> stretches_;
    std::vector<std::uint32_t> starts_ =
        std::vector<std::uint32_t>(65537, 0);  ///< By the first address's upper 16 bits.
};

}  // namespace kula::indicators
