#include "origin_votes.hpp"

#include <algorithm>
#include <tuple>

namespace kula::origins {

void OriginVotes::add(base::Prefix const& prefix, std::span<std::uint32_t const> origins) {
    if (prefix.length() == 0) return;
    if (!current_.empty() && current_.front().prefix != prefix) close();
    for (auto const origin : origins) {
        if (origin == 0) continue;
        auto const same = std::ranges::find(current_, origin, &Vote::origin);
        if (same == current_.end()) {
            current_.push_back({prefix, origin, 1});
        } else {
            ++same->peers;
        }
    }
}

void OriginVotes::close() {
    votes_.insert(votes_.end(), current_.begin(), current_.end());
    current_.clear();
}

AddressStretches OriginVotes::decide() {
    close();
    std::ranges::sort(votes_, {}, [](Vote const& vote) { return std::tuple(vote.prefix, vote.origin); });
    AddressStretches out;
    for (std::size_t at = 0; at < votes_.size();) {
        auto const prefix = votes_[at].prefix;
        std::uint32_t best = 0;
        std::uint64_t most = 0;
        while (at < votes_.size() && votes_[at].prefix == prefix) {
            auto const origin = votes_[at].origin;
            std::uint64_t peers = 0;
            for (; at < votes_.size() && votes_[at].prefix == prefix && votes_[at].origin == origin; ++at)
                peers += votes_[at].peers;
            if (peers > most) {
                most = peers;
                best = origin;
            }
        }
        out.add(base::AddressRange::of(prefix), 0, best);
    }
    votes_ = {};
    return out;
}

}  // namespace kula::origins
