#include <algorithm>
#include <array>

#include "gate.hpp"
#include "history.hpp"
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
    /// By its id or its number.
    [[nodiscard]] base::Result<incidents::Incident> find(std::string const& told, Caller const& caller) const {
        if (auto const id = IncidentId::parse(told)) return room.find(*id, caller.actor.clearance);
        return room.find(told, caller.actor.clearance);
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

/// Takes a moment where one is told.
void take_moment(Members& members, std::string_view name, std::optional<base::Instant>& to) {
    members.choice(name, "must be a date and time", Need::optional,
                   [&](std::string const& text) { return (to = base::parse_instant(text)).has_value(); });
}

/// Ids of people of the team.
std::vector<base::Uuid> people_from(Members& members, std::string_view name) {
    std::vector<base::Uuid> out;
    for (auto const& text : members.texts(name, base::Readers::most, Need::optional)) {
        auto const id = base::Uuid::parse(text);
        if (!id) members.wrong(name, "must be ids of people");
        if (!id) break;
        out.push_back(*id);
    }
    return out;
}

void check_people(Members& members, std::string_view name, std::vector<base::Uuid> const& people,
                  IncidentView const& view) {
    auto const readers = base::Readers::of(people);
    auto const are_known = readers ? view.are_of_the_team(*readers) : base::Result<bool>(false);
    if (!are_known || !*are_known) members.wrong(name, "must be people of the team who are active");
}

/// The contract's `IncidentInput`; what is wrong with it goes to `problems`.
incidents::IncidentContent content_from(Json const& json, IncidentView const& view,
                                        std::vector<net::FieldProblem>& problems) {
    incidents::IncidentContent out;
    Members members(json, "", problems);
    out.title = members.text("title", Need::required).value_or("");
    out.summary = members.text("summary", Need::optional).value_or("");
    out.rsit_class = members.text("class", Need::required).value_or("");
    out.rsit_type = members.text("type", Need::required).value_or("");
    members.choice("severity", "must be low, medium, high or critical", Need::required,
                   [&](std::string const& text) { return assign(out.severity, findings::parse_severity(text)); });
    members.choice("tlp", "must be clear, green, amber, amber+strict or red", Need::optional,
                   [&](std::string const& text) { return assign(out.marking.tlp, base::parse_tlp(text)); });
    members.choice("pap", "must be clear, green, amber or red", Need::optional,
                   [&](std::string const& text) { return assign(out.marking.pap, base::parse_pap(text)); });
    auto const readers = people_from(members, "readers");
    if (!readers.empty()) {
        check_people(members, "readers", readers, view);
        out.readers = base::Readers::of(readers).value_or(base::Readers());
    }
    members.choice("lead", "must be a person's id", Need::optional, [&](std::string const& text) {
        out.lead = base::Uuid::parse(text);
        return out.lead.has_value();
    });
    if (out.lead) check_people(members, "lead", {*out.lead}, view);
    if (members.any("cross_border", Need::optional) != nullptr)
        out.is_cross_border = members.flag("cross_border", Need::optional);
    out.sectors = members.texts("sectors", incidents::most_sectors, Need::optional);
    out.services = members.texts("services", incidents::most_listed, Need::optional);
    out.tags = members.texts("tags", incidents::most_listed, Need::optional);
    out.techniques = members.texts("techniques", incidents::most_listed, Need::optional);
    take_moment(members, "happened_at", out.happened_at);
    take_moment(members, "detected_at", out.detected_at);
    members.refuse_others();
    return out;
}

/// The body's members, `take`n; what is wrong with them.
template <class Take>
std::optional<net::Response> read_body(net::Request const& request, Take take) {
    if (auto refused = other_type(request, {"application/json"})) return refused;
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    take(*json, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    return std::nullopt;
}

net::Response open(net::Request const& request, Caller const& caller, Casework const& casework) {
    incidents::IncidentContent content;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            content = content_from(json, casework.view, problems);
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
            content = content_from(json, casework.view, problems);
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
    auto const found = casework.find(other, caller);
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
    auto const other = casework.find(into, caller);
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
    add(Method::post, "/{id}/links", link);
    add(Method::remove, "/{id}/links/{link}", unlink);
    add(Method::post, "/{id}/merge", merge);
    add(Method::remove, "/{id}/merge", unmerge);
}

}  // namespace kula::api
