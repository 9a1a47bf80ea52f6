#pragma once
/// @file
/// How often one client may ask: a bucket of tokens for each address, refilled at a steady rate.
///
/// One thread. An IPv6 client is its /64 network: whoever has one address there has them all.

#include <chrono>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>

#include "base/address.hpp"

namespace kula::net {

/// What counts as one client.
base::Address client_of(base::Address address);

class RateLimit {
public:
    using Moment = std::chrono::steady_clock::time_point;

    struct Allowed {
        unsigned per_second;  ///< 0: no limit.
        unsigned at_once;     ///< Tokens in a full bucket; at least 1.
        std::size_t clients;  ///< Buckets kept; beyond it the one not seen for longest is forgotten. At least 1.
    };
    explicit RateLimit(Allowed allowed);

    /// Takes a token. Without one: how long until there is one again.
    [[nodiscard]] std::optional<std::chrono::milliseconds> refuse(base::Address client, Moment now);

    [[nodiscard]] std::size_t clients() const { return buckets_.size(); }

private:
    struct Bucket {
        base::Address client;
        double tokens;
        Moment filled_at;
    };
    using Order = std::list<Bucket>;

    Bucket& bucket_of(base::Address client, Moment now);

    Allowed const allowed_;
    Order order_;  ///< Last seen first.
    std::unordered_map<base::Address, Order::iterator> buckets_;
};

}  // namespace kula::net
