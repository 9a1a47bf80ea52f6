#include "gate.hpp"
#include "incident_input.hpp"
#include "incident_view.hpp"
#include "incidents/incidents.hpp"
#include "incidents/triage.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "report_view.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using incidents::Channel;
using incidents::IncidentId;
using incidents::ReportId;

/// What serving reports needs.
struct Queue {
    incidents::Triage& triage;
    incidents::Incidents const& incidents;
    ReportView const& view;

    [[nodiscard]] net::Response answer(ReportId id, Caller const& caller, net::Status status = net::Status::ok) const {
        auto const story = triage.story(id, caller.actor.clearance);
        if (!story) return refusal(story.error());
        auto read = story->similar;
        read.push_back(story->report);
        if (auto const told = view.account(caller.actor, read); !told) return refusal(told.error());
        auto response = reply(view.story(*story), status);
        if (status == net::Status::created) response.headers.set("Location", "/api/v1/reports/" + id.text());
        return response;
    }
    [[nodiscard]] AreOfTheTeam team() const {
        return [this](base::Readers const& people) { return view.are_of_the_team(people); };
    }
};

template <class Kind>
std::optional<base::Id<Kind>> id_of(net::Request const& request) {
    return base::Id<Kind>::parse(request.parameter("id"));
}

net::Response list(net::Request const& request, Caller const& caller, Queue const& queue) {
    Parameters parameters(request);
    incidents::ReportQuery query;
    query.clearance = caller.actor.clearance;
    query.state = parameters.parsed("state", 20, "must be waiting, accepted, refused or passed_on",
                                    incidents::parse_report_state);
    query.channel = parameters.parsed("channel", 20, "must be a way in which reports come", incidents::parse_channel);
    query.group = parameters.parsed("group", 36, "must be an id", ReportId::parse);
    query.incident = parameters.parsed("incident", 36, "must be an id", IncidentId::parse);
    query.observable = parameters.parsed("observable", longest_observable, observable_rule, incidents::observable_name);
    query.newest_of_group = parameters.boolean("newest_of_group").value_or(false);
    query.search = parameters.text("search", 200).value_or("");
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = queue.triage.list(query);
    if (!page) return refusal(page.error());
    if (auto const told = queue.view.account(caller.actor, page->items); !told) return refusal(told.error());
    return reply(queue.view.page(*page));
}

/// The contract's `Reporter`.
incidents::Reporter reporter_from(Json const* json, std::vector<net::FieldProblem>& problems) {
    incidents::Reporter out;
    if (json == nullptr || json->is_null()) return out;
    Members members(*json, "reporter", problems);
    out.name = members.text("name", Need::optional).value_or("");
    out.email = members.text("email", Need::optional).value_or("");
    out.phone = members.text("phone", Need::optional).value_or("");
    members.refuse_others();
    return out;
}

/// The contract's `ReportInput`.
incidents::ReportContent report_from(Json const& json, Caller const& caller, Queue const& queue,
                                     std::vector<net::FieldProblem>& problems) {
    incidents::ReportContent out;
    Members members(json, "", problems);
    out.subject = members.text("subject", Need::optional).value_or("");
    out.text = members.text("text", Need::required).value_or("");
    out.reporter = reporter_from(members.any("reporter", Need::optional), problems);
    members.choice("organisation", "must be an organisation's id", Need::optional, [&](std::string const& text) {
        out.organisation = registry::OrganisationId::parse(text);
        return out.organisation && queue.view.knows(*out.organisation, caller.actor.clearance);
    });
    members.choice("language", "must be mk, sq or en", Need::optional, [&](std::string const& text) {
        out.language = base::parse_language(text);
        return out.language.has_value();
    });
    out.channel = caller.actor.name.starts_with("user:") ? Channel::desk : Channel::api;
    members.choice("channel", "must be a way in which reports come", Need::optional,
                   [&](std::string const& text) { return assign(out.channel, incidents::parse_channel(text)); });
    take_label(members, out.marking, out.readers, queue.team());
    take_moment(members, "received_at", out.received_at);
    members.refuse_others();
    return out;
}

net::Response receive(net::Request const& request, Caller const& caller, Queue const& queue) {
    incidents::ReportContent content;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            content = report_from(json, caller, queue, problems);
        }))
        return std::move(*refused);
    auto const received = queue.triage.receive(std::move(content), caller.actor);
    return received ? queue.answer(received->id, caller, net::Status::created) : refusal(received.error());
}

/// What the body wants, before anything is looked up.
struct Wanted {
    std::vector<ReportId> reports{};
    std::optional<ReportId> group{};
    std::optional<std::string> into{};
    incidents::Decision decision{};
};

