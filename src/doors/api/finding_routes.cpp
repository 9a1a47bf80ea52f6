#include <algorithm>
#include <array>

#include "finding_view.hpp"
#include "findings/findings.hpp"
#include "gate.hpp"
#include "members.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"

namespace kula::api {
namespace {

using findings::FindingId;
using findings::FindingSort;
using findings::State;

/// What the routes of this noun share; all of it outlives the router.
struct Findings {
    findings::Findings& room;
    FindingView const& view;
    OrganisationsBelow below;
    base::Clock const& clock;
};

std::optional<FindingSort> parse_sort(std::string const& text) {
    constexpr std::array names{"last_seen", "opened_at", "severity", "events", "due_at"};
    bool const is_descending = text.starts_with('-');
    for (std::size_t at = 0; at < names.size(); ++at) {
        if (text.substr(is_descending ? 1 : 0) == names[at])
            return static_cast<FindingSort>(2 * at + (is_descending ? 1 : 0));
    }
    return std::nullopt;
}

/// How far a finding came.
std::optional<State> parse_stage(std::string const& text) {
    constexpr std::array stages{State::notified, State::seen, State::acknowledged, State::claimed_fixed,
                                State::verified};
    auto const state = findings::parse_state(text);
    return state && std::find(stages.begin(), stages.end(), *state) != stages.end() ? state : std::nullopt;
}

/// Several with commas between.
std::optional<std::vector<State>> parse_states(std::string const& text) {
    std::vector<State> out;
    for (std::size_t from = 0; from <= text.size();) {
        auto const to = std::min(text.find(',', from), text.size());
        auto const state = findings::parse_state(std::string_view(text).substr(from, to - from));
        if (!state) return std::nullopt;
        out.push_back(*state);
        from = to + 1;
    }
    return out;
}

/// Sets what a query has of organisations; both findings and figures have it.
template <class Query>
void take_organisations(Parameters& parameters, Query& query, Findings const& findings,
                        std::optional<registry::OrganisationId> const& organisation) {
    if (!organisation) return;
    auto const reach = findings.below(*organisation);
    query.organisations.emplace();
    if (!reach) {
        if (reach.error().fault == base::Fault::unavailable) parameters.wrong("organisation", "cannot be looked up");
        return;
    }
    for (auto const& id : reach->organisations()) query.organisations->emplace_back(id);
}

findings::FindingQuery query_from(Parameters& parameters, Findings const& findings, base::Clearance const& clearance) {
    findings::FindingQuery query;
    query.clearance = clearance;
    query.states =
        parameters.parsed("state", 200, "must be states with commas between", parse_states).value_or(query.states);
    using Owner = events::OrNone<registry::OrganisationId>;
    auto const owner =
        parameters.parsed("organisation", 36, "must be an organisation's id or none",
                          or_none([](std::string const& text) { return registry::OrganisationId::parse(text); }));
    query.without_organisation = owner == Owner(events::None{});
    if (owner && !query.without_organisation)
        take_organisations(parameters, query, findings, std::get<registry::OrganisationId>(*owner));
    auto const sector = parameters.parsed("sector", 64, sector_rule, or_none(parse_sector));
    query.without_sector = sector && std::holds_alternative<events::None>(*sector);
    if (sector && !query.without_sector) query.sector = std::get<std::string>(*sector);
    query.rsit_class = parameters.text("class", 100);
    query.rsit_type = parameters.text("type", 100);
    query.severity =
        parameters.parsed("severity", 10, "must be low, medium, high or critical", findings::parse_severity);
    query.source = parameters.text("source", 200);
    if (query.source && !query.clearance.sees_everything()) parameters.wrong("source", "is for the team");
    query.tag = parameters.text("tag", findings::longest_tag);
    if (query.tag && !query.clearance.sees_everything()) parameters.wrong("tag", "is for the team");
    auto const now = findings.clock.now();
    if (auto const days = parameters.integer("older_than_days", 0, 3660))
        query.opened_before = now - std::chrono::days(*days);
    query.opened_from = parameters.instant("opened_from");
    query.opened_to = parameters.instant("opened_to");
    query.reached = parameters.parsed("reached", 20, "must be notified, seen, acknowledged, claimed_fixed or verified",
                                      parse_stage);
    if (parameters.boolean("overdue").value_or(false)) query.overdue_at = now;
    query.exploited = parameters.boolean("exploited").value_or(false);
    query.relapsed = parameters.boolean("relapsed").value_or(false);
    query.search = parameters.text("search", 200).value_or("");
    query.sort =
        parameters
            .parsed("sort", 20,
                    "must be last_seen, opened_at, severity, events or due_at, with - before it for descending",
                    parse_sort)
            .value_or(FindingSort::last_seen_descending);
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    return query;
}

net::Response list(net::Request const& request, Caller const& caller, Findings const& findings) {
    Parameters parameters(request);
    auto const query = query_from(parameters, findings, caller.actor.clearance);
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = findings.room.list(query);
    return page ? reply(findings.view.page(*page, caller, findings.clock.now())) : refusal(page.error());
}

base::Result<findings::FindingStory> story_of(net::Request const& request, Caller const& caller,
                                              Findings const& findings) {
    auto const id = FindingId::parse(request.parameter("id"));
    if (!id) return base::not_found("no such finding");
    return findings.room.story(*id, caller.actor.clearance);
}

net::Response read(net::Request const& request, Caller const& caller, Findings const& findings) {
    auto const story = story_of(request, caller, findings);
    if (!story) return refusal(story.error());
    return reply_versioned(findings.view.full(*story, caller, findings.clock.now()), story->finding.record.version);
}

/// `to`, `reason`, `until`.
findings::StepWanted step_from(Members& members) {
    findings::StepWanted out;
    members.choice("to", "must be a state of findings", Need::required, [&](std::string const& text) {
        auto const state = findings::parse_state(text);
        out.to = state.value_or(out.to);
        return state.has_value();
    });
    out.reason = members.text("reason", Need::optional).value_or("");
    members.choice("until", "must be a date and time", Need::optional, [&](std::string const& text) {
        out.until = base::parse_instant(text);
        return out.until.has_value();
    });
    return out;
}

net::Response take_step(net::Request const& request, Caller const& caller, Findings const& findings,
                        findings::Party party) {
    auto const story = story_of(request, caller, findings);
    if (!story) return refusal(story.error());
    if (auto refused = findings.view.precondition(request, caller, *story)) return std::move(*refused);
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    Members members(*json, "", problems);
    auto const wanted = step_from(members);
    members.refuse_others();
    if (!problems.empty()) return refusal(std::move(problems));
    auto const& before = story->finding;
    auto const taken = findings.room.take_step(before.id, before.record.version, wanted, party, caller.actor);
    if (!taken) return refusal(taken.error());
    auto const after = findings.room.story(taken->id, caller.actor.clearance);
    if (!after) return refusal(after.error());
    return reply_versioned(findings.view.full(*after, caller, findings.clock.now()), after->finding.record.version);
}

net::Response take_steps(net::Request const& request, Caller const& caller, Findings const& findings,
                         findings::Party party) {
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    Members members(*json, "", problems);
    std::vector<FindingId> ids;
    for (auto const& text : members.texts("ids", findings::most_steps, Need::required)) {
        auto const id = FindingId::parse(text);
        if (!id) members.wrong("ids", "must be ids of findings");
        if (!id) break;
        ids.push_back(*id);
    }
    auto const wanted = step_from(members);
    members.refuse_others();
    if (!problems.empty()) return refusal(std::move(problems));
    auto const taken = findings.room.take_steps(ids, wanted, party, caller.actor);
    if (!taken) return refusal(taken.error());
    Json items = Json::array();
    std::uint64_t done = 0;
    for (auto const& each : *taken) {
        if (each.finding) ++done;
        items.push_back({{"id", each.id.text()},
                         {"state", each.finding ? Json(findings::to_text(each.finding->state)) : Json(nullptr)},
                         {"version", each.finding ? Json(each.finding->record.version) : Json(nullptr)},
                         {"reason", each.finding ? Json(nullptr) : Json(each.finding.error().detail)}});
    }
    return reply({{"done", count(done)}, {"items", std::move(items)}});
}

net::Response figures(net::Request const& request, Caller const& caller, Findings const& findings) {
    Parameters parameters(request);
    findings::FiguresQuery query;
    query.clearance = caller.actor.clearance;
    query.to = parameters.instant("to").value_or(findings.clock.now());
    query.from = parameters.instant("from").value_or(query.to - std::chrono::days(12 * 7));
    take_organisations(
        parameters, query, findings,
        parameters.parsed("organisation", 36, "must be an organisation's id",
                          [](std::string const& text) { return registry::OrganisationId::parse(text); }));
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const told = findings.room.figures(query);
    return told ? reply(FindingView::figures(query, *told)) : refusal(told.error());
}

}  // namespace

void add_finding_routes(GuardedRouter& router, findings::Findings& room, FindingView const& view,
                        OrganisationsBelow below, base::Clock const& clock) {
    using findings::Party;
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/findings";
    Findings const findings{room, view, std::move(below), clock};
    router.add(Method::get, all,
               [findings](Request const& request, Caller const& caller) { return list(request, caller, findings); });
    router.add(Method::get, all + "/figures",
               [findings](Request const& request, Caller const& caller) { return figures(request, caller, findings); });
    router.add(Method::get, all + "/{id}",
               [findings](Request const& request, Caller const& caller) { return read(request, caller, findings); });
    for (auto const& [noun, party] : {std::pair("/steps", Party::team), std::pair("/answers", Party::owner)}) {
        router.add(Method::post, all + noun, [findings, as = party](Request const& request, Caller const& caller) {
            return take_steps(request, caller, findings, as);
        });
        router.add(Method::post, all + "/{id}" + noun,
                   [findings, as = party](Request const& request, Caller const& caller) {
                       return take_step(request, caller, findings, as);
                   });
    }
}

}  // namespace kula::api
