#pragma once
/// @file
/// Whose is it? All claims of all organisations as one immutable value that answers at once.
///
/// The most specific network wins: the longest prefix, the longest domain suffix, then an AS number, and a country only
/// where nothing else decides. Where several organisations claim the very same network, the organisation that was
/// entered first wins, and the claim is a conflict that everybody sees. Pure; safe from any thread.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/fnv.hpp"
#include "registry/organisation.hpp"

namespace kula::registry {

/// What others need to know of an organisation to name it.
struct OrganisationReference {
    OrganisationId id;
    std::string name;
    std::optional<std::string> sector{};
};

/// One network and everybody who claims it, whoever was entered first before the others.
struct NetworkClaim {
    Network network;
    std::vector<OrganisationId> organisations;
    [[nodiscard]] bool is_conflict() const { return organisations.size() > 1; }
};

/// The answer: the organisation, and the claim that decided it.
struct Owned {
    OrganisationReference const* organisation;  ///< Lives as long as the `Attribution`.
    NetworkClaim const* claim;
};

class Attribution {
public:
    struct Claimant {
        OrganisationReference organisation;
        std::vector<Network> networks;
    };

    Attribution() = default;
    explicit Attribution(std::vector<Claimant> claimants);
    Attribution(Attribution const&) = delete;
    Attribution& operator=(Attribution const&) = delete;

    /// `as_number` is asked only where no prefix holds the address.
    [[nodiscard]] std::optional<Owned> of_address(base::Address address,
                                                  std::optional<std::uint32_t> as_number = {}) const;
    /// `name` in any case; the claim of `example.org` holds `www.example.org` too.
    [[nodiscard]] std::optional<Owned> of_domain(std::string_view name) const;
    /// `code` of ISO 3166-1, as an event tells it; nobody's where it is none (`EU`). To be asked last, and of no single
    /// end before all ends were asked for what is more specific.
    [[nodiscard]] std::optional<Owned> of_country(std::string_view code) const;

    /// All claimed prefixes that hold the address, the most specific first.
    [[nodiscard]] std::vector<NetworkClaim const*> claims_of(base::Address address) const;
    /// All claims, in the order of networks.
    [[nodiscard]] std::vector<NetworkClaim> const& claims() const { return claims_; }
    /// Those that several organisations make.
    [[nodiscard]] std::vector<NetworkClaim const*> conflicts() const;
    [[nodiscard]] std::vector<NetworkClaim const*> conflicts_of(OrganisationId id) const;
    /// Claims of others than `of` that share an address or a name with the network: the same, wider, or narrower.
    [[nodiscard]] std::vector<NetworkClaim const*> overlapping(Network const& network, OrganisationId of) const;

    /// Nothing where there is no such organisation.
    [[nodiscard]] OrganisationReference const* organisation(OrganisationId id) const;
    [[nodiscard]] std::size_t size() const { return organisations_.size(); }
    /// Names what it says: the same claims by the same organisations are the same version. 16 hexadecimal digits.
    [[nodiscard]] std::string version() const;

private:
    [[nodiscard]] NetworkClaim const* find(Network const& network) const;
    [[nodiscard]] Owned owned(NetworkClaim const& claim) const;
    void note_lengths();

    std::map<OrganisationId, OrganisationReference> organisations_;
    std::vector<NetworkClaim> claims_;         ///< Sorted by network.
    std::array<std::vector<int>, 2> lengths_;  ///< Prefix lengths in use, longest first; IPv4, IPv6.
    std::uint64_t version_ = base::fnv1a_basis;
};

}  // namespace kula::registry