/// The decision of this name, with the members that belong to it.
std::optional<incidents::Decision> decision_from(std::string const& name, Members& members, Queue const& queue,
                                                 Wanted& wanted, std::vector<net::FieldProblem>& problems) {
    if (name == "accept") {
        auto const* const incident = members.any("incident", Need::required);
        if (incident == nullptr) return incidents::OpenIncident{};
        return incidents::OpenIncident{incident_from(*incident, "incident", queue.team(), problems)};
    }
    if (name == "join") {
        wanted.into = members.text("into", Need::required);
        return incidents::JoinIncident{};
    }
    if (name == "refuse") return incidents::Refuse{members.text("reason", Need::required).value_or("")};
    if (name == "pass_on") {
        auto to = members.text("to", Need::required).value_or("");
        return incidents::PassOn{std::move(to), members.text("reason", Need::optional).value_or("")};
    }
    if (name == "wait_again") return incidents::WaitAgain{};
    return std::nullopt;
}

/// The contract's `ReportDecision`.
Wanted wanted_from(Json const& json, Queue const& queue, std::vector<net::FieldProblem>& problems) {
    Wanted out;
    Members members(json, "", problems);
    for (auto const& text : members.texts("reports", incidents::most_decided, Need::optional)) {
        auto const id = ReportId::parse(text);
        if (!id) members.wrong("reports", "must be ids of reports");
        if (!id) break;
        out.reports.push_back(*id);
    }
    members.choice("group", "must be an id", Need::optional, [&](std::string const& text) {
        out.group = ReportId::parse(text);
        return out.group.has_value();
    });
    if (out.reports.empty() == !out.group) members.wrong("reports", "must be told, or a group, and not both");
    members.choice("decision", "must be accept, join, refuse, pass_on or wait_again", Need::required,
                   [&](std::string const& text) {
                       return assign(out.decision, decision_from(text, members, queue, out, problems));
                   });
    members.refuse_others();
    return out;
}

net::Response decide(net::Request const& request, Caller const& caller, Queue const& queue) {
    Wanted wanted;
    if (auto refused = read_body(request, [&](Json const& json, std::vector<net::FieldProblem>& problems) {
            wanted = wanted_from(json, queue, problems);
        }))
        return std::move(*refused);
    auto const& clearance = caller.actor.clearance;
    if (wanted.group) {
        auto waiting = queue.triage.waiting_in(*wanted.group, clearance);
        if (!waiting) return refusal(waiting.error());
        if (waiting->empty()) return refusal(base::conflict("none of its group waits any more"));
        wanted.reports = std::move(*waiting);
    }
    if (wanted.into) {
        auto const into = incident_told(queue.incidents, *wanted.into, clearance);
        if (!into) return refusal(into.error());
        wanted.decision = incidents::JoinIncident{into->id};
    }
    auto const decided = queue.triage.decide(wanted.reports, wanted.decision, caller.actor);
    if (!decided) return refusal(decided.error());
    Json ids = Json::array();
    for (auto const& id : wanted.reports) ids.push_back(id.text());
    Json incident = nullptr;
    if (decided->incident) {
        auto const found = queue.incidents.find(*decided->incident, clearance);
        if (found) incident = incident_reference({found->id, found->number, found->content.title, found->state});
    }
    return reply({{"reports", std::move(ids)}, {"incident", std::move(incident)}});
}

net::Response read(net::Request const& request, Caller const& caller, Queue const& queue) {
    auto const id = id_of<incidents::Report>(request);
    return id ? queue.answer(*id, caller) : refusal(base::not_found("no such report"));
}

net::Response separate(net::Request const& request, Caller const& caller, Queue const& queue) {
    auto const id = id_of<incidents::Report>(request);
    if (!id) return refusal(base::not_found("no such report"));
    auto const separated = queue.triage.separate(*id, caller.actor);
    return separated ? queue.answer(*id, caller) : refusal(separated.error());
}

}  // namespace

void add_report_routes(GuardedRouter& router, incidents::Triage& triage, incidents::Incidents const& incidents,
                       ReportView const& view) {
    using net::Method;
    using Handler = net::Response (*)(net::Request const&, Caller const&, Queue const&);
    std::string const all = "/api/v1/reports";
    Queue const queue{triage, incidents, view};
    auto const add = [&](Method method, std::string const& path, Handler handler) {
        router.add(method, all + path, [queue, handler](net::Request const& request, Caller const& caller) {
            return handler(request, caller, queue);
        });
    };
    add(Method::get, "", list);
    add(Method::post, "", receive);
    add(Method::post, "/decisions", decide);
    add(Method::get, "/{id}", read);
    add(Method::post, "/{id}/separate", separate);
}

}  // namespace kula::api
