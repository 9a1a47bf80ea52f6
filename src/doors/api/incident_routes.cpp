#include <algorithm>
#include <array>

#include "gate.hpp"
#include "history.hpp"
#include "incident_input.hpp"
#include "incident_view.hpp"
#include "members.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"

namespace kula::api {
namespace {

using incidents::IncidentId;
using incidents::IncidentSort;

/// What serving incidents needs.
struct Casework {
    incidents::Incidents& room;
    IncidentView const& view;
    History const& history;

    [[nodiscard]] base::Result<incidents::Incident> find(net::Request const& request, Caller const& caller) const {
        auto const id = IncidentId::parse(request.parameter("id"));
        if (!id) return base::not_found("no such incident");
        return room.find(*id, caller.actor.clearance);
    }
    [[nodiscard]] net::Response answer(IncidentId id, Caller const& caller,
                                       net::Status status = net::Status::ok) const {
        auto const story = room.story(id, caller.actor.clearance);
        if (!story) return refusal(story.error());
        if (auto const told = view.account(caller.actor, {story->incident}); !told) return refusal(told.error());
        auto response = reply_versioned(view.story(*story), story->incident.record.version, status);
        // The entity tag is the record's and stays while entries and links come: a kept answer would pass for the
        // present one.
        response.headers.set("Cache-Control", "no-store");
        if (status == net::Status::created) response.headers.set("Location", "/api/v1/incidents/" + id.text());
        return response;
    }
    [[nodiscard]] net::Response answer(base::Result<incidents::Incident> const& incident, Caller const& caller,
                                       net::Status status = net::Status::ok) const {
        return incident ? answer(incident->id, caller, status) : refusal(incident.error());
    }
    [[nodiscard]] AreOfTheTeam team() const {
        return [this](base::Readers const& people) { return view.are_of_the_team(people); };
    }
    /// What stands against changing it as it was just read.
    [[nodiscard]] std::optional<net::Response> stale(net::Request const& request, Caller const& caller,
                                                     incidents::Incident const& incident) const {
        return history.precondition(request, caller,
                                    {"incident:" + incident.id.text(), incident.record.version, [&] {
                                         auto names = view.names();
                                         return base::Result<Json>(view.full(incident, std::nullopt, names));
                                     }});
    }
};

std::optional<IncidentSort> parse_incident_sort(std::string const& text) {
    constexpr std::array<std::string_view, 6> words{"changed_at", "-changed_at", "opened_at",
                                                    "-opened_at", "severity",    "-severity"};
    auto const* const found = std::find(words.begin(), words.end(), text);
    return found == words.end() ? std::nullopt : std::optional(static_cast<IncidentSort>(found - words.begin()));
}

/// Several with commas between, all of them known.
std::optional<std::vector<std::string>> parse_incident_states(std::string const& text) {
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= text.size();) {
        auto const to = std::min(text.find(',', from), text.size());
        auto state = text.substr(from, to - from);
        if (incidents::Life::shipped().find(state) == nullptr) return std::nullopt;
        out.push_back(std::move(state));
        from = to + 1;
    }
    return out;
}

incidents::IncidentQuery query_from(Parameters& parameters, base::Clearance const& clearance) {
    incidents::IncidentQuery query;
    query.clearance = clearance;
    query.states = parameters.parsed("state", 200, "must be states with commas between", parse_incident_states)
                       .value_or(query.states);
    query.open = parameters.boolean("open");
    query.severity =
        parameters.parsed("severity", 10, "must be low, medium, high or critical", findings::parse_severity);
    query.rsit_class = parameters.text("class", 100);
    query.rsit_type = parameters.text("type", 100);
    auto const lead = parameters.parsed("lead", 36, "must be a person's id or none",
                                        or_none([](std::string const& text) { return base::Uuid::parse(text); }));
    query.without_lead = lead && std::holds_alternative<events::None>(*lead);
    if (lead && !query.without_lead) query.lead = std::get<base::Uuid>(*lead);
    auto const sector = parameters.parsed("sector", 64, sector_rule, or_none(parse_sector));
    query.without_sector = sector && std::holds_alternative<events::None>(*sector);
    if (sector && !query.without_sector) query.sector = std::get<std::string>(*sector);
    query.tag = parameters.text("tag", 64);
    query.observable = parameters.parsed("observable", longest_observable, observable_rule, incidents::observable_name);
    query.with_merged = parameters.boolean("merged").value_or(false);
    query.search = parameters.text("search", 200).value_or("");
    query.sort = parameters
                     .parsed("sort", 20, "must be changed_at, opened_at or severity, with - before it for descending",
                             parse_incident_sort)
                     .value_or(query.sort);
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    return query;
}

net::Response list(net::Request const& request, Caller const& caller, Casework const& casework) {
    Parameters parameters(request);
    auto const query = query_from(parameters, caller.actor.clearance);
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = casework.room.list(query);
    if (!page) return refusal(page.error());
    if (auto const told = casework.view.account(caller.actor, page->items); !told) return refusal(told.error());
    auto names = casework.view.names();
    Json items = Json::array(), states = Json::object();
    for (auto const& each : page->items) {
        auto const into = each.merged_into ? page->merged_into.find(*each.merged_into) : page->merged_into.end();
        auto const brief = into == page->merged_into.end() ? std::nullopt : std::optional(into->second);
        items.push_back(casework.view.full(each, brief, names));
    }
    for (auto const& state : incidents::Life::shipped().states()) {
        auto const found = page->states.find(state.id);
        states[state.id] = count(found == page->states.end() ? std::int64_t{0} : found->second);
    }
    return reply({{"items", std::move(items)},
                  {"next", or_null(page->next)},
                  {"total", count(page->total)},
                  {"states", std::move(states)},
                  {"open", count(page->open)}});
}

net::Response open(net::Request const& request, Caller const& caller, Casework const& casework) {
    incidents::IncidentContent content;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            content = incident_from(json, "", casework.team(), problems);
        }))
        return std::move(*refused);
    return casework.answer(casework.room.open_one(std::move(content), caller.actor), caller, net::Status::created);
}

