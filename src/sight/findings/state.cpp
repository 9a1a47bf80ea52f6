#include "findings/state.hpp"

namespace kula::findings {
namespace {

using Parties = std::uint8_t;
constexpr Parties of(Party party) { return static_cast<Parties>(1U << static_cast<unsigned>(party)); }
constexpr Parties team = of(Party::team), owner = of(Party::owner), sender = of(Party::sender),
                  evidence = of(Party::evidence), by_clock = of(Party::clock);

struct Transition {
    State from;
    State to;
    Parties parties;
};

/// Each pair once; what is not here is not possible.
constexpr std::array transitions{
    Transition{State::open, State::notified, team | sender},
    Transition{State::open, State::seen, owner | sender},
    Transition{State::open, State::acknowledged, team | owner},
    Transition{State::open, State::help_needed, owner},
    Transition{State::open, State::claimed_fixed, team | owner},
    Transition{State::open, State::verified, evidence},
    Transition{State::open, State::accepted_risk, team},
    Transition{State::open, State::not_ours, team | owner},
    Transition{State::open, State::false_positive, team},

    Transition{State::notified, State::seen, owner | sender},
    Transition{State::notified, State::acknowledged, team | owner},
    Transition{State::notified, State::help_needed, owner},
    Transition{State::notified, State::claimed_fixed, team | owner},
    Transition{State::notified, State::verified, evidence},
    Transition{State::notified, State::accepted_risk, team},
    Transition{State::notified, State::not_ours, team | owner},
    Transition{State::notified, State::false_positive, team},

    Transition{State::seen, State::acknowledged, team | owner},
    Transition{State::seen, State::help_needed, owner},
    Transition{State::seen, State::claimed_fixed, team | owner},
    Transition{State::seen, State::verified, evidence},
    Transition{State::seen, State::accepted_risk, team},
    Transition{State::seen, State::not_ours, team | owner},
    Transition{State::seen, State::false_positive, team},

    Transition{State::acknowledged, State::help_needed, owner},
    Transition{State::acknowledged, State::claimed_fixed, team | owner},
    Transition{State::acknowledged, State::verified, evidence},
    Transition{State::acknowledged, State::accepted_risk, team},
    Transition{State::acknowledged, State::not_ours, team | owner},
    Transition{State::acknowledged, State::false_positive, team},

    Transition{State::help_needed, State::acknowledged, team | owner},
    Transition{State::help_needed, State::claimed_fixed, team | owner},
    Transition{State::help_needed, State::verified, evidence},
    Transition{State::help_needed, State::accepted_risk, team},
    Transition{State::help_needed, State::not_ours, team | owner},
    Transition{State::help_needed, State::false_positive, team},

    // A claim may be taken back.
    Transition{State::claimed_fixed, State::acknowledged, team | owner},
    Transition{State::claimed_fixed, State::verified, evidence},
    Transition{State::claimed_fixed, State::reopened, team | evidence},
    Transition{State::claimed_fixed, State::accepted_risk, team},
    Transition{State::claimed_fixed, State::not_ours, team | owner},
    Transition{State::claimed_fixed, State::false_positive, team},

    Transition{State::verified, State::reopened, team | evidence},
    Transition{State::verified, State::false_positive, team},

    Transition{State::reopened, State::notified, team | sender},
    Transition{State::reopened, State::seen, owner | sender},
    Transition{State::reopened, State::acknowledged, team | owner},
    Transition{State::reopened, State::help_needed, owner},
    Transition{State::reopened, State::claimed_fixed, team | owner},
    Transition{State::reopened, State::verified, evidence},
    Transition{State::reopened, State::accepted_risk, team},
    Transition{State::reopened, State::not_ours, team | owner},
    Transition{State::reopened, State::false_positive, team},

    // Another date.
    Transition{State::accepted_risk, State::accepted_risk, team},
    Transition{State::accepted_risk, State::claimed_fixed, team | owner},
    Transition{State::accepted_risk, State::verified, evidence},
    Transition{State::accepted_risk, State::reopened, team | by_clock},

    Transition{State::not_ours, State::reopened, team},
    Transition{State::not_ours, State::false_positive, team},
    Transition{State::false_positive, State::reopened, team},
};

}  // namespace

std::string_view to_text(State state) {
    switch (state) {
        case State::open: return "open";
        case State::notified: return "notified";
        case State::seen: return "seen";
        case State::acknowledged: return "acknowledged";
        case State::help_needed: return "help_needed";
        case State::claimed_fixed: return "claimed_fixed";
        case State::verified: return "verified";
        case State::reopened: return "reopened";
        case State::accepted_risk: return "accepted_risk";
        case State::not_ours: return "not_ours";
        case State::false_positive: break;
    }
    return "false_positive";
}

std::optional<State> parse_state(std::string_view text) {
    for (auto const state : all_states) {
        if (to_text(state) == text) return state;
    }
    return std::nullopt;
}

bool may_go(State from, State to, Party party) {
    for (auto const& each : transitions) {
        if (each.from == from && each.to == to) return (each.parties & of(party)) != 0;
    }
    return false;
}

std::vector<State> next_states(State from, Party party) {
    std::vector<State> out;
    for (auto const to : all_states) {
        if (may_go(from, to, party)) out.push_back(to);
    }
    return out;
}

}  // namespace kula::findings
