#pragma once
/// @file
/// Content coding `gzip` (RFC 1952) for responses.

#include <optional>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace kula::net {

/// Whether `Accept-Encoding` takes gzip: named or by `*`, with a weight above 0 (RFC 9110 §12.5.3).
bool accepts_gzip(Headers const& headers);
/// Text that shrinks: `text/*` but event streams, JSON, JavaScript, XML, SVG.
bool is_compressible(std::string_view content_type);
/// Nothing when zlib is out of memory.
std::optional<std::string> gzip(std::string_view bytes);

}  // namespace kula::net
