#include "incidents/playbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "shipped_data.hpp"
#include "told_data.hpp"

namespace kula::incidents {
namespace {

base::Result<Playbook> playbook_from(Told const& told, std::vector<PlaybookStep> const& steps) {
    Playbook out{told.value("id", ""), text_of(told.at("name")), told.at("classes").get<std::vector<std::string>>(),
                 told.at("types").get<std::vector<std::string>>()};
    std::set<std::string> known;
    for (auto const& id : told.at("steps").get<std::vector<std::string>>()) {
        auto const* const step = named(steps, id);
        if (step == nullptr || !known.insert(id).second)
            return base::invalid(fmt::format("playbooks: `{}` has a step `{}` that is none, or twice", out.id, id));
        out.steps.push_back(*step);
    }
    if (out.steps.empty()) return base::invalid(fmt::format("playbooks: `{}` has no steps", out.id));
    return out;
}

bool holds(std::vector<std::string> const& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 3> check_states{"open", "done", "left_out"};

}  // namespace

base::Result<Playbooks> Playbooks::parse(std::string_view json) {
    return read_json(json, [](Told const& told) -> base::Result<Playbooks> {
        Playbooks out;
        for (auto const& each : told.at("phases")) {
            PlaybookPhase phase{each.value("id", ""), text_of(each.at("name"))};
            if (auto wrong = objection("phases", out.phases_, phase.id, phase.name)) return std::move(*wrong);
            out.phases_.push_back(std::move(phase));
        }
        for (auto const& each : told.at("steps")) {
            PlaybookStep step{each.value("id", ""), each.value("phase", ""), text_of(each.at("text"))};
            if (auto wrong = objection("steps", out.steps_, step.id, step.text)) return std::move(*wrong);
            if (named(out.phases_, step.phase) == nullptr)
                return base::invalid(fmt::format("steps: `{}` is of no phase", step.id));
            out.steps_.push_back(std::move(step));
        }
        std::set<std::string> served;
        for (auto const& each : told.at("playbooks")) {
            auto playbook = playbook_from(each, out.steps_);
            if (!playbook) return playbook.error();
            if (auto wrong = objection("playbooks", out.playbooks_, playbook->id, playbook->name))
                return std::move(*wrong);
            for (auto const& list : {playbook->classes, playbook->types}) {
                for (auto const& word : list) {
                    if (!served.insert(word).second) return base::invalid(fmt::format("playbooks: `{}` has two", word));
                }
            }
            out.playbooks_.push_back(std::move(*playbook));
        }
        return out;
    });
}

Playbooks const& Playbooks::shipped() {
    static Playbooks const playbooks = parse(shipped_data("incidents/playbooks.json")).value();
    return playbooks;
}

Playbook const* Playbooks::of(std::string_view rsit_class, std::string_view rsit_type) const {
    Playbook const* of_class = nullptr;
    for (auto const& each : playbooks_) {
        if (holds(each.types, rsit_type)) return &each;
        if (holds(each.classes, rsit_class)) of_class = &each;
    }
    return of_class;
}

PlaybookStep const* Playbooks::step(std::string_view id) const { return named(steps_, id); }

std::string_view to_text(CheckState state) { return check_states[static_cast<std::size_t>(state)]; }

std::optional<CheckState> parse_check_state(std::string_view text) {
    auto const* const found = std::find(check_states.begin(), check_states.end(), text);
    if (found == check_states.end()) return std::nullopt;
    return static_cast<CheckState>(found - check_states.begin());
}

}  // namespace kula::incidents
