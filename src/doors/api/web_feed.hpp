#pragma once
/// @file
/// A feed for readers of feeds and programs that poll, and the two forms it is written in.
///
/// Sources: RFC 4287 (Atom), https://www.jsonfeed.org/version/1.1/. Pure.

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/text.hpp"
#include "json.hpp"

namespace kula::api {

struct WebFeed {
    /// Texts may hold anything; what is not told as HTML is written as text.
    struct Entry {
        /// What it is filed under: by which scheme (a URI), as what.
        struct Category {
            std::string scheme{}, term{};
        };
        std::string id{};    ///< A URI that stays (RFC 4287 §4.2.6).
        std::string page{};  ///< Where people read it.
        std::string title{}, summary{};
        std::string content{};  ///< HTML.
        std::vector<Category> categories{};
        base::Instant published{}, updated{};
        Json more{};  ///< For programs: `_kula` of the JSON Feed.
    };
    std::string id{}, title{}, author{};
    std::string address{};  ///< Its own.
    std::string page{};
    base::Language language = base::Language::en;
    base::Instant updated{};
    base::Instant modified{};  ///< Likewise, and when an entry was last told of again, which is no change of it.
    std::vector<Entry> entries{};
};

/// `application/atom+xml`.
std::string atom(WebFeed const& feed);
/// `application/feed+json`.
std::string json_feed(WebFeed const& feed);

}  // namespace kula::api
