#pragma once
/// @file
/// What an organisation may claim as its own: a prefix, an AS number, a domain or a whole country, in canonical form.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/result.hpp"

namespace kula::registry {

enum class NetworkKind : std::uint8_t { prefix, as_number, domain, country };

/// `prefix`, `as`, `domain`, `country`: as stored and as in the API.
std::string_view to_text(NetworkKind kind);
std::optional<NetworkKind> parse_network_kind(std::string_view text);

/// Two texts that mean the same are one network: `EXAMPLE.org.` and `example.org`, `192.0.2.77/24` and `192.0.2.0/24`.
class Network {
public:
    /// Recognises the kind by the text's shape: `192.0.2.0/24`, `2001:db8::/32`, `AS64500`, `example.org` (other
    /// letters become punycode, UTS #46), `country:MK` (a code alone might be the end of a domain). Fails with
    /// `invalid`; also for a prefix of length 0, which nobody owns, and for a code that is no country's.
    static base::Result<Network> parse(std::string_view text);
    /// The same where the kind is told; a bare number is an AS number then, and a bare code a country.
    static base::Result<Network> parse(NetworkKind kind, std::string_view text);
    /// The prefix is not of length 0.
    static Network of(base::Prefix const& prefix);
    static Network of_as(std::uint32_t as_number);

    [[nodiscard]] NetworkKind kind() const { return kind_; }
    [[nodiscard]] base::Prefix const& prefix() const { return prefix_; }  ///< Of a prefix.
    [[nodiscard]] std::uint32_t as_number() const { return as_number_; }  ///< Of an AS number.
    [[nodiscard]] std::string const& domain() const { return name_; }     ///< Of a domain: ASCII, lower case.
    [[nodiscard]] std::string const& country() const { return name_; }    ///< Of a country: ISO 3166-1, upper case.
    /// `192.0.2.0/24`, `192.0.2.1`, `AS64500`, `example.org`, `country:MK`: what `parse` reads back by its shape.
    [[nodiscard]] std::string text() const;
    /// The same where the kind stands beside it: a country is its code, `MK`.
    [[nodiscard]] std::string value() const;

    /// Prefixes by address, then AS numbers, then domains, then countries.
    friend auto operator<=>(Network const&, Network const&) = default;

private:
    NetworkKind kind_ = NetworkKind::prefix;
    base::Prefix prefix_{};
    std::uint32_t as_number_ = 0;
    std::string name_{};  ///< Of a domain or a country.
};

}  // namespace kula::registry
