#include "registry/attribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/fnv.hpp"
#include "base/must.hpp"
#include "formats/domain_name.hpp"

namespace kula::registry {
namespace {

std::size_t family_index(base::Family family) { return family == base::Family::v4 ? 0 : 1; }

bool is_within(std::string_view name, std::string_view suffix) {
    if (!name.ends_with(suffix)) return false;
    return name.size() == suffix.size() || name[name.size() - suffix.size() - 1] == '.';
}

bool overlap(Network const& a, Network const& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case NetworkKind::prefix: {
            auto const one = base::AddressRange::of(a.prefix()), other = base::AddressRange::of(b.prefix());
            return one.contains(other.first) || other.contains(one.first);
        }
        case NetworkKind::as_number: return a.as_number() == b.as_number();
        case NetworkKind::country: return a.country() == b.country();
        case NetworkKind::domain: break;
    }
    return is_within(a.domain(), b.domain()) || is_within(b.domain(), a.domain());
}

}  // namespace

Attribution::Attribution(std::vector<Claimant> claimants) {
    // Identities sort by the time they were made: whoever was entered first stands first in every claim.
    std::sort(claimants.begin(), claimants.end(),
              [](Claimant const& a, Claimant const& b) { return a.organisation.id < b.organisation.id; });
    std::map<Network, std::vector<OrganisationId>> claims;
    for (auto& claimant : claimants) {
        auto const id = claimant.organisation.id;
        for (auto const& network : claimant.networks) {
            auto& owners = claims[network];
            if (owners.empty() || owners.back() != id) owners.push_back(id);
        }
        organisations_.emplace(id, std::move(claimant.organisation));
    }
    for (auto& [network, owners] : claims) claims_.push_back({network, std::move(owners)});
    note_lengths();
    for (auto const& claim : claims_) {
        version_ = base::fnv1a(claim.network.text() + '\n', version_);
        for (auto const& id : claim.organisations) version_ = base::fnv1a(id.text() + '\n', version_);
    }
}

void Attribution::note_lengths() {
    for (auto const& claim : claims_) {
        if (claim.network.kind() != NetworkKind::prefix) continue;
        auto const& prefix = claim.network.prefix();
        lengths_[family_index(prefix.family())].push_back(prefix.length());
    }
    for (auto& lengths : lengths_) {
        std::sort(lengths.begin(), lengths.end(), std::greater<>());
        lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
    }
}

NetworkClaim const* Attribution::find(Network const& network) const {
    auto const found =
        std::lower_bound(claims_.begin(), claims_.end(), network,
                         [](NetworkClaim const& claim, Network const& key) { return claim.network < key; });
    return found != claims_.end() && found->network == network ? &*found : nullptr;
}

Owned Attribution::owned(NetworkClaim const& claim) const {
    auto const* const owner = organisation(claim.organisations.front());
    base::must(owner != nullptr, "whoever claims a network is known");
    return {owner, &claim};
}

std::optional<Owned> Attribution::of_address(base::Address address, std::optional<std::uint32_t> as_number) const {
    for (int const length : lengths_[family_index(address.family())]) {
        if (auto const* const claim = find(Network::of(base::Prefix(address, length)))) return owned(*claim);
    }
    if (!as_number) return std::nullopt;
    auto const* const claim = find(Network::of_as(*as_number));
    return claim != nullptr ? std::optional(owned(*claim)) : std::nullopt;
}

std::optional<Owned> Attribution::of_domain(std::string_view name) const {
    auto const canonical = formats::canonical_domain(name);
    if (!canonical) return std::nullopt;
    std::string_view suffix = *canonical;
    while (suffix.find('.') != std::string_view::npos) {
        auto const network = Network::parse(NetworkKind::domain, suffix);
        auto const* const claim = network.has_value() ? find(*network) : nullptr;
        if (claim != nullptr) return owned(*claim);
        suffix.remove_prefix(suffix.find('.') + 1);
    }
    return std::nullopt;
}

std::optional<Owned> Attribution::of_country(std::string_view code) const {
    auto const network = Network::parse(NetworkKind::country, code);
    auto const* const claim = network.has_value() ? find(*network) : nullptr;
    return claim != nullptr ? std::optional(owned(*claim)) : std::nullopt;
}

std::vector<NetworkClaim const*> Attribution::claims_of(base::Address address) const {
    std::vector<NetworkClaim const*> out;
    for (int const length : lengths_[family_index(address.family())]) {
        if (auto const* const claim = find(Network::of(base::Prefix(address, length)))) out.push_back(claim);
    }
    return out;
}

std::vector<NetworkClaim const*> Attribution::conflicts() const {
    std::vector<NetworkClaim const*> out;
    for (auto const& claim : claims_) {
        if (claim.is_conflict()) out.push_back(&claim);
    }
    return out;
}

std::vector<NetworkClaim const*> Attribution::conflicts_of(OrganisationId id) const {
    auto out = conflicts();
    auto const is_other = [id](NetworkClaim const* claim) {
        return std::find(claim->organisations.begin(), claim->organisations.end(), id) == claim->organisations.end();
    };
    out.erase(std::remove_if(out.begin(), out.end(), is_other), out.end());
    return out;
}

OrganisationReference const* Attribution::organisation(OrganisationId id) const {
    auto const found = organisations_.find(id);
    return found == organisations_.end() ? nullptr : &found->second;
}

std::vector<NetworkClaim const*> Attribution::overlapping(Network const& network, OrganisationId of) const {
    std::vector<NetworkClaim const*> out;
    for (auto const& claim : claims_) {
        bool const is_others = std::any_of(claim.organisations.begin(), claim.organisations.end(),
                                           [of](OrganisationId id) { return id != of; });
        if (is_others && overlap(network, claim.network)) out.push_back(&claim);
    }
    return out;
}

std::string Attribution::version() const { return fmt::format("{:016x}", version_); }

}  // namespace kula::registry
