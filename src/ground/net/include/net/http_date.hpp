#pragma once
/// @file
/// Moments as HTTP writes them. Pure.

#include <string>

#include "base/instant.hpp"

namespace kula::net {

/// RFC 9110 §5.6.7, cut to the second: `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(base::Instant instant);

}  // namespace kula::net
