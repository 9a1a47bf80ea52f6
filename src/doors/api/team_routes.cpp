#include "gate.hpp"
#include "history.hpp"
#include "members.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using registry::TeamContent;

Json told(registry::Team const& team) {
    Json json = Json::object();
    auto const& content = team.content;
    for (auto const& field : registry::team_lines()) json[std::string(field.name)] = content.*field.value;
    for (auto const& field : registry::team_lists()) json[std::string(field.name)] = content.*field.value;
    for (auto const& field : registry::team_texts()) json[std::string(field.name)] = local_text(content.*field.value);
    json["publishes_figures"] = content.figures == registry::PublicFigures::published;
    json["missing"] = registry::missing(content);
    json["version"] = team.version;
    json["changed_at"] = time_or_null(team.changed_at);
    return json;
}

net::Response answer(registry::Team const& team) { return reply_versioned(told(team), team.version); }

/// What stands against replacing the team's record as it was just read.
std::optional<net::Response> stale(net::Request const& request, Caller const& caller, History const& history,
                                   registry::Team const& team) {
    return history.precondition(request, caller,
                                {"team:", team.version, [&] { return base::Result<Json>(told(team)); }});
}

constexpr std::size_t most_entries = 20;

/// The contract's `TeamInput`; what is wrong with it goes to `problems`.
TeamContent content_from(Json const& json, std::vector<net::FieldProblem>& problems) {
    TeamContent out;
    Members members(json, "", problems);
    for (auto const& field : registry::team_lines())
        out.*field.value = members.text(field.name, Need::required).value_or("");
    for (auto const& field : registry::team_lists())
        out.*field.value = members.texts(field.name, most_entries, Need::required);
    for (auto const& field : registry::team_texts()) {
        auto const* const text = members.any(field.name, Need::required);
        if (text == nullptr) continue;
        Members each(*text, members.path(field.name), problems);
        for (auto const language : base::languages)
            (out.*field.value).in(language) = each.text(base::to_text(language), Need::required).value_or("");
        each.refuse_others();
    }
    if (members.flag("publishes_figures", Need::required)) out.figures = registry::PublicFigures::published;
    members.pass_over({"missing", "version", "changed_at"});
    members.refuse_others();
    return out;
}

net::Response replace(net::Request const& request, Caller const& caller, registry::Registry& registry,
                      History const& history) {
    auto const before = registry.team();
    if (auto refused = stale(request, caller, history, *before)) return std::move(*refused);
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    auto content = content_from(*json, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    auto const after = registry.replace_team(before->version, std::move(content), caller.actor);
    if (!after && after.error().fault == base::Fault::conflict) {
        if (auto refused = stale(request, caller, history, *registry.team())) return std::move(*refused);
    }
    return after ? answer(*after) : refusal(after.error());
}

}  // namespace

void add_team_routes(GuardedRouter& router, registry::Registry& registry, History const& history) {
    router.add(net::Method::get, "/api/v1/team",
               [&](net::Request const&, Caller const&) { return answer(*registry.team()); });
    router.add(net::Method::put, "/api/v1/team", [&](net::Request const& request, Caller const& caller) {
        return replace(request, caller, registry, history);
    });
}

}  // namespace kula::api
