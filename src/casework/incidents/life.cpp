#include "incidents/life.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "shipped_data.hpp"
#include "told_data.hpp"

namespace kula::incidents {
namespace {

LifeState state_from(Told const& told) {
    return {told.value("id", ""), text_of(told.at("name")), told.at("open").get<bool>(),
            told.at("needs_reason").get<bool>(), told.at("next").get<std::vector<std::string>>()};
}

base::Result<std::vector<SeverityLevel>> severities_from(Told const& told) {
    std::vector<SeverityLevel> out;
    for (auto const& each : told.at("severities")) {
        auto const id = each.value("id", "");
        auto const severity = findings::parse_severity(id);
        if (!severity || static_cast<std::size_t>(*severity) != out.size())
            return base::invalid(fmt::format("severities: `{}` is not the next one", id));
        SeverityLevel level{*severity, text_of(each.at("name")), text_of(each.at("means")),
                            each.at("national_level").get<int>()};
        if (!is_whole(level.name) || !is_whole(level.means))
            return base::invalid(fmt::format("severities: `{}` is not in every language", id));
        if (level.national_level < 1 || level.national_level > 5)
            return base::invalid(fmt::format("severities: `{}` has a national level that is not from 1 to 5", id));
        out.push_back(std::move(level));
    }
    if (out.size() != static_cast<std::size_t>(Severity::critical) + 1)
        return base::invalid("severities: are not all there");
    return out;
}

}  // namespace

base::Result<Life> Life::parse(std::string_view json) {
    return read_json(json, [](Told const& told) -> base::Result<Life> {
        Life out;
        std::set<std::string> reached;
        for (auto const& each : told.at("states")) {
            auto state = state_from(each);
            if (auto wrong = objection("states", out.states_, state.id, state.name)) return std::move(*wrong);
            if (out.states_.empty()) reached.insert(state.id);
            reached.insert(state.next.begin(), state.next.end());
            out.states_.push_back(std::move(state));
        }
        if (out.states_.empty()) return base::invalid("states: are none");
        for (auto const& id : reached) {
            if (out.find(id) == nullptr)
                return base::invalid(fmt::format("states: one leads to `{}`, which is none", id));
        }
        for (auto const& state : out.states_) {
            if (!reached.contains(state.id))
                return base::invalid(fmt::format("states: nothing leads to `{}`", state.id));
        }
        return out;
    });
}

Life const& Life::shipped() {
    static Life const life = parse(shipped_data("incidents/life.json")).value();
    return life;
}

LifeState const* Life::find(std::string_view id) const { return named(states_, id); }

bool Life::may_go(std::string_view from, std::string_view to) const {
    auto const* const state = find(from);
    return state != nullptr && std::find(state->next.begin(), state->next.end(), to) != state->next.end();
}

base::Result<std::vector<SeverityLevel>> parse_severities(std::string_view json) {
    return read_json(json, severities_from);
}

std::vector<SeverityLevel> const& shipped_severities() {
    static auto const levels = parse_severities(shipped_data("incidents/severity.json")).value();
    return levels;
}

}  // namespace kula::incidents
