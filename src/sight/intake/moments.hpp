#pragma once
// Moments as feeds write them.

#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace kula::intake {

/// RFC 3339 in all that `base::parse_instant` takes, also with ` UTC` behind it; `22-03-2022 05:06:25`; RFC 5322
/// (`Mon, 17 Aug 2015 14:36:19 +0000`), also with the month first (`Aug 17 2015 14:36:19 +0000`); `20260302101500`,
/// also without seconds; seconds since 1970, with a fraction, also in milliseconds or microseconds.
std::optional<base::Instant> parse_any_moment(std::string_view text);

}  // namespace kula::intake
