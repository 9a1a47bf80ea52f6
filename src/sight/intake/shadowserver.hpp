#pragma once
// Shadowserver's reports API: what a feed says of it, what it is asked, and what it lists. Pure.
// Source: Shadowserver Foundation, "Reports API" (api_utils): `reports/list`, the header `HMAC2`, downloads by id.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/checks.hpp"
#include "base/clock.hpp"
#include "intake/feed.hpp"
#include "row.hpp"

namespace kula::intake {

/// Each empty where it is not told.
struct ShadowserverKeys {
    std::string key{};
    std::string secret{};
};
ShadowserverKeys keys_of(FeedShadowserver const& told);
/// For sealing.
std::string to_text(ShadowserverKeys const& keys);
ShadowserverKeys keys_from(std::string_view text);

void check_shadowserver(base::Checks& checks, FeedContent& content);
/// As the API names its members, without keys.
Json json_of(std::optional<FeedShadowserver> const& told);
/// For a table: that in one text; empty where there is nothing.
std::string to_text(std::optional<FeedShadowserver> const& told);
std::optional<FeedShadowserver> shadowserver_from(std::string const& text);

/// The body of the question which reports there are from `days` ago to today; its bytes are what is signed.
std::string list_question(FeedShadowserver const& asked, std::string const& key, base::Instant now);

/// A report that can be fetched.
struct ListedReport {
    std::string id;    ///< Letters, digits and `-_.~` alone.
    std::string file;  ///< Its name, without folders.
    std::string date;
};
/// The oldest first, only of the wanted types (by what they are called, or by the file's name). `invalid` where it is
/// no list, `refused` with what the server says is wrong. What has no id and file is passed over.
base::Result<std::vector<ListedReport>> listed_in(std::string_view answer, std::vector<std::string> const& types);

}  // namespace kula::intake
