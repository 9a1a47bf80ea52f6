#pragma once
/// @file
/// Organisations and their networks as the contract shows them.

#include <string>
#include <string_view>

#include "base/actor.hpp"
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

    /// Schema `Contact`.
    [[nodiscard]] Json contact(registry::Contact const& contact) const;
    /// Schema `OrganisationReference`.
    [[nodiscard]] static Json reference(registry::Organisation const& organisation);
    /// The same of an id; null for one that is gone.
    [[nodiscard]] Json reference(registry::OrganisationId id) const;
    /// Its name; the key itself where it is no id of one that is there.
    [[nodiscard]] std::string name(std::string const& id) const;
    /// Schema `Organisation`; the team's notes, and who else claims a network, are for the team. `not_found`.
    [[nodiscard]] base::Result<Json> full(registry::OrganisationId id, base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<Json> full(registry::Organisation const& organisation,
                                          base::Clearance const& clearance) const;
    /// Schema `OrganisationRow`: as many as it has contacts, one at least. With the team's notes.
    [[nodiscard]] std::vector<Json> rows(registry::Organisation const& organisation) const;
    /// Schema `OrganisationSummary`.
    [[nodiscard]] static Json summary(registry::OrganisationSummary const& summary, events::Activity const& activity,
                                      base::Instant now);
    /// `NetworkClaim`s that hold the address, the most specific first; none for what is no address.
    [[nodiscard]] Json claims_of(std::string_view address, base::Clearance const& clearance) const;
    /// Schema `NetworkClaim`; names only organisations in reach, and tells of a conflict only among them.
    [[nodiscard]] static Json claim(registry::NetworkClaim const& claim, registry::Attribution const& attribution,
                                    base::Clearance const& clearance);

    /// Schema `FieldChange`.
    [[nodiscard]] static Json change(registry::FieldChange const& change);

private:
    registry::Registry const& registry_;
    RecentActivity const& activity_;
};

}  // namespace kula::api
