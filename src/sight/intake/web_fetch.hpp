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
#include "net/client.hpp"
#include "storage/blobs.hpp"

namespace kula::intake {

/// What is asked for.
struct WebQuestion {
    std::string url;
    std::vector<FeedHeader> headers{};
    std::string etag{};  ///< Of what was read before, as the server told it; empty: none.
    std::string last_modified{};
    std::uint64_t most_bytes = 0;
};

/// What the server answered. One of `blob`, `is_unchanged` and `failed` holds.
struct Fetched {
    std::optional<storage::Blob> blob{};
    bool is_unchanged = false;  ///< 304: it has what was read before.
    std::optional<base::Error> failed{};
    std::optional<base::Instant> not_before{};  ///< `Retry-After` (RFC 9110 §10.2.3).
    std::string etag{};
    std::string last_modified{};
};

/// Asks once, within an hour; only for what changed. The body streams into `writer`, which is not finished where
/// anything goes wrong: `invalid` where what is there is no delivery, `refused` where the server lets nobody in or the
/// address may not be reached, `not_found` where it has no such file, else `unavailable`. Redirects are not followed:
/// the fault says where they lead.
Fetched fetch(WebQuestion const& question, std::vector<base::Prefix> const& besides, storage::BlobWriter& writer,
              base::Clock const& clock, std::stop_token const& stop);

/// What a server answered that is held in memory.
struct FetchedText : Fetched {
    std::string text{};  ///< Unless it is unchanged, or failed.
};
/// As `fetch`, without a blob.
FetchedText fetch_text(WebQuestion const& question, std::vector<base::Prefix> const& besides, base::Clock const& clock,
                       std::stop_token const& stop);

/// What an answer that is not good says of itself, without what a query may hold.
base::Error refusal_of(net::ClientAnswer const& answer);

}  // namespace kula::intake
