#include <fmt/format.h>

#include <set>

#include "gate.hpp"
#include "history.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using registry::TeamContent;

Json told(base::Text const& text) {
    Json json = Json::object();
    for (auto const language : base::languages) json[std::string(base::to_text(language))] = text.in(language);
    return json;
}

Json told(registry::Team const& team) {
    Json json = Json::object();
    auto const& content = team.content;
    for (auto const& field : registry::team_lines()) json[std::string(field.name)] = content.*field.value;
    for (auto const& field : registry::team_lists()) json[std::string(field.name)] = content.*field.value;
    for (auto const& field : registry::team_texts()) json[std::string(field.name)] = told(content.*field.value);
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

/// The members of `TeamInput`, each taken once; what is wrong or left over is kept.
class TeamReader {
public:
    explicit TeamReader(Json const& json) : json_(json) {}

    TeamContent content() {
        TeamContent out;
        for (auto const& field : registry::team_lines()) take_text(json_, field.name, "", out.*field.value);
        for (auto const& field : registry::team_lists()) take_list(field.name, out.*field.value);
        for (auto const& field : registry::team_texts()) take_languages(field.name, out.*field.value);
        auto const* const figures = member("publishes_figures");
        if (figures != nullptr && !figures->is_boolean()) wrong("publishes_figures", "must be true or false");
        if (figures != nullptr && figures->is_boolean() && figures->get<bool>())
            out.figures = registry::PublicFigures::published;
        for (auto const& [name, value] : json_.items()) {
            if (taken_.count(name) == 0) wrong(name, "is not known here");
        }
        return out;
    }
    std::vector<net::FieldProblem> problems{};

private:
    Json const* member(std::string_view name) {
        taken_.emplace(name);
        auto const found = json_.find(std::string(name));
        if (found != json_.end()) return &*found;
        wrong(std::string(name), "is required");
        return nullptr;
    }
    void take_text(Json const& object, std::string_view name, std::string const& path, std::string& target) {
        if (&object == &json_) taken_.emplace(name);
        auto const found = object.find(std::string(name));
        if (found == object.end()) return wrong(path + std::string(name), "is required");
        if (!found->is_string()) return wrong(path + std::string(name), "must be a text");
        target = found->get<std::string>();
    }
    void take_list(std::string_view name, std::vector<std::string>& target) {
        auto const* const list = member(name);
        if (list == nullptr) return;
        if (!list->is_array()) return wrong(std::string(name), "must be a list");
        for (std::size_t at = 0; at < list->size() && at < most_entries; ++at) {
            if ((*list)[at].is_string()) {
                target.push_back((*list)[at].get<std::string>());
            } else {
                wrong(fmt::format("{}[{}]", name, at), "must be a text");
            }
        }
        if (list->size() > most_entries) wrong(std::string(name), "has more than 20 entries");
    }
    void take_languages(std::string_view name, base::Text& target) {
        auto const* const text = member(name);
        if (text == nullptr) return;
        if (!text->is_object()) return wrong(std::string(name), "must be an object");
        auto const path = std::string(name) + '.';
        for (auto const language : base::languages)
            take_text(*text, base::to_text(language), path, target.in(language));
        for (auto const& [language, value] : text->items()) {
            if (!base::parse_language(language)) wrong(path + language, "is not known here");
        }
    }
    void wrong(std::string field, std::string message) {
        if (problems.size() < most_problems) problems.push_back({std::move(field), std::move(message)});
    }

    static constexpr std::size_t most_entries = 20;
    static constexpr std::size_t most_problems = 100;
    Json const& json_;
    std::set<std::string, std::less<>> taken_{};
};

net::Response replace(net::Request const& request, Caller const& caller, registry::Registry& registry,
                      History const& history) {
    auto const before = registry.team();
    if (auto refused = stale(request, caller, history, *before)) return std::move(*refused);
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    if (!json->is_object()) return refusal(std::vector<net::FieldProblem>{{"body", "must be an object"}});
    TeamReader reader(*json);
    auto content = reader.content();
    if (!reader.problems.empty()) return refusal(std::move(reader.problems));
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
