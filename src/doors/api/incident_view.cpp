#include "incident_view.hpp"

#include <algorithm>
#include <utility>

#include "differences.hpp"

namespace kula::api {
namespace {

using incidents::EntryKind;

Json reference_or_null(std::optional<incidents::IncidentBrief> const& incident) {
    return incident ? incident_reference(*incident) : Json(nullptr);
}

Json references(std::vector<incidents::IncidentBrief> const& incidents) {
    Json out = Json::array();
    for (auto const& each : incidents) out.push_back(incident_reference(each));
    return out;
}

/// Schema `IncidentChange`.
Json change_of(incidents::Entry const& entry) {
    switch (entry.kind) {
        case EntryKind::step: return entry.change;
        case EntryKind::checked: {
            auto const* const step = incidents::Playbooks::shipped().step(entry.change.at("step").get<std::string>());
            return {{"step", step == nullptr ? Json(nullptr) : local_text(step->text)},
                    {"check", entry.change.at("state")}};
        }
        case EntryKind::changed: {
            auto const everything = [](std::string const&) { return true; };
            return {{"fields", differences(entry.change.at("before"), entry.change.at("after"), everything)}};
        }
        case EntryKind::linked:
        case EntryKind::unlinked: return {{"kind", entry.change.at("kind")}, {"other", reference_or_null(entry.other)}};
        case EntryKind::merged:
        case EntryKind::unmerged: return {{"other", reference_or_null(entry.other)}};
        case EntryKind::reported:
        case EntryKind::withdrawn: {
            auto const subject = or_null(entry.change.at("subject").get<std::string>());
            return {{"report", {{"id", entry.change.at("report")}, {"subject", subject}}}};
        }
        case EntryKind::happened:
        case EntryKind::done:
        case EntryKind::said:
        case EntryKind::note:
        case EntryKind::opened: break;
    }
    return nullptr;
}

/// Schema `IncidentPlaybook`.
Json playbook_of(incidents::IncidentStory const& story, ActorNames& names) {
    auto const& content = story.incident.content;
    auto const& playbooks = incidents::Playbooks::shipped();
    auto const* const playbook = playbooks.of(content.rsit_class, content.rsit_type);
    if (playbook == nullptr) return nullptr;
    Json phases = Json::array(), steps = Json::array();
    for (auto const& phase : playbooks.phases()) phases.push_back({{"id", phase.id}, {"name", local_text(phase.name)}});
    for (auto const& step : playbook->steps) {
        auto const found = std::find_if(story.checks.begin(), story.checks.end(),
                                        [&](incidents::Check const& each) { return each.step == step.id; });
        bool const is_open = found == story.checks.end();
        steps.push_back({{"id", step.id},
                         {"phase", step.phase},
                         {"text", local_text(step.text)},
                         {"state", incidents::to_text(is_open ? incidents::CheckState::open : found->state)},
                         {"at", is_open ? Json(nullptr) : time(found->at)},
                         {"by", is_open ? Json(nullptr) : names.of(found->by)},
                         {"note", is_open ? Json(nullptr) : or_null(found->note)}});
    }
    return {{"name", local_text(playbook->name)}, {"phases", std::move(phases)}, {"steps", std::move(steps)}};
}

}  // namespace

Json IncidentView::full(incidents::Incident const& incident, std::optional<incidents::IncidentBrief> const& merged_into,
                        ActorNames& names) const {
    auto const& life = incidents::Life::shipped();
    auto const* const state = life.find(incident.state);
    auto json = incidents::to_json(incident.content);
    Json out{{"id", incident.id.text()}, {"version", incident.record.version}, {"number", incident.number}};
    out.update(json);
    if (incident.content.marking.tlp == base::Tlp::red) {
        out["readers"] = red_.shown(incident.content.readers);
    } else {
        out.erase("readers");
    }
    if (auto const& lead = incident.content.lead)
        out["lead"] = {{"id", lead->text()}, {"full_name", names.of("user:" + lead->text())}};
    out["state"] = incident.state;
    out["state_since"] = time(incident.state_since);
    out["open"] = state != nullptr && state->is_open;
    out["next_states"] = state == nullptr || incident.merged_into ? Json::array() : Json(state->next);
    out["merged_into"] = reference_or_null(merged_into);
    out["opened_at"] = time(incident.record.created_at);
    out["opened_by"] = names.of(incident.record.created_by);
    out["changed_at"] = time(incident.record.changed_at);
    return out;
}

Json IncidentView::entry(incidents::Entry const& entry, ActorNames& names) {
    return {{"id", entry.id.text()},
            {"incident", incident_reference(entry.incident)},
            {"kind", incidents::to_text(entry.kind)},
            {"at", time(entry.at)},
            {"written_at", time(entry.written_at)},
            {"by", names.of(entry.by)},
            {"text", or_null(entry.text)},
            {"change", change_of(entry)}};
}

Json IncidentView::entries(incidents::EntryPage const& page) const {
    auto its_names = names();
    Json items = Json::array();
    for (auto const& each : page.items) items.push_back(entry(each, its_names));
    return {{"items", std::move(items)}, {"next", or_null(page.next)}};
}

Json IncidentView::story(incidents::IncidentStory const& story) const {
    auto its_names = names();
    Json links = Json::array();
    for (auto const& link : story.links) {
        links.push_back({{"id", link.id.text()},
                         {"kind", incidents::to_text(link.kind)},
                         {"incident", incident_reference(link.other)},
                         {"state", link.other.state}});
    }
    auto timeline = entries(story.timeline);
    return {{"incident", full(story.incident, story.merged_into, its_names)},
            {"links", std::move(links)},
            {"merged", references(story.merged)},
            {"observables", observables(story.observed)},
            {"playbook", playbook_of(story, its_names)},
            {"entries", std::move(timeline.at("items"))},
            {"more_entries", std::move(timeline.at("next"))}};
}

base::Result<void> IncidentView::account(base::Actor const& actor, std::vector<incidents::Incident> const& read) const {
    std::vector<std::string> ids;
    for (auto const& each : read) {
        if (each.content.marking.tlp == base::Tlp::red) ids.push_back(each.id.text());
    }
    return red_.account(actor, "incident", ids);
}

base::Result<incidents::Incident> incident_told(incidents::Incidents const& room, std::string const& told,
                                                base::Clearance const& clearance) {
    if (auto const id = incidents::IncidentId::parse(told)) return room.find(*id, clearance);
    return room.find(told, clearance);
}

Json incident_reference(incidents::IncidentBrief const& incident) {
    return {{"id", incident.id.text()}, {"number", incident.number}, {"title", incident.title}};
}

Json observables(std::vector<incidents::Observed> const& observed) {
    Json out = Json::array();
    for (auto const& [kind, value, is_common] : observed)
        out.push_back({{"kind", kind}, {"value", value}, {"common", is_common}});
    return out;
}

Json incident_vocabulary() {
    Json states = Json::array(), severities = Json::array();
    for (auto const& state : incidents::Life::shipped().states()) {
        states.push_back({{"id", state.id},
                          {"name", local_text(state.name)},
                          {"open", state.is_open},
                          {"next", state.next},
                          {"needs_reason", state.needs_reason}});
    }
    for (auto const& level : incidents::shipped_severities()) {
        severities.push_back({{"id", findings::to_text(level.severity)},
                              {"name", local_text(level.name)},
                              {"means", local_text(level.means)},
                              {"national_level", level.national_level}});
    }
    return {{"states", std::move(states)}, {"severities", std::move(severities)}};
}

}  // namespace kula::api
