#pragma once
// A change of an incident within one unit of work: the record, its timeline and the trail.

#include <optional>
#include <string>

#include "base/actor.hpp"
#include "incidents/incidents.hpp"

namespace kula::incidents {

base::Error no_such_incident();

struct Writing {
    storage::Session& session;
    journal::Journal& journal;
    base::Instant now;
    base::Actor const& actor;

    /// `not_found` also where the actor's clearance does not reach; `conflict` where it is of another version.
    [[nodiscard]] base::Result<Incident> of_version(IncidentId id, std::optional<std::int64_t> version) const;
    /// The same; `conflict` also where it is merged into another.
    [[nodiscard]] base::Result<Incident> alone(IncidentId id, std::optional<std::int64_t> version = {}) const;
    /// A new one, of content that was held to its rules.
    [[nodiscard]] Incident open(IncidentContent content, base::Clock const& clock) const;
    /// As of its next version.
    void store(Incident& incident) const;
    /// What title and summary tell of.
    void observe(Incident const& incident) const;
    /// Into its timeline; `at` as `EntryContent`. Yields it without the incident.
    Entry tell(IncidentId id, EntryKind kind, std::string text = {}, Json change = nullptr,
               std::optional<base::Instant> at = {}) const;
    /// Into the trail; null where there was nothing.
    void record(std::string deed, Incident const* before, Incident const& after, std::string const& reason = {}) const;
    /// Of what stands beside the record, and makes no version of it.
    void record_beside(std::string deed, Incident const& incident, Json what) const;
};

}  // namespace kula::incidents
