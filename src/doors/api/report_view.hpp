#pragma once
/// @file
/// Reports as the contract shows them.

#include <map>
#include <vector>

#include "actor_names.hpp"
#include "incidents/triage.hpp"
#include "json.hpp"
#include "organisation_view.hpp"
#include "red_reads.hpp"

namespace kula::api {

class ReportView {
public:
    /// All outlive it.
    ReportView(access::Access const& access, OrganisationView const& organisations, RedReads& red)
        : access_(access), organisations_(organisations), red_(red) {}

    /// Schema `ReportPage`.
    [[nodiscard]] Json page(incidents::ReportPage const& page) const;
    /// Schema `ReportStory`.
    [[nodiscard]] Json story(incidents::ReportStory const& story) const;
    /// To be called before any of it is told: what is TLP:RED among it was read.
    [[nodiscard]] base::Result<void> account(base::Actor const& actor,
                                             std::vector<incidents::Report> const& read) const;
    /// Whether there is such an organisation, as far as the clearance reaches.
    [[nodiscard]] bool knows(registry::OrganisationId id, base::Clearance const& clearance) const {
        return organisations_.full(id, clearance).has_value();
    }
    /// Whether these may be named as readers.
    [[nodiscard]] base::Result<bool> are_of_the_team(base::Readers const& people) const {
        return red_.are_candidates(people);
    }

private:
    using Incidents = std::map<incidents::IncidentId, incidents::IncidentBrief>;
    /// Schema `Report`.
    [[nodiscard]] Json brief(incidents::Report const& report, Incidents const& incidents, ActorNames& names) const;

    access::Access const& access_;
    OrganisationView const& organisations_;
    RedReads& red_;
};

}  // namespace kula::api
