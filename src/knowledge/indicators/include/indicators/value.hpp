#pragma once
/// @file
/// What an indicator is of: an address, a prefix, a range, an AS number, a domain, a URL or a hash, in canonical form.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/result.hpp"

namespace kula::indicators {

enum class Kind : std::uint8_t { address, prefix, range, as_number, domain, url, md5, sha1, sha256 };

/// `address`, `prefix`, `range`, `as`, `domain`, `url`, `md5`, `sha1`, `sha256`: as stored and as in the API.
std::string_view to_text(Kind kind);

/// Which addresses an import takes.
enum class ReservedSpace : std::uint8_t {
    refuse,  ///< Space that cannot be on the public Internet is an error: 0/8, 10/8, 100.64/10, 127/8, 169.254/16,
             ///< 172.16/12, 192.168/16, 224/3; ::, ::1, fc00::/7, fe80::/10, ff00::/8.
    allow,
};

/// One value. Two texts that mean the same are one value: `EXAMPLE.org.` and `example.org`, `192.0.2.1/32` and
/// `192.0.2.1`, `2001:DB8::0` and `2001:db8::`.
struct Value {
    Kind kind = Kind::address;
    base::AddressRange range{};  ///< Of address, prefix and range; a prefix and a range over the same addresses differ.
    std::uint32_t as_number = 0;  ///< Of `as_number`.
    std::string name{};  ///< Of domain (ASCII/punycode, lower case, no final dot), URL (scheme where one was given,
                         ///< and host in lower case; no default port, no fragment; path and query as given, `/` if
                         ///< empty), hash (lower-case hexadecimal).

    /// Recognises the kind by the text's shape. `hxxp://`, `[.]` and other common defanging is undone.
    /// Fails with `invalid` and a short reason: no indicator, a prefix shorter than /8 (IPv4) or /16 (IPv6) (the same
    /// bound, in addresses, holds for ranges), reserved space.
    static base::Result<Value> parse(std::string_view text, ReservedSpace reserved = ReservedSpace::refuse);

    /// Canonical text: hosts without /32 or /128, RFC 5952, `first-last` for a range, `AS64500`; names as they stand in
    /// `name`.
    [[nodiscard]] std::string text() const;

    friend auto operator<=>(Value const&, Value const&) = default;
};

}  // namespace kula::indicators
