#pragma once
/// @file
/// Domain names and URLs in canonical form, and the undoing of defanging. Inside the room: `Value` and the snapshot
/// share it. Pure; safe from any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"

namespace kula::indicators {

/// The longest text that is looked at, in bytes; the canonical form keeps to it too.
inline constexpr std::size_t longest_value = 4096;

/// `formats::canonical_domain` of it. A leading `*.` or `.` is dropped: an indicator of a domain speaks of its
/// subdomains anyway.
std::optional<std::string> canonical_domain(std::string_view text);

/// RFC 3986. `name` is canonical as `Value::name` says; user information is dropped, as no log carries it.
struct CanonicalUrl {
    std::string name;
    std::optional<base::Address> address;  ///< Where the host is an address (RFC 3986 §3.2.2, IPv6 in brackets).
};

/// With `scheme://`, or without one as `host/path`, `host:port/path`. Nothing without a path and a scheme.
std::optional<CanonicalUrl> canonical_url(std::string_view text);

/// The part of a canonical URL that is its host (an IPv6 address without brackets).
std::string_view host_of(std::string_view canonical);

/// Undoes `hxxp`, `[.]`, `(dot)`, `[:]` and their like. In a path only if scheme or host were defanged as well, for a
/// path may hold brackets of its own. Nothing if there is nothing to undo.
std::optional<std::string> refanged(std::string_view text);

/// Is every byte part of well-formed UTF-8 and none a control character (a tab is none)?
bool is_clean_text(std::string_view text);

/// Letters A to Z in lower case, all else as it is.
std::string ascii_lower(std::string_view text);

}  // namespace kula::indicators
