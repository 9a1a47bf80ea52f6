#include "duties/clocks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "period.hpp"

namespace kula::duties {
namespace {

using base::Instant;

constexpr std::array<std::string_view, 6> clock_states{"not_needed", "waiting", "running",
                                                       "overdue",    "met",     "met_late"};

bool contains(std::vector<std::string> const& ids, std::string const& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// What a stage was until it was met, or is now. A clock that is met stays as it was: later facts are not seen.
struct Course {
    Fact const* requested = nullptr;  ///< Of what is done on request.
    Fact const* met = nullptr;
    Instant seen_until{};
};

class Reckoning {
public:
    Reckoning(Regime const& regime, ReportedMatter const& matter, WorkingCalendar const& calendar, Instant now)
        : regime_(regime), matter_(matter), calendar_(calendar), now_(now) {
        for (auto const& fact : matter.facts) {
            if (fact.at <= now) facts_.push_back(&fact);
        }
        std::stable_sort(facts_.begin(), facts_.end(), [](Fact const* a, Fact const* b) { return a->at < b->at; });
    }

    [[nodiscard]] Clock clock_of(Stage const& stage) const {
        Clock clock{stage.id, stage.owed_by};
        auto const course = course_of(stage);
        auto const* const rule = rule_of(stage, course.seen_until);
        if (rule != nullptr) {
            clock.article = rule->article;
            clock.starts_with = rule->from;
            if (auto const* const start = start_of(*rule, course)) {
                clock.started_by = *start;
                clock.due_at = due(*rule, *start);
            }
        }
        if (course.met != nullptr) clock.met_at = course.met->at;
        clock.state = state_of(clock);
        if (clock.state == ClockState::running && clock.due_at) {
            std::chrono::duration<double> const left = *clock.due_at - now_, all = *clock.due_at - clock.started_by->at;
            clock.share_left = all.count() > 0 ? left / all : 0;
        }
        return clock;
    }

private:
    [[nodiscard]] Course course_of(Stage const& stage) const {
        Course course{nullptr, nullptr, now_};
        for (auto const* const fact : facts_) {
            if (requests(*fact, stage) && (!course.requested || course.met)) {
                course = {fact, nullptr, now_};
            } else if (submits(*fact, stage) && !course.met) {
                course.met = fact;
                course.seen_until = fact->at;
            }
        }
        return course;
    }

    static bool requests(Fact const& fact, Stage const& stage) {
        return fact.kind == FactKind::requested && fact.stage == stage.id;
    }

    static bool submits(Fact const& fact, Stage const& stage) {
        return fact.kind == FactKind::submitted && (fact.stage == stage.id || contains(stage.also_met_by, fact.stage));
    }

    [[nodiscard]] Rule const* rule_of(Stage const& stage, Instant seen_until) const {
        if (stage.owed_by == Owner::entity && matter_.entity.empty()) return nullptr;
        for (auto const& rule : stage.rules) {
            if (!rule.entities.empty() && !contains(rule.entities, matter_.entity)) continue;
            if (!rule.if_ongoing || is_ongoing(seen_until)) return &rule;
        }
        return nullptr;
    }

    /// When it is judged whether the incident goes on, where that is known yet.
    [[nodiscard]] std::optional<Instant> judged_at(Instant seen_until) const {
        auto const* const start = first(regime_.ongoing_at->from, seen_until);
        return start == nullptr ? std::nullopt : due(*regime_.ongoing_at, *start);
    }

    /// It goes on where it had not been handled by then, and somebody said so or it was handled later.
    [[nodiscard]] bool is_ongoing(Instant seen_until) const {
        auto const judged = judged_at(seen_until).value_or(seen_until);
        bool is_handled = false, is_told = false;
        for (auto const* const fact : facts_) {
            if (fact->at > seen_until) break;
            if (fact->kind == FactKind::handled && fact->at <= judged) is_handled = true;
            if (goes_on(*fact) && fact->at <= judged) is_handled = false;
            is_told = is_told || goes_on(*fact) || fact->kind == FactKind::handled || reports_progress(*fact);
        }
        return is_told && !is_handled;
    }

    static bool goes_on(Fact const& fact) { return fact.kind == FactKind::ongoing || fact.kind == FactKind::reopened; }

    /// Of a stage that there is only while an incident goes on.
    [[nodiscard]] bool reports_progress(Fact const& fact) const {
        if (fact.kind != FactKind::submitted) return false;
        auto const& rules = regime_.stage(fact.stage)->rules;
        return !rules.empty() &&
               std::all_of(rules.begin(), rules.end(), [](Rule const& rule) { return rule.if_ongoing; });
    }

    [[nodiscard]] Fact const* start_of(Rule const& rule, Course const& course) const {
        if (rule.from.kind == FactKind::requested) return course.requested;
        if (rule.from.kind == FactKind::handled) return handling(rule, course.seen_until);
        if (rule.from.kind != FactKind::received) return first(rule.from, course.seen_until);
        auto const* const received = first_of_stage(FactKind::received, rule.from.stage, course.seen_until);
        return received != nullptr ? received : first_of_stage(FactKind::submitted, rule.from.stage, course.seen_until);
    }

    [[nodiscard]] Fact const* first(Trigger const& trigger, Instant seen_until) const {
        for (auto const* const fact : facts_) {
            if (fact->at > seen_until) break;
            if (fact->kind == trigger.kind && fact->stage == trigger.stage) return fact;
        }
        return nullptr;
    }

    /// Of the stage, or of one that meets it.
    [[nodiscard]] Fact const* first_of_stage(FactKind kind, std::string const& id, Instant seen_until) const {
        auto const& stage = *regime_.stage(id);
        for (auto const* const fact : facts_) {
            if (fact->at > seen_until) break;
            if (fact->kind == kind && (fact->stage == id || contains(stage.also_met_by, fact->stage))) return fact;
        }
        return nullptr;
    }

    /// The handling that its report counts from: the first that nobody took back before the report was due.
    [[nodiscard]] Fact const* handling(Rule const& rule, Instant seen_until) const {
        auto const after = rule.if_ongoing ? judged_at(seen_until) : std::nullopt;
        Fact const* handled = nullptr;
        for (auto const* const fact : facts_) {
            if (fact->at > seen_until) break;
            if (fact->kind == FactKind::handled && handled == nullptr && (!after || fact->at > *after)) handled = fact;
            if (goes_on(*fact) && handled != nullptr && fact->at <= due(rule, *handled).value_or(fact->at))
                handled = nullptr;
        }
        return handled;
    }

    [[nodiscard]] std::optional<Instant> due(Rule const& rule, Fact const& start) const {
        if (start.kind == FactKind::requested && start.wanted_by) return start.wanted_by;
        if (!rule.within) return std::nullopt;
        return end_of_period(*rule.within, start.at, calendar_, regime_.rolls_to_working_day);
    }

    [[nodiscard]] ClockState state_of(Clock const& clock) const {
        if (clock.met_at) return clock.due_at && *clock.met_at > *clock.due_at ? ClockState::met_late : ClockState::met;
        if (!clock.starts_with) return ClockState::not_needed;
        if (!clock.started_by) {
            auto const kind = clock.starts_with->kind;
            bool const need_never_come = kind == FactKind::requested || kind == FactKind::cross_border;
            return need_never_come ? ClockState::not_needed : ClockState::waiting;
        }
        return clock.due_at && now_ > *clock.due_at ? ClockState::overdue : ClockState::running;
    }

    Regime const& regime_;
    ReportedMatter const& matter_;
    WorkingCalendar const& calendar_;
    Instant now_;
    std::vector<Fact const*> facts_{};  // Those that have happened, in order.
};

/// Whether the regime knows such a fact.
bool is_known(Regime const& regime, Fact const& fact) {
    if (!is_of_stage(fact.kind)) return fact.stage.empty();
    auto const* const stage = regime.stage(fact.stage);
    if (stage == nullptr || fact.kind != FactKind::requested) return stage != nullptr;
    return std::any_of(stage->rules.begin(), stage->rules.end(),
                       [](Rule const& rule) { return rule.from.kind == FactKind::requested; });
}

std::optional<base::Error> problem_of(Regime const& regime, ReportedMatter const& matter) {
    auto const is_entity = [&](Term const& kind) { return kind.id == matter.entity; };
    if (!matter.entity.empty() && std::none_of(regime.who_must.begin(), regime.who_must.end(), is_entity))
        return base::invalid("entity", fmt::format("regime {} has no kind of entity {}", regime.id, matter.entity));
    for (std::size_t i = 0; i < matter.facts.size(); ++i) {
        auto const& fact = matter.facts[i];
        if (!is_known(regime, fact))
            return base::invalid(
                fmt::format("facts[{}].stage", i),
                fmt::format("regime {} has no stage {} that is {}", regime.id, fact.stage, to_text(fact.kind)));
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_text(ClockState state) { return clock_states[static_cast<std::size_t>(state)]; }

bool Clock::is_near() const { return share_left && *share_left <= 0.25; }

base::Result<std::vector<Clock>> clocks(Regime const& regime, ReportedMatter const& matter,
                                        WorkingCalendar const& calendar, Instant now) {
    if (auto const problem = problem_of(regime, matter)) return *problem;
    Reckoning const reckoning(regime, matter, calendar, now);
    std::vector<Clock> out;
    for (auto const& stage : regime.stages) {
        if (std::find(stage.notices.begin(), stage.notices.end(), matter.notice) != stage.notices.end())
            out.push_back(reckoning.clock_of(stage));
    }
    return out;
}

}  // namespace kula::duties