net::Response change(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const before = casework.find(request, caller);
    if (!before) return refusal(before.error());
    if (auto refused = casework.stale(request, caller, *before)) return std::move(*refused);
    incidents::IncidentContent content;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            content = incident_from(json, "", casework.team(), problems);
        }))
        return std::move(*refused);
    return casework.answer(casework.room.change(before->id, before->record.version, std::move(content), caller.actor),
                           caller);
}

net::Response take_step(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const before = casework.find(request, caller);
    if (!before) return refusal(before.error());
    if (auto refused = casework.stale(request, caller, *before)) return std::move(*refused);
    std::string to, reason;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            Members members(json, "", problems);
            to = members.text("to", Need::required).value_or("");
            reason = members.text("reason", Need::optional).value_or("");
            members.refuse_others();
        }))
        return std::move(*refused);
    return casework.answer(casework.room.take_step(before->id, before->record.version, to, reason, caller.actor),
                           caller);
}

net::Response timeline(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const incident = casework.find(request, caller);
    if (!incident) return refusal(incident.error());
    Parameters parameters(request);
    auto const cursor = parameters.cursor();
    auto const limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = casework.room.timeline(incident->id, cursor, limit, caller.actor.clearance);
    if (!page) return refusal(page.error());
    if (auto const told = casework.view.account(caller.actor, {*incident}); !told) return refusal(told.error());
    return reply(casework.view.entries(*page));
}

net::Response write(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const incident = casework.find(request, caller);
    if (!incident) return refusal(incident.error());
    incidents::EntryContent content;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            Members members(json, "", problems);
            members.choice("kind", "must be happened, done, said or note", Need::required,
                           [&](std::string const& text) {
                               auto const kind = incidents::parse_entry_kind(text);
                               return assign(content.kind, kind) && incidents::is_a_persons(*kind);
                           });
            content.text = members.text("text", Need::required).value_or("");
            take_moment(members, "at", content.at);
            members.refuse_others();
        }))
        return std::move(*refused);
    auto const entry = casework.room.write(incident->id, std::move(content), caller.actor);
    if (!entry) return refusal(entry.error());
    auto names = casework.view.names();
    return reply(IncidentView::entry(*entry, names), net::Status::created);
}

