#pragma once
// Getting a feed's file from its server into a blob.

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/address.hpp"
#include "base/clock.hpp"
#include "intake/feed.hpp"
#include "storage/blobs.hpp"

namespace kula::intake {

/// What the server answered. One of `blob`, `is_unchanged` and `failed` holds.
struct Fetched {
    std::optional<storage::Blob> blob{};
    bool is_unchanged = false;  ///< 304: it has what was read before.
    std::optional<base::Error> failed{};
    std::optional<base::Instant> not_before{};  ///< `Retry-After` (RFC 9110 §10.2.3).
    std::string etag{};
    std::string last_modified{};
};

/// Asks once, within an hour; only for what changed since `feed.state` was told. The body streams into `writer`, which
/// is not finished where anything goes wrong. Redirects are not followed: the fault says where they lead.
Fetched fetch(Feed const& feed, std::vector<FeedHeader> const& headers, std::vector<base::Prefix> const& besides,
              storage::BlobWriter& writer, base::Clock const& clock, std::stop_token const& stop);

}  // namespace kula::intake
