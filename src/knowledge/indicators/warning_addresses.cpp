#include "warning_addresses.hpp"

#include <algorithm>
#include <optional>

namespace kula::indicators {
namespace {

using base::Address;

// IPv4 sorts before IPv6, so that `::` follows the last IPv4 address.
std::optional<Address> after(Address address) {
    if (address.is_v4()) {
        auto const number = address.number4();
        return number == ~std::uint32_t{0} ? Address::v6(0) : Address::v4(number + 1);
    }
    auto const next = address.number() + 1;
    return next == 0 ? std::nullopt : std::optional(Address::v6(next));
}

}  // namespace

void WarningAddresses::drop_nested() {
    std::sort(blocks_.begin(), blocks_.end(), [](Block const& a, Block const& b) {
        if (a.place.list != b.place.list) return a.place.list < b.place.list;
        if (a.range.first != b.range.first) return a.range.first < b.range.first;
        return b.range.last < a.range.last;
    });
    // Blocks of one list are prefixes: two either nest or are apart, so the widest says all.
    std::vector<Block> outer;
    for (auto const& block : blocks_) {
        bool const nested = !outer.empty() && outer.back().place.list == block.place.list &&
                            block.range.last <= outer.back().range.last;
        if (!nested) outer.push_back(block);
    }
    blocks_ = std::move(outer);
}

void WarningAddresses::build() {
    drop_nested();
    std::sort(blocks_.begin(), blocks_.end(),
              [](Block const& a, Block const& b) { return a.range.first < b.range.first; });
    std::vector<Address> points;
    points.reserve(blocks_.size() * 2);
    for (auto const& block : blocks_) {
        points.push_back(block.range.first);
        if (auto const next = after(block.range.last)) points.push_back(*next);
    }
    std::sort(points.begin(), points.end());
    points.erase(std::unique(points.begin(), points.end()), points.end());

    std::vector<Cover> open;
    auto block = blocks_.begin();
    for (auto const& point : points) {
        open.erase(std::remove_if(open.begin(), open.end(), [&](Cover const& cover) { return cover.last < point; }),
                   open.end());
        for (; block != blocks_.end() && block->range.first == point; ++block) {
            open.push_back({block->range.last, block->place});
        }
        starts_.push_back(point);
        first_cover_.push_back(static_cast<std::uint32_t>(covers_.size()));
        covers_.insert(covers_.end(), open.begin(), open.end());
    }
    first_cover_.push_back(static_cast<std::uint32_t>(covers_.size()));
    blocks_ = {};
}

std::span<WarningAddresses::Cover const> WarningAddresses::covers_at(Address address) const {
    auto const next = std::upper_bound(starts_.begin(), starts_.end(), address);
    if (next == starts_.begin()) return {};
    auto const at = static_cast<std::size_t>(next - starts_.begin()) - 1;
    return std::span(covers_).subspan(first_cover_[at], first_cover_[at + 1] - first_cover_[at]);
}

}  // namespace kula::indicators
