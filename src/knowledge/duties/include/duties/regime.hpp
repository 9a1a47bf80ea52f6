#pragma once
/// @file
/// Reporting regimes: who must report what kind of incident, to whom, in which stages, by when, and with what content.
///
/// Data: `data/regimes`, one file a regime, every rule with its article; what forms ask stands once for all of them, in
/// `questions.json`. What a regime makes of an incident is in `duties/clocks.hpp`. Immutable; safe from any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"

namespace kula::duties {

/// What a report is of. Only an incident that is significant must be reported (NIS2 Art. 23); the others may be (Art.
/// 30).
enum class Notice : std::uint8_t {
    incident,
    near_miss,  ///< NIS2 Art. 6(5).
    threat,     ///< A cyber threat, NIS2 Art. 6(10).
    voluntary,  ///< An incident that need not be reported.
};
std::string_view to_text(Notice notice);
std::optional<Notice> parse_notice(std::string_view text);

/// Who has to do it.
enum class Owner : std::uint8_t {
    entity,
    csirt,  ///< We.
};
std::string_view to_text(Owner owner);
std::optional<Owner> parse_owner(std::string_view text);

/// What has happened in an incident, as far as a clock cares.
enum class FactKind : std::uint8_t {
    became_aware,  ///< The entity, of an incident that is significant.
    received,      ///< A stage's report, by the CSIRT.
    submitted,     ///< A stage's report, or what else the stage is: an answer, a relay.
    requested,     ///< A stage that is done on request.
    cross_border,  ///< It is known to concern other states.
    ongoing,       ///< Somebody says that it goes on.
    handled,
    reopened,
};
std::string_view to_text(FactKind kind);
std::optional<FactKind> parse_fact_kind(std::string_view text);
/// Facts of a stage: received, submitted, requested.
bool is_of_stage(FactKind kind);

/// What a clock begins with: a fact, of that stage.
struct Trigger {
    FactKind kind = FactKind::became_aware;
    std::string stage{};  ///< Of facts of a stage, and only of those.
    friend bool operator==(Trigger const&, Trigger const&) = default;
};
/// `became_aware`, `submitted:notification`.
std::string to_text(Trigger const& trigger);

enum class PeriodUnit : std::uint8_t { hours, working_days, months };

struct Period {
    PeriodUnit unit = PeriodUnit::hours;
    int count = 0;  ///< 1 to 10,000.
    friend bool operator==(Period const&, Period const&) = default;
};

/// One way in which a stage falls due.
struct Rule {
    std::string article{};
    std::vector<std::string> entities{};  ///< Kinds of entities that it is for; empty: all.
    bool if_ongoing = false;              ///< Only where the incident goes on at `Regime::ongoing_at`.
    Trigger from{};
    std::optional<Period> within{};  ///< Absent: without undue delay.
};

/// Something with a name.
struct Term {
    std::string id{};
    base::Text name{};
};

enum class QuestionKind : std::uint8_t { text, choice, number, datetime, yes_no };
std::string_view to_text(QuestionKind kind);
std::optional<QuestionKind> parse_question_kind(std::string_view text);

struct Question {
    std::string id{};
    QuestionKind kind = QuestionKind::text;
    bool required = false;
    base::Text label{};
    base::Text hint{};            ///< May be empty.
    std::vector<Term> choices{};  ///< Of a choice: two at least.
};

/// A report, or what the CSIRT has to do about it.
struct Stage {
    std::string id{};
    base::Text name{};
    Owner owed_by = Owner::entity;
    std::vector<Notice> notices{};           ///< It is a stage of these.
    std::vector<std::string> to{};           ///< Recipients.
    std::vector<std::string> also_met_by{};  ///< Stages that leave nothing to be said in this one.
    std::vector<Rule> rules{};               ///< The first that applies holds. None: nobody must.
    std::vector<Question> questions{};       ///< In the order of the form; ids once each.
};

/// Which incidents must be reported.
struct Threshold {
    std::string article{};
    base::Text text{};
};

struct Regime {
    std::string id{};
    int version = 1;              ///< Of the data: counts its changes.
    std::string country{};        ///< Whose calendar holds (`calendar_countries`); empty: that of whoever applies it.
    bool to_be_confirmed = true;  ///< A template that the authority has not confirmed; must be told where it is used.
    base::Text name{}, source{}, note{};
    std::vector<Term> who_must{};    ///< Kinds of entities.
    std::vector<Term> recipients{};  ///< By role.
    std::vector<Threshold> thresholds{};
    /// A period that is not of hours and ends on a day that is not worked ends with the next one that is.
    bool rolls_to_working_day = false;
    /// When it is judged whether the incident goes on; `rules` with `if_ongoing` need it.
    std::optional<Rule> ongoing_at{};
    std::vector<Stage> stages{};  ///< In the order in which they come.

    /// Null where there is none.
    [[nodiscard]] Stage const* stage(std::string_view id) const;
};

/// `invalid` names `file`, the place in it and what must stand there. Nothing unknown may stand anywhere; all texts are
/// in all three languages; what is referred to exists. `questions` is what `data/regimes/questions.json` holds.
base::Result<Regime> parse_regime(std::string_view file, std::string_view json, std::string_view questions);

/// Those that are shipped: `nis2`, `mk`, `al`.
std::vector<Regime> const& shipped_regimes();
/// Null where none has this id.
Regime const* shipped_regime(std::string_view id);

}  // namespace kula::duties
