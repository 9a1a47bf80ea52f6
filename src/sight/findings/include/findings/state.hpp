#pragma once
/// @file
/// The life of a finding: its states, and who may take it from which to which. Pure.
///
///     open ─► notified ─► seen ─► acknowledged ─► claimed_fixed ─► verified ─► reopened ─► notified …
///
/// States may be left out on the way. Beside it stand `help_needed` (its owner asks the team), `accepted_risk` (until a
/// date), `not_ours` (back to attribution) and `false_positive`.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kula::findings {

enum class State : std::uint8_t {
    open,
    notified,        ///< Its owner was told.
    seen,            ///< Its owner looked at it.
    acknowledged,    ///< Its owner takes care of it.
    help_needed,     ///< Its owner cannot do it alone.
    claimed_fixed,   ///< Its owner says that it is gone; nothing has shown it yet.
    verified,        ///< No source that showed it does any more.
    reopened,        ///< It was gone, or said to be, and is there again; or its risk is accepted no longer.
    accepted_risk,   ///< Known and left as it is, until a date.
    not_ours,        ///< The owner is another: back to attribution.
    false_positive,  ///< There is no such problem.
};
inline constexpr std::array all_states{State::open,         State::notified,      State::seen,
                                       State::acknowledged, State::help_needed,   State::claimed_fixed,
                                       State::verified,     State::reopened,      State::accepted_risk,
                                       State::not_ours,     State::false_positive};

/// As stored and as in the API.
std::string_view to_text(State state);
std::optional<State> parse_state(std::string_view text);

/// Who takes a step.
enum class Party : std::uint8_t {
    team,      ///< Of the national CSIRT.
    owner,     ///< Of the organisation, or one above it.
    sender,    ///< Whoever tells the owner, and learns that it was looked at.
    evidence,  ///< What sources show, or show no more.
    clock,     ///< A date that was set has come.
};

/// The whole table of transitions; a step from a state to itself is none, but for another date of an accepted risk.
bool may_go(State from, State to, Party party);
/// All that may follow, in the order of `State`.
std::vector<State> next_states(State from, Party party);

/// Somebody still has to do something about it.
constexpr bool is_open(State state) {
    return state == State::open || state == State::notified || state == State::seen || state == State::acknowledged ||
           state == State::help_needed || state == State::reopened;
}
/// A step to it by a person tells why.
constexpr bool needs_reason(State to, Party party) {
    return to == State::accepted_risk || to == State::not_ours || to == State::false_positive ||
           (to == State::reopened && party == Party::team);
}

}  // namespace kula::findings
