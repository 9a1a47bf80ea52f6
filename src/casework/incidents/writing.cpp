#include "writing.hpp"

#include <fmt/format.h>

#include <utility>

#include "content.hpp"
#include "incident_table.hpp"
#include "observing.hpp"
#include "storage/record.hpp"

namespace kula::incidents {
namespace {

std::string written(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

/// What is TLP:RED is told its readers only, and the trail has others.
Json state_of(Incident const& incident) {
    bool const is_red = incident.record.marking.tlp == base::Tlp::red;
    auto json = is_red ? Json{{"tlp", base::to_text(base::Tlp::red)}} : to_json(incident.content);
    json["number"] = incident.number;
    json["state"] = incident.state;
    json["merged_into"] = incident.merged_into ? Json(incident.merged_into->text()) : Json(nullptr);
    return json;
}

}  // namespace

base::Error no_such_incident() { return base::not_found("no such incident"); }

base::Result<Incident> Writing::of_version(IncidentId id, std::optional<std::int64_t> version) const {
    auto found = incident_table::find(session, id, actor.clearance);
    if (!found) return no_such_incident();
    if (version && found->record.version != *version)
        return base::conflict(fmt::format("it changed since it was read: version is {} now", found->record.version));
    return std::move(*found);
}

base::Result<Incident> Writing::alone(IncidentId id, std::optional<std::int64_t> version) const {
    auto found = of_version(id, version);
    if (found && found->merged_into) return base::conflict("it is merged into another");
    return found;
}

Incident Writing::open(IncidentContent content, base::Clock const& clock) const {
    Incident incident;
    incident.id = IncidentId::make(now);
    incident.number = incident_table::take_number(session, now);
    incident.content = std::move(content);
    incident.state = Life::shipped().states().front().id;
    incident.state_since = now;
    incident.record = storage::new_record(clock, actor.name, incident.content.marking);
    incident_table::insert(session, incident);
    observe(incident);
    tell(incident.id, EntryKind::opened);
    record("incident.opened", nullptr, incident);
    return incident;
}

void Writing::store(Incident& incident) const {
    incident.record.changed_at = now;
    incident.record.changed_by = actor.name;
    ++incident.record.version;
    incident_table::update(session, incident);
}

Entry Writing::tell(IncidentId id, EntryKind kind, std::string text, Json change,
                    std::optional<base::Instant> at) const {
    Entry entry;
    entry.id = EntryId::make(now);
    entry.kind = kind;
    entry.at = at.value_or(now);
    entry.written_at = now;
    entry.by = actor.name;
    entry.text = std::move(text);
    entry.change = std::move(change);
    incident_table::add_entry(session, id, entry);
    if (!entry.text.empty()) observable_table::replace(session, id, entry.id, entry.text);
    return entry;
}

void Writing::observe(Incident const& incident) const {
    observable_table::replace(session, incident.id, {}, incident.content.title + '\n' + incident.content.summary);
}

void Writing::record(std::string deed, Incident const* before, Incident const& after, std::string const& reason) const {
    auto json = state_of(after);
    if (!reason.empty() && after.record.marking.tlp != base::Tlp::red) json["reason"] = reason;
    journal.append(session, actor,
                   {std::move(deed), "incident:" + after.id.text(),
                    before == nullptr ? std::string() : written(state_of(*before)), written(json)});
}

void Writing::record_beside(std::string deed, Incident const& incident, Json what) const {
    what["number"] = incident.number;
    what["tlp"] = base::to_text(incident.record.marking.tlp);
    journal.append(session, actor, {std::move(deed), "incident:" + incident.id.text(), "", written(what)});
}

}  // namespace kula::incidents
