#include "rate_limit.hpp"

#include <algorithm>
#include <cmath>

#include "base/must.hpp"

namespace kula::net {

base::Address client_of(base::Address address) { return address.is_v4() ? address : base::Prefix(address, 64).first(); }

RateLimit::RateLimit(Allowed allowed) : allowed_(allowed) {
    base::must(allowed.per_second == 0 || (allowed.at_once > 0 && allowed.clients > 0),
               "a rate limit lets some through");
}

std::optional<std::chrono::milliseconds> RateLimit::refuse(base::Address client, Moment now) {
    if (allowed_.per_second == 0) return std::nullopt;
    auto& bucket = bucket_of(client_of(client), now);
    std::chrono::duration<double> const passed = std::max(now, bucket.filled_at) - bucket.filled_at;
    bucket.tokens = std::min<double>(allowed_.at_once, bucket.tokens + passed.count() * allowed_.per_second);
    bucket.filled_at = std::max(now, bucket.filled_at);
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return std::nullopt;
    }
    return std::chrono::milliseconds(std::lround(std::ceil((1 - bucket.tokens) * 1000 / allowed_.per_second)));
}

RateLimit::Bucket& RateLimit::bucket_of(base::Address client, Moment now) {
    if (auto const found = buckets_.find(client); found != buckets_.end()) {
        order_.splice(order_.begin(), order_, found->second);
        return order_.front();
    }
    if (buckets_.size() >= allowed_.clients) {
        buckets_.erase(order_.back().client);
        order_.pop_back();
    }
    order_.push_front({client, static_cast<double>(allowed_.at_once), now});
    buckets_.emplace(client, order_.begin());
    return order_.front();
}

}  // namespace kula::net
