// How incidents stand to each other.

#include "content.hpp"
#include "incident_table.hpp"
#include "incidents/incidents.hpp"
#include "writing.hpp"

namespace kula::incidents {

using storage::Priority;
using storage::Session;

base::Result<void> Incidents::link(IncidentId id, LinkKind kind, IncidentId other, base::Actor const& actor) {
    if (id == other) return base::invalid("incident", "is this one");
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto const incident = writing.alone(id);
        if (!incident) return incident.error();
        if (auto const its_other = writing.alone(other); !its_other) return its_other.error();
        if (incident_table::links(session, id, base::Clearance::everything()).size() >= most_links)
            return base::invalid("incident", "would be one link more than an incident has");
        if (!incident_table::add_link(session, id, kind, other, writing.now, actor.name)) return {};
        writing.tell(id, EntryKind::linked, {}, {{"kind", to_text(kind)}, {"other", other.text()}});
        writing.tell(other, EntryKind::linked, {},
                     {{"kind", to_text(seen_from_the_other(kind))}, {"other", id.text()}});
        writing.record_beside("incident.linked", *incident, {{"kind", to_text(kind)}, {"other", other.text()}});
        return {};
    });
}

base::Result<void> Incidents::unlink(IncidentId id, LinkId link, base::Actor const& actor) {
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto const incident = writing.alone(id);
        if (!incident) return incident.error();
        for (auto const& each : incident_table::links(session, id, actor.clearance)) {
            if (each.id != link) continue;
            incident_table::remove_link(session, link);
            writing.tell(id, EntryKind::unlinked, {}, {{"kind", to_text(each.kind)}, {"other", each.other.id.text()}});
            writing.tell(each.other.id, EntryKind::unlinked, {},
                         {{"kind", to_text(seen_from_the_other(each.kind))}, {"other", id.text()}});
            writing.record_beside("incident.unlinked", *incident,
                                  {{"kind", to_text(each.kind)}, {"other", each.other.id.text()}});
            return {};
        }
        return base::not_found("no such link");
    });
}

base::Result<Incident> Incidents::merge(IncidentId id, std::int64_t version, IncidentId into, std::string reason,
                                        base::Actor const& actor) {
    if (id == into) return base::invalid("into", "is this one");
    auto const why = checked_text("reason", reason, longest_reason);
    if (!why) return why.error();
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Incident> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto incident = writing.alone(id, version);
        if (!incident) return incident;
        // Who is merged into nothing is below nothing, so no circle comes about.
        if (auto const other = writing.alone(into); !other) return other.error();
        auto const before = *incident;
        incident->merged_into = into;
        writing.store(*incident);
        writing.tell(id, EntryKind::merged, *why, {{"other", into.text()}});
        writing.record("incident.merged", &before, *incident, *why);
        return incident;
    });
}

base::Result<Incident> Incidents::unmerge(IncidentId id, std::int64_t version, base::Actor const& actor) {
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Incident> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto incident = writing.of_version(id, version);
        if (!incident) return incident;
        if (!incident->merged_into) return base::conflict("it is not merged into another");
        auto const before = *incident;
        incident->merged_into.reset();
        writing.store(*incident);
        writing.tell(id, EntryKind::unmerged, {}, {{"other", before.merged_into->text()}});
        writing.tell(*before.merged_into, EntryKind::unmerged, {}, {{"other", id.text()}});
        writing.record("incident.unmerged", &before, *incident);
        return incident;
    });
}

}  // namespace kula::incidents
