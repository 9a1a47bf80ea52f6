#include "incidents/incidents.hpp"

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "content.hpp"
#include "incident_table.hpp"
#include "incidents_migrations.hpp"
#include "observing.hpp"
#include "storage/record.hpp"
#include "writing.hpp"

namespace kula::incidents {

using storage::Priority;
using storage::Session;

base::Result<std::unique_ptr<Incidents>> Incidents::open(storage::Database& database, journal::Journal& journal,
                                                         base::Clock const& clock, IsCommon is_common) {
    if (auto const migrated = database.migrate(incidents_migrations()); !migrated) return migrated.error();
    return std::unique_ptr<Incidents>(new Incidents(database, journal, clock, std::move(is_common)));
}

base::Result<Incident> Incidents::open_one(IncidentContent content, base::Actor const& actor) {
    auto told = checked(std::move(content), actor.clearance);
    if (!told) return told.error();
    return database_.write(Priority::interactive, [&](Session& session) {
        Writing const writing{session, journal_, clock_.now(), actor};
        return writing.open(*told, clock_);
    });
}

base::Result<Incident> Incidents::change(IncidentId id, std::int64_t version, IncidentContent content,
                                         base::Actor const& actor) {
    auto told = checked(std::move(content), actor.clearance);
    if (!told) return told.error();
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Incident> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto incident = writing.alone(id, version);
        if (!incident) return incident;
        auto const before = *incident;
        auto const change = difference(before.content, *told);
        if (change.is_null()) return incident;
        incident->content = *told;
        incident->record.marking = told->marking;
        writing.store(*incident);
        writing.observe(*incident);
        writing.tell(id, EntryKind::changed, {}, change);
        writing.record("incident.changed", &before, *incident);
        return incident;
    });
}

base::Result<Incident> Incidents::take_step(IncidentId id, std::int64_t version, std::string const& to,
                                            std::string reason, base::Actor const& actor) {
    auto const& life = Life::shipped();
    auto const* const state = life.find(to);
    if (state == nullptr) return base::invalid("to", "is unknown");
    auto const why = checked_text("reason", reason, longest_reason);
    if (!why) return why.error();
    if (state->needs_reason && why->empty()) return base::invalid("reason", "is empty");
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Incident> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto incident = writing.alone(id, version);
        if (!incident) return incident;
        if (!life.may_go(incident->state, to))
            return base::conflict("this step is not possible from its state: " + incident->state);
        auto const before = *incident;
        incident->state = to;
        incident->state_since = writing.now;
        writing.store(*incident);
        writing.tell(id, EntryKind::step, *why, {{"from", before.state}, {"to", to}});
        writing.record("incident.stepped", &before, *incident, *why);
        return incident;
    });
}

base::Result<void> Incidents::check(IncidentId id, std::string const& step, CheckState state, std::string note,
                                    base::Actor const& actor) {
    if (Playbooks::shipped().step(step) == nullptr) return base::invalid("step", "is unknown");
    auto const why = checked_text("note", note, longest_reason);
    if (!why) return why.error();
    if (state == CheckState::left_out && why->empty()) return base::invalid("note", "is empty");
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto const incident = writing.alone(id);
        if (!incident) return incident.error();
        if (!incident_table::set_check(session, id, {step, state, writing.now, actor.name, *why})) return {};
        Json const what{{"step", step}, {"state", to_text(state)}};
        writing.tell(id, EntryKind::checked, *why, what);
        writing.record_beside("incident.checked", *incident, what);
        return {};
    });
}

base::Result<Entry> Incidents::write(IncidentId id, EntryContent content, base::Actor const& actor) {
    if (!is_a_persons(content.kind)) return base::invalid("kind", "is none that people write");
    auto const text = checked_text("text", content.text, longest_markdown);
    if (!text) return text.error();
    if (text->empty()) return base::invalid("text", "is empty");
    if (content.at && *content.at > clock_.now()) return base::invalid("at", "lies in the future");
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Entry> {
        Writing const writing{session, journal_, clock_.now(), actor};
        auto const incident = writing.alone(id);
        if (!incident) return incident.error();
        auto entry = writing.tell(id, content.kind, *text, nullptr, content.at);
        entry.incident = {incident->id, incident->number, incident->content.title, incident->state};
        writing.record_beside("incident.noted", *incident, {{"entry", entry.id.text()}, {"kind", to_text(entry.kind)}});
        return entry;
    });
}

base::Result<Incident> Incidents::find(IncidentId id, base::Clearance const& clearance) const {
    return database_.read([&](Session const& session) -> base::Result<Incident> {
        auto found = incident_table::find(session, id, clearance);
        if (!found) return no_such_incident();
        return std::move(*found);
    });
}

base::Result<Incident> Incidents::find(std::string_view number, base::Clearance const& clearance) const {
    std::string upper(number);
    for (auto& letter : upper) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - ('a' - 'A'));
    }
    storage::Where of_number;
    of_number.add("number = ?", upper);
    incident_table::add_clearance(of_number, "", clearance);
    return database_.read([&](Session const& session) -> base::Result<Incident> {
        auto found = incident_table::where(session, of_number);
        if (found.empty()) return no_such_incident();
        return std::move(found.front());
    });
}

base::Result<IncidentStory> Incidents::story(IncidentId id, base::Clearance const& clearance) const {
    auto story = database_.read([&](Session const& session) -> base::Result<IncidentStory> {
        auto found = incident_table::find(session, id, clearance);
        if (!found) return no_such_incident();
        IncidentStory out;
        out.incident = std::move(*found);
        auto const& incident = out.incident;
        if (incident.merged_into) out.merged_into = incident_table::brief(session, *incident.merged_into, clearance);
        out.merged = incident_table::merged_into(session, id, clearance);
        out.links = incident_table::links(session, id, clearance);
        auto family = out.merged;
        family.push_back({id, incident.number, incident.content.title, incident.state});
        out.timeline = incident_table::entries(session, family, entries_of_a_story, {}, clearance);
        std::vector<IncidentId> ids;
        for (auto const& each : family) ids.push_back(each.id);
        out.observed = observable_table::of(session, ids, clearance);
        out.checks = incident_table::checks(session, id);
        return out;
    });
    if (!story) return story;
    for (auto& each : story->observed) each.is_common = is_common_(each.kind, each.value);
    return story;
}

base::Result<EntryPage> Incidents::timeline(IncidentId id, std::string const& cursor, std::size_t limit,
                                            base::Clearance const& clearance) const {
    if (limit == 0 || limit > 1000) return base::invalid("limit: is not from 1 to 1,000");
    storage::Where where;
    if (auto const placed = incident_table::timeline_order().add_place(where, cursor); !placed) return placed.error();
    return database_.read([&](Session const& session) -> base::Result<EntryPage> {
        auto const self = incident_table::brief(session, id, clearance);
        if (!self) return no_such_incident();
        auto family = incident_table::merged_into(session, id, clearance);
        family.push_back(*self);
        return incident_table::entries(session, family, limit, std::move(where), clearance);
    });
}

}  // namespace kula::incidents
