#pragma once
/// @file
/// What an organisation may claim as its own: a prefix, an AS number or a domain, in canonical form.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/result.hpp"

namespace kula::registry {

enum class NetworkKind : std::uint8_t { prefix, as_number, domain };

/// `prefix`, `as`, `domain`: as stored and as in the API.
std::string_view to_text(NetworkKind kind);
std::optional<NetworkKind> parse_network_kind(std::string_view text);

/// Two texts that mean the same are one network: `EXAMPLE.org.` and `example.org`, `192.0.2.77/24` and `192.0.2.0/24`.
class Network {
public:
    /// Recognises the kind by the text's shape: `192.0.2.0/24`, `2001:db8::/32`, `AS64500`, `example.org` (other
    /// letters become punycode, UTS #46). Fails with `invalid`; also for a prefix of length 0, which nobody owns.
    static base::Result<Network> parse(std::string_view text);
    /// The same where the kind is told; a bare number is an AS number then.
    static base::Result<Network> parse(NetworkKind kind, std::string_view text);
    /// The prefix is not of length 0.
    static Network of(base::Prefix const& prefix);
    static Network of_as(std::uint32_t as_number);

    [[nodiscard]] NetworkKind kind() const { return kind_; }
    [[nodiscard]] base::Prefix const& prefix() const { return prefix_; }  ///< Of a prefix.
    [[nodiscard]] std::uint32_t as_number() const { return as_number_; }  ///< Of an AS number.
    [[nodiscard]] std::string const& domain() const { return domain_; }   ///< Of a domain: ASCII, lower case.
    /// `192.0.2.0/24`, `192.0.2.1`, `AS64500`, `example.org`.
    [[nodiscard]] std::string text() const;

    /// Prefixes by address, then AS numbers, then domains.
    friend auto operator<=>(Network const&, Network const&) = default;

private:
    NetworkKind kind_ = NetworkKind::prefix;
    base::Prefix prefix_{};
    std::uint32_t as_number_ = 0;
    std::string domain_{};
};

}  // namespace kula::registry
