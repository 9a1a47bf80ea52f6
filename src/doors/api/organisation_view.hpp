#pragma once
/// @file
/// Organisations and their networks as the contract shows them.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "json.hpp"
#include "recent_activity.hpp"
#include "registry/registry.hpp"

namespace kula::api {

class OrganisationView {
public:
    /// Both outlive it.
    OrganisationView(registry::Registry const& registry, RecentActivity const& activity)
        : registry_(registry), activity_(activity) {}

    /// Schema `OrganisationReference`; null for one that is gone.
    [[nodiscard]] Json reference(registry::OrganisationId id) const;
    /// Its name; the key itself where it is no id of one that is there.
    [[nodiscard]] std::string name(std::string const& id) const;
    /// Schema `Organisation`. `not_found`.
    [[nodiscard]] base::Result<Json> full(registry::OrganisationId id) const;
    [[nodiscard]] base::Result<Json> full(registry::Organisation const& organisation) const;
    /// Schema `OrganisationSummary`.
    [[nodiscard]] static Json summary(registry::OrganisationSummary const& summary, events::Activity const& activity);
    /// `NetworkClaim`s that hold the address, the most specific first; none for what is no address.
    [[nodiscard]] Json claims_of(std::string_view address) const;
    /// Schema `NetworkClaim`.
    [[nodiscard]] static Json claim(registry::NetworkClaim const& claim, registry::Attribution const& attribution);

private:
    registry::Registry const& registry_;
    RecentActivity const& activity_;
};

}  // namespace kula::api
