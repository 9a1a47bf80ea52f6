#pragma once
/// @file
/// URLs in the one form that is stored and compared (RFC 3986). Pure; safe from any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"

namespace kula::formats {

/// The longest URL in canonical form, in bytes.
inline constexpr std::size_t longest_url = 4096;

struct CanonicalUrl {
    /// Scheme and host in lower case, the host as `canonical_domain` or RFC 5952 write it; no user information (as no
    /// log carries it), no default port, no fragment; path and query as given, `/` if empty.
    std::string name;
    std::optional<base::Address> address;  ///< Where the host is an address (§3.2.2, IPv6 in brackets).
};

/// With `scheme://`, or without one as `host/path`, `host:port/path`. Nothing without a path and a scheme. A leading
/// `*.` or `.` of the host is dropped.
std::optional<CanonicalUrl> canonical_url(std::string_view text);

/// The part of a canonical URL that is its host (an IPv6 address without brackets).
std::string_view host_of(std::string_view canonical);

/// How many bytes scheme and authority take.
std::size_t head_length(std::string_view url);

}  // namespace kula::formats
