#pragma once
/// @file
/// Clocks of an incident: which stages of a regime run, since when and because of what, until when, and which are met.
///
/// Periods are reckoned as Regulation (EEC, Euratom) No 1182/71 does, where decision 0040 does not say otherwise. Pure:
/// reads no clock and no database; asked again, it answers the same. Safe from any thread.

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "duties/regime.hpp"
#include "duties/working_calendar.hpp"

namespace kula::duties {

struct Fact {
    FactKind kind = FactKind::became_aware;
    base::Instant at{};                        ///< When it was so, not when it was written down.
    std::string stage{};                       ///< Of facts of a stage, and only of those.
    std::optional<base::Instant> wanted_by{};  ///< Of a request that sets a date.
    friend bool operator==(Fact const&, Fact const&) = default;
};

/// An incident, or what else is told, as far as clocks care.
struct ReportedMatter {
    Notice notice = Notice::incident;
    std::string entity{};       ///< One of `Regime::who_must`; empty: of an entity that need not report.
    std::vector<Fact> facts{};  ///< In any order.
};

enum class ClockState : std::uint8_t {
    not_needed,  ///< No rule applies, or what would start it need never come: a request, other states concerned.
    waiting,     ///< For what starts it.
    running,
    overdue,
    met,
    met_late,
};
std::string_view to_text(ClockState state);

struct Clock {
    std::string stage;
    Owner owed_by = Owner::entity;
    ClockState state = ClockState::not_needed;
    std::string article{};                  ///< Of the rule that holds; empty where none does.
    std::optional<Trigger> starts_with{};   ///< Of that rule.
    std::optional<Fact> started_by{};       ///< Whose time it runs from.
    std::optional<base::Instant> due_at{};  ///< The last moment that is in time. Absent: without undue delay.
    std::optional<base::Instant> met_at{};  ///< By the first submission.
    std::optional<double> share_left{};     ///< Of its time, while it runs towards a due moment: from 1 down to 0.

    /// It runs, and a quarter of its time or less is left.
    [[nodiscard]] bool is_near() const;
};

/// One for each stage of this notice, in the regime's order, as they stand at `now`; facts behind it have not happened.
/// - A clock starts once: with the first fact of its kind. A resend, a later one of the kind or a reopening never
/// restarts it, and
///   one that is met stays as it was then.
/// - Handling that is taken back (`reopened`, `ongoing`) before its report is due starts nothing; behind that it
///   changes nothing.
/// - A request runs until the first submission behind it; asking again meanwhile changes nothing, asking again
///   afterwards starts the clock anew.
/// `calendar` is that of the authority: of `Regime::country`, where it has one.
///
/// `invalid` where `entity` or a fact's `stage` is none of the regime's, or what is requested is not done on request.
base::Result<std::vector<Clock>> clocks(Regime const& regime, ReportedMatter const& matter,
                                        WorkingCalendar const& calendar, base::Instant now);

}  // namespace kula::duties
