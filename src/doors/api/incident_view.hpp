#pragma once
/// @file
/// Incidents as the contract shows them.

#include "access/access.hpp"
#include "actor_names.hpp"
#include "incidents/incidents.hpp"
#include "json.hpp"
#include "red_reads.hpp"

namespace kula::api {

class IncidentView {
public:
    /// All outlive it.
    IncidentView(access::Access const& access, RedReads& red) : access_(access), red_(red) {}

    /// Schema `Incident`. `merged_into` is told where the one that asks may read it.
    [[nodiscard]] Json full(incidents::Incident const& incident,
                            std::optional<incidents::IncidentBrief> const& merged_into, ActorNames& names) const;
    /// Schema `IncidentStory`.
    [[nodiscard]] Json story(incidents::IncidentStory const& story) const;
    /// Schema `IncidentEntryPage`.
    [[nodiscard]] Json entries(incidents::EntryPage const& page) const;
    /// Schema `IncidentEntry`.
    [[nodiscard]] static Json entry(incidents::Entry const& entry, ActorNames& names);
    [[nodiscard]] ActorNames names() const { return ActorNames(access_); }

    /// To be called before any of it is told: what is TLP:RED among it was read.
    [[nodiscard]] base::Result<void> account(base::Actor const& actor,
                                             std::vector<incidents::Incident> const& read) const;
    /// Whether these may be named as readers, or as the one who leads.
    [[nodiscard]] base::Result<bool> are_of_the_team(base::Readers const& people) const {
        return red_.are_candidates(people);
    }

private:
    access::Access const& access_;
    RedReads& red_;
};

/// The one of this id or number.
base::Result<incidents::Incident> incident_told(incidents::Incidents const& room, std::string const& told,
                                                base::Clearance const& clearance);
/// Schema `IncidentReference`.
Json incident_reference(incidents::IncidentBrief const& incident);
/// Schema `Observable` of each.
Json observables(std::vector<incidents::Observed> const& observed);
/// Of the parameter `observable`, which `incidents::observable_name` reads.
inline constexpr std::size_t longest_observable = 2048;
inline constexpr std::string_view observable_rule = "must be an address, a network, a name, a link, a hash or a CVE";
/// Schema `IncidentVocabulary`.
Json incident_vocabulary();

}  // namespace kula::api
