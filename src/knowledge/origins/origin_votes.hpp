#pragma once
// Whom a prefix belongs to, by the word of many peers.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/address.hpp"
#include "origins/address_map.hpp"

namespace kula::origins {

class OriginVotes {
public:
    /// What peers tell of one prefix; what is told of it in one go is counted together.
    void add(base::Prefix const& prefix, std::span<std::uint32_t const> origins);
    /// Prefixes with an origin each, so far.
    [[nodiscard]] std::size_t size() const { return votes_.size() + current_.size(); }
    /// The origin that most peers tell of each prefix, of equals the lower number. Nothing is left.
    [[nodiscard]] AddressStretches decide();

private:
    struct Vote {
        base::Prefix prefix;
        std::uint32_t origin;
        std::uint32_t peers;
    };
    void close();

    std::vector<Vote> votes_;
    std::vector<Vote> current_;  ///< Of the prefix that is being told; few.
};

}  // namespace kula::origins
