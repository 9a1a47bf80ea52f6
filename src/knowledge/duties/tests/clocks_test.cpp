// What holds for the clocks of every incident, whatever its facts; and what cannot be reckoned.

#include "duties/clocks.hpp"

#include <algorithm>
#include <random>

#include "tests/law.hpp"

namespace kula::duties::law {
namespace {

constexpr std::string_view beginning = "2026-01-01T00:00:00Z";

/// An incident in which anything happens within three months, told in any order.
class Chance {
public:
    explicit Chance(unsigned seed) : random_(seed) {}

    Told told() {
        Told out;
        out.regime = shipped_regimes()[number(3)].id;
        auto const& regime = *shipped_regime(out.regime);
        auto const entity = number(regime.who_must.size() + 1);
        out.entity = entity < regime.who_must.size() ? regime.who_must[entity].id : "";
        out.notice = static_cast<Notice>(number(4));
        for (auto left = number(12); left > 0; --left) out.facts.push_back(fact(regime));
        return out;
    }
    base::Instant moment() { return at(beginning) + std::chrono::minutes(number(std::size_t{90} * 24 * 60)); }
    std::size_t number(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

private:
    Fact fact(Regime const& regime) {
        Fact out{static_cast<FactKind>(number(8)), moment()};
        if (is_of_stage(out.kind)) out.stage = regime.stages[number(regime.stages.size())].id;
        if (out.kind == FactKind::requested) out.stage = "intermediate_report";
        return out;
    }

    std::mt19937_64 random_;
};

std::vector<Clock> reckoned(Told const& told, base::Instant now) {
    static auto const calendar = WorkingCalendar::shipped("mk").value();
    return clocks(*shipped_regime(told.regime), {told.notice, told.entity, told.facts}, calendar, now).value();
}

bool has(Clock const& clock, ClockState state) { return clock.state == state; }

TEST(Clocks, are_in_one_state_that_their_moments_bear_out) {
    Chance chance(1);
    for (int i = 0; i < 3000; ++i) {
        auto const told = chance.told();
        auto const now = chance.moment();
        for (auto const& clock : reckoned(told, now)) {
            bool const is_met = has(clock, ClockState::met) || has(clock, ClockState::met_late);
            ASSERT_EQ(clock.met_at.has_value(), is_met);
            ASSERT_TRUE(!clock.met_at || *clock.met_at <= now);
            ASSERT_TRUE(!clock.due_at || clock.started_by) << "what is due was started";
            ASSERT_TRUE(!clock.started_by || clock.starts_with) << "by a rule";
            ASSERT_EQ(clock.article.empty(), !clock.starts_with);
            ASSERT_TRUE(!clock.started_by || clock.started_by->at <= now);
            ASSERT_EQ(has(clock, ClockState::met_late), is_met && clock.due_at && *clock.met_at > *clock.due_at);
            ASSERT_EQ(has(clock, ClockState::overdue), !is_met && clock.due_at && now > *clock.due_at);
            ASSERT_EQ(clock.share_left.has_value(), has(clock, ClockState::running) && clock.due_at);
            ASSERT_TRUE(!clock.share_left || (*clock.share_left >= 0 && *clock.share_left <= 1));
        }
    }
}

bool same(Clock const& a, Clock const& b) {
    return a.stage == b.stage && a.state == b.state && a.started_by == b.started_by && a.due_at == b.due_at &&
           a.met_at == b.met_at && a.article == b.article;
}

bool all_same(std::vector<Clock> const& a, std::vector<Clock> const& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

bool is_on_request(Clock const& clock) { return clock.starts_with && clock.starts_with->kind == FactKind::requested; }

TEST(Clocks, are_not_changed_by_a_resend) {
    Chance chance(2);
    for (int i = 0; i < 3000; ++i) {
        auto told = chance.told();
        auto const now = chance.moment();
        auto const before = reckoned(told, now);
        std::vector<Fact> again;
        for (auto const& fact : told.facts) {
            if (!is_of_stage(fact.kind) || fact.kind == FactKind::requested || fact.at > now) continue;
            again.push_back({fact.kind, std::min(now, fact.at + std::chrono::hours(chance.number(500))), fact.stage});
        }
        told.facts.insert(told.facts.end(), again.begin(), again.end());
        auto const after = reckoned(told, now);
        for (std::size_t j = 0; j < before.size(); ++j)
            ASSERT_TRUE(is_on_request(before[j]) || same(before[j], after[j])) << before[j].stage;
    }
}

TEST(Clocks, stay_as_they_were_when_they_were_met) {
    Chance chance(4);
    for (int i = 0; i < 3000; ++i) {
        auto const told = chance.told();
        auto const now = chance.moment();
        auto const before = reckoned(told, now), after = reckoned(told, now + std::chrono::hours(chance.number(5000)));
        for (std::size_t j = 0; j < before.size(); ++j)
            ASSERT_TRUE(!before[j].met_at || is_on_request(before[j]) || same(before[j], after[j])) << before[j].stage;
    }
}

TEST(Clocks, do_not_depend_on_the_order_in_which_facts_are_told) {
    Chance chance(3);
    for (int i = 0; i < 3000; ++i) {
        auto told = chance.told();
        auto const now = chance.moment();
        auto const before = reckoned(told, now);
        std::reverse(told.facts.begin(), told.facts.end());
        ASSERT_TRUE(all_same(before, reckoned(told, now)));
    }
}

TEST(Clocks, that_cannot_be_reckoned_say_why) {
    auto const calendar = WorkingCalendar::shipped("mk").value();
    auto const said = [&](ReportedMatter const& matter) {
        auto const out = clocks(*shipped_regime("nis2"), matter, calendar, at(beginning));
        EXPECT_EQ(out.error().fault, base::Fault::invalid);
        return out.error().detail;
    };
    EXPECT_EQ(said({Notice::incident, "bank", {}}), "entity: regime nis2 has no kind of entity bank");
    EXPECT_EQ(said({Notice::incident, "essential", {submitted("letter", beginning)}}),
              "facts[0].stage: regime nis2 has no stage letter that is submitted");
    EXPECT_EQ(said({Notice::incident, "essential", {requested("notification", beginning)}}),
              "facts[0].stage: regime nis2 has no stage notification that is requested");
    EXPECT_EQ(said({Notice::incident, "essential", {{FactKind::handled, at(beginning), "notification"}}}),
              "facts[0].stage: regime nis2 has no stage notification that is handled");
}

}  // namespace
}  // namespace kula::duties::law
