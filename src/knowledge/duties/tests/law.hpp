#pragma once
// What tests of laws are told in: facts of an incident, and the clock of one stage at a moment.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "duties/clocks.hpp"
#include "duties/regime.hpp"
#include "duties/working_calendar.hpp"

namespace kula::duties::law {

inline base::Instant at(std::string_view text) { return base::parse_instant(text).value(); }

inline Fact aware(std::string_view when) { return {FactKind::became_aware, at(when)}; }
inline Fact submitted(std::string stage, std::string_view when) {
    return {FactKind::submitted, at(when), std::move(stage)};
}
inline Fact received(std::string stage, std::string_view when) {
    return {FactKind::received, at(when), std::move(stage)};
}
inline Fact requested(std::string stage, std::string_view when) {
    return {FactKind::requested, at(when), std::move(stage)};
}
inline Fact cross_border(std::string_view when) { return {FactKind::cross_border, at(when)}; }
inline Fact ongoing(std::string_view when) { return {FactKind::ongoing, at(when)}; }
inline Fact handled(std::string_view when) { return {FactKind::handled, at(when)}; }
inline Fact reopened(std::string_view when) { return {FactKind::reopened, at(when)}; }

/// An incident at an essential entity, reported by NIS2 in Skopje, where a test does not say otherwise.
struct Told {
    std::vector<Fact> facts{};
    std::string entity = "essential";
    Notice notice = Notice::incident;
    std::string regime = "nis2";
    std::string country = "mk";
};

inline std::vector<Clock> clocks_of(Told const& told, std::string_view now) {
    return clocks(*shipped_regime(told.regime), {told.notice, told.entity, told.facts},
                  WorkingCalendar::shipped(told.country).value(), at(now))
        .value();
}

inline Clock clock_of(std::string_view stage, Told const& told, std::string_view now) {
    for (auto const& clock : clocks_of(told, now)) {
        if (clock.stage == stage) return clock;
    }
    ADD_FAILURE() << "there is no clock of " << stage;
    return {};
}

/// The last moment of a day whose clocks are so many hours ahead of UTC.
inline base::Instant end_of(std::string_view day, int hours_ahead) {
    return at(day) + std::chrono::hours(24 - hours_ahead) - std::chrono::microseconds(1);
}

}  // namespace kula::duties::law

namespace kula::duties {
inline void PrintTo(ClockState state, std::ostream* out) { *out << to_text(state); }
}  // namespace kula::duties