net::Response check(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const incident = casework.find(request, caller);
    if (!incident) return refusal(incident.error());
    std::string const step(request.parameter("step"));
    if (incidents::Playbooks::shipped().step(step) == nullptr) return refusal(base::not_found("no such step"));
    incidents::CheckState state{};
    std::string note;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            Members members(json, "", problems);
            members.choice("state", "must be open, done or left_out", Need::required,
                           [&](std::string const& text) { return assign(state, incidents::parse_check_state(text)); });
            note = members.text("note", Need::optional).value_or("");
            members.refuse_others();
        }))
        return std::move(*refused);
    auto const checked = casework.room.check(incident->id, step, state, std::move(note), caller.actor);
    return checked ? casework.answer(incident->id, caller) : refusal(checked.error());
}

net::Response link(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const incident = casework.find(request, caller);
    if (!incident) return refusal(incident.error());
    incidents::LinkKind kind{};
    std::string other;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            Members members(json, "", problems);
            members.choice("kind", "must be duplicate, related, caused_by or causes", Need::required,
                           [&](std::string const& text) { return assign(kind, incidents::parse_link_kind(text)); });
            other = members.text("incident", Need::required).value_or("");
            members.refuse_others();
        }))
        return std::move(*refused);
    auto const found = incident_told(casework.room, other, caller.actor.clearance);
    if (!found) return refusal(found.error());
    auto const linked = casework.room.link(incident->id, kind, found->id, caller.actor);
    return linked ? casework.answer(incident->id, caller) : refusal(linked.error());
}

net::Response unlink(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const incident = casework.find(request, caller);
    if (!incident) return refusal(incident.error());
    auto const id = incidents::LinkId::parse(request.parameter("link"));
    if (!id) return refusal(base::not_found("no such link"));
    auto const unlinked = casework.room.unlink(incident->id, *id, caller.actor);
    return unlinked ? casework.answer(incident->id, caller) : refusal(unlinked.error());
}

net::Response merge(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const before = casework.find(request, caller);
    if (!before) return refusal(before.error());
    if (auto refused = casework.stale(request, caller, *before)) return std::move(*refused);
    std::string into, reason;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            Members members(json, "", problems);
            into = members.text("into", Need::required).value_or("");
            reason = members.text("reason", Need::optional).value_or("");
            members.refuse_others();
        }))
        return std::move(*refused);
    auto const other = incident_told(casework.room, into, caller.actor.clearance);
    if (!other) return refusal(other.error());
    return casework.answer(casework.room.merge(before->id, before->record.version, other->id, reason, caller.actor),
                           caller);
}

net::Response unmerge(net::Request const& request, Caller const& caller, Casework const& casework) {
    auto const before = casework.find(request, caller);
    if (!before) return refusal(before.error());
    if (auto refused = casework.stale(request, caller, *before)) return std::move(*refused);
    return casework.answer(casework.room.unmerge(before->id, before->record.version, caller.actor), caller);
}

}  // namespace

void add_incident_routes(GuardedRouter& router, incidents::Incidents& room, IncidentView const& view,
                         History const& history) {
    using net::Method;
    std::string const all = "/api/v1/incidents";
    Casework const casework{room, view, history};
    using Handler = net::Response (*)(net::Request const&, Caller const&, Casework const&);
    auto const add = [&](Method method, std::string const& path, Handler handler) {
        router.add(method, all + path, [casework, handler](net::Request const& request, Caller const& caller) {
            return handler(request, caller, casework);
        });
    };
    add(Method::get, "", list);
    add(Method::post, "", open);
    router.add(Method::get, all + "/vocabulary",
               [](net::Request const&, Caller const&) { return reply(incident_vocabulary()); });
    add(Method::get, "/{id}", [](net::Request const& request, Caller const& caller, Casework const& cases) {
        return cases.answer(cases.find(request, caller), caller);
    });
    add(Method::put, "/{id}", change);
    add(Method::post, "/{id}/steps", take_step);
    add(Method::get, "/{id}/entries", timeline);
    add(Method::post, "/{id}/entries", write);
    add(Method::put, "/{id}/playbook/{step}", check);
    add(Method::post, "/{id}/links", link);
    add(Method::remove, "/{id}/links/{link}", unlink);
    add(Method::post, "/{id}/merge", merge);
    add(Method::remove, "/{id}/merge", unmerge);
}

}  // namespace kula::api
