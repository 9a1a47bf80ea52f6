#pragma once
// Host and port, as they stand in `Host`, in origins and in web addresses. Source: RFC 3986 §3.2.

#include <optional>
#include <string>
#include <string_view>

namespace kula::net {

/// An authority's two parts, in lower case. IPv6 addresses stand without brackets.
struct Authority {
    std::string host;
    std::string port;
};

/// Nothing for an empty host, letters that no host has, or a port that is none; the port may be left out.
std::optional<Authority> parse_authority(std::string_view text);

}  // namespace kula::net
