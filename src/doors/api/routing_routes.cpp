#include <variant>

#include "findings/plan.hpp"
#include "findings/routing_store.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "members.hpp"
#include "organisation_view.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "routing_input.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_messages = 200;
constexpr std::size_t most_shown_findings = 5;
constexpr auto longest_look_back = std::chrono::days(366);

Json told(findings::StoredRouting const& routing) {
    auto json = Json::parse(findings::to_json(routing.content));
    json["version"] = routing.version;
    json["changed_at"] = time_or_null(routing.changed_at);
    return json;
}

net::Response answer(findings::StoredRouting const& routing) { return reply_versioned(told(routing), routing.version); }

/// The contract's `RoutingInput` of a body, or why there is none.
std::variant<findings::RoutingContent, net::Response> content_of(Json const& json) {
    std::vector<net::FieldProblem> problems;
    auto content = routing_from(json, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    return content;
}

/// Of a finding what tells it from others.
Json told(findings::Finding const& finding) {
    return {{"id", finding.id.text()},
            {"type", finding.identity.type},
            {"problem", or_null(finding.identity.problem)},
            {"place", finding.identity.place},
            {"severity", to_text(finding.severity)},
            {"state", to_text(finding.state)}};
}

Json told(registry::Contact const& contact) {
    return {{"name", contact.name},
            {"role", contact.role},
            {"email", or_null(contact.email)},
            {"language", contact.languages.empty() ? Json() : Json(contact.languages.front())},
            {"encrypts_by", contact.openpgp ? Json("openpgp")
                            : contact.smime ? Json("smime")
                                            : Json()}};
}

Json told(findings::Waiting const& waiting) {
    return {{"until", time(waiting.until)},
            {"because", waiting.because ? to_text(*waiting.because) : "interval"},
            {"holiday", waiting.holiday ? local_text(*waiting.holiday) : Json()}};
}

class PlanView {
public:
    PlanView(findings::RoutingContent const& content, OrganisationView const& organisations)
        : content_(content), organisations_(organisations) {}

    [[nodiscard]] Json plan(findings::Plan const& plan) const {
        std::size_t to_tell = 0, waiting = 0;
        Json messages = Json::array();
        for (auto const& each : plan.messages) {
            to_tell += each.findings.size();
            if (each.waits) waiting += each.findings.size();
            if (messages.size() < most_messages) messages.push_back(message(each));
        }
        Json not_told = Json::array();
        for (auto const& each : plan.not_told) {
            Json samples = Json::array();
            for (auto const& finding : each.samples) samples.push_back(told(finding));
            not_told.push_back({{"why", to_text(each.why)},
                                {"rule", rule(each.rule)},
                                {"findings", each.findings},
                                {"samples", std::move(samples)}});
        }
        return {{"at", time(plan.at)},
                {"findings", plan.findings},
                {"to_tell", to_tell},
                {"waiting", waiting},
                {"message_total", plan.messages.size()},
                {"is_whole", plan.is_whole},
                {"messages", std::move(messages)},
                {"not_told", std::move(not_told)}};
    }

private:
    [[nodiscard]] Json rule(std::optional<std::size_t> number) const {
        if (!number) return nullptr;
        return {{"number", *number + 1}, {"name", local_text(content_.rules[*number].name)}};
    }
    [[nodiscard]] Json message(findings::PlannedMessage const& message) const {
        Json recipients = Json::array();
        for (auto const& contact : message.recipients) recipients.push_back(told(contact));
        Json shown = Json::array();
        for (auto const& each : message.findings) {
            if (shown.size() == most_shown_findings) break;
            auto json = told(each.finding);
            json["why"] = to_text(each.why);
            shown.push_back(std::move(json));
        }
        auto const& by = content_.rules[message.rule];
        Json channels = Json::array();
        for (auto const channel : by.channels) channels.push_back(to_text(channel));
        return {{"organisation", organisations_.reference(message.organisation)},
                {"rule", rule(message.rule)},
                {"deed", to_text(message.deed)},
                {"side", to_text(message.side)},
                {"after_days", message.rung ? Json(by.ladder[*message.rung].after.count()) : Json()},
                {"counts", to_text(by.counts)},
                {"channels", std::move(channels)},
                {"recipients", std::move(recipients)},
                {"language", by.language ? Json(base::to_text(*by.language)) : Json()},
                {"attachment", to_text(by.attachment)},
                {"waits", message.waits ? told(*message.waits) : Json()},
                {"findings", message.findings.size()},
                {"samples", std::move(shown)}};
    }

    findings::RoutingContent const& content_;
    OrganisationView const& organisations_;
};

/// What stands against replacing the rules as they were just read.
std::optional<net::Response> stale(net::Request const& request, Caller const& caller, History const& history,
                                   findings::StoredRouting const& routing) {
    return history.precondition(request, caller,
                                {"routing:", routing.version, [&] { return base::Result<Json>(told(routing)); }});
}

net::Response replace(net::Request const& request, Caller const& caller, findings::RoutingStore& store,
                      History const& history) {
    auto const before = store.stored();
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, history, *before)) return std::move(*refused);
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    auto content = content_of(*json);
    if (auto* const refused = std::get_if<net::Response>(&content)) return std::move(*refused);
    auto const after =
        store.replace(before->version, std::get<findings::RoutingContent>(std::move(content)), caller.actor);
    if (!after && after.error().fault == base::Fault::conflict) {
        auto const present = store.stored();
        if (present) {
            if (auto refused = stale(request, caller, history, *present)) return std::move(*refused);
        }
    }
    return after ? answer(*after) : refusal(after.error());
}

}  // namespace

void add_routing_routes(GuardedRouter& router, findings::RoutingStore& store, findings::Findings const& findings,
                        registry::Registry const& registry, OrganisationView const& organisations,
                        History const& history, base::Clock const& clock) {
    router.add(net::Method::get, "/api/v1/routing", [&](net::Request const&, Caller const&) {
        auto const routing = store.stored();
        return routing ? answer(*routing) : refusal(routing.error());
    });
    router.add(net::Method::put, "/api/v1/routing", [&](net::Request const& request, Caller const& caller) {
        return replace(request, caller, store, history);
    });
    router.add(net::Method::post, "/api/v1/routing/plan", [&](net::Request const& request, Caller const&) {
        if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
        auto const json = parse_body(request);
        if (!json) return refusal(json.error());
        std::vector<net::FieldProblem> problems;
        Members members(*json, "", problems);
        findings::PlanQuery query{.at = clock.now()};
        auto const* const wanted = members.any("routing", Need::optional);
        members.choice("received_since", "must be a time in UTC (RFC 3339) of the last year", Need::optional,
                       [&](std::string const& text) {
                           query.received_since = base::parse_instant(text);
                           return query.received_since && *query.received_since > query.at - longest_look_back;
                       });
        members.refuse_others();
        if (!problems.empty()) return refusal(std::move(problems));
        auto const stored = store.stored();
        if (!stored) return refusal(stored.error());
        auto content = stored->content;
        if (wanted != nullptr && !wanted->is_null()) {
            auto told = content_of(*wanted);
            if (auto* const refused = std::get_if<net::Response>(&told)) return std::move(*refused);
            auto correct = checked(std::get<findings::RoutingContent>(std::move(told)));
            if (!correct) return refusal(correct.error());
            content = std::move(*correct);
        }
        auto const plan = findings::make_plan(content, findings, registry, query);
        if (!plan) return refusal(plan.error());
        return reply(PlanView(content, organisations).plan(*plan));
    });
}

}  // namespace kula::api
