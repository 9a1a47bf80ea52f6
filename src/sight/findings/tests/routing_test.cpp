// The first rule that fits decides, and says why.

#include "findings/routing.hpp"

#include <gmock/gmock.h>

#include "routing_json.hpp"

namespace kula::findings {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;

constexpr duties::TimeOfDay hours_of_day(int count) { return hours(count); }

auto const now = *base::parse_instant("2026-03-10T08:00:00Z");

RoutingRule rule_named(std::string const& name) {
    RoutingRule rule;
    rule.name.in(base::Language::en) = name;
    rule.roles = {"security"};
    rule.remind_after = days(7);
    rule.ladder = {{days(10), Side::organisation, "management"}, {days(20), Side::team, ""}};
    return rule;
}

Finding finding_of(State state = State::open) {
    Finding finding;
    finding.identity.organisation = registry::OrganisationId(base::Uuid::v7(now));
    finding.identity.type = "ddos-amplifier";
    finding.identity.problem = "open-dns";
    finding.rsit_class = "vulnerable";
    finding.sector = "banking";
    finding.last_source = "shadowserver/scan_dns";
    finding.tags = {"dns", "open-dns"};
    finding.state = state;
    finding.way.opened_at = now - days(5);
    finding.due_at = now + days(25);
    return finding;
}

RoutingDecision decided(Finding finding, Told const& told = {}) {
    finding.told = told;
    auto decision = decide({{rule_named("all")}}, finding, now);
    decision.rule.reset();
    return decision;
}

TEST(Rules, fit_what_is_one_of_each_list) {
    auto const finding = finding_of();
    auto const fits_with = [&](auto const& change) {
        auto rule = rule_named("one");
        change(rule);
        return fits(rule, finding, now);
    };
    EXPECT_TRUE(fits_with([](auto&) {}));
    EXPECT_TRUE(fits_with([](auto& rule) { rule.classes = {"fraud", "vulnerable"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.classes = {"fraud"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.types = {"phishing"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.problems = {"open-ntp"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.sources = {"shadowserver/scan_ntp"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.tags = {"vip"}; }));
    EXPECT_TRUE(fits_with([](auto& rule) { rule.tags = {"vip", "dns"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.sectors = {"energy"}; }));
    EXPECT_TRUE(fits_with([](auto& rule) { rule.sectors = {"energy", "banking"}; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.organisations = {registry::OrganisationId(base::Uuid::v7(now))}; }));
    EXPECT_TRUE(fits_with([&](auto& rule) { rule.organisations = {*finding.identity.organisation}; }));
    EXPECT_TRUE(fits_with([](auto& rule) { rule.at_least = Severity::medium; }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.at_least = Severity::high; }));
    EXPECT_TRUE(fits_with([](auto& rule) { rule.until = now + hours(1); }));
    EXPECT_FALSE(fits_with([](auto& rule) { rule.until = now; }));
}

TEST(Rules, of_which_the_first_that_fits_decides) {
    auto narrow = rule_named("narrow");
    narrow.sectors = {"energy"};
    auto quiet = rule_named("quiet");
    quiet.problems = {"open-dns"};
    quiet.tells = false;
    RoutingContent content{{narrow, quiet, rule_named("all")}};
    EXPECT_EQ(decide(content, finding_of(), now), (RoutingDecision{Deed::rest, Why::suppressed, 1}));
    content.rules[1].until = now;
    EXPECT_EQ(decide(content, finding_of(), now), (RoutingDecision{Deed::tell, Why::is_new, 2}));
    content.rules.resize(1);
    EXPECT_EQ(decide(content, finding_of(), now), (RoutingDecision{Deed::rest, Why::without_rule}));
}

TEST(Telling, is_of_what_is_open_and_somebodys) {
    EXPECT_EQ(decided(finding_of()), (RoutingDecision{Deed::tell, Why::is_new}));
    for (auto const state :
         {State::claimed_fixed, State::verified, State::accepted_risk, State::not_ours, State::false_positive}) {
        EXPECT_EQ(decided(finding_of(state)), (RoutingDecision{Deed::rest, Why::settled})) << to_text(state);
    }
    EXPECT_EQ(decided(finding_of(State::help_needed)), (RoutingDecision{Deed::rest, Why::help_needed}));
    auto nobodys = finding_of();
    nobodys.identity.organisation.reset();
    EXPECT_EQ(decided(nobodys), (RoutingDecision{Deed::rest, Why::without_owner}));
    EXPECT_EQ(decided(finding_of(State::reopened)), (RoutingDecision{Deed::tell, Why::came_back}));
}

TEST(Reminders, are_paced_by_the_rule) {
    auto told = finding_of(State::notified);
    auto const at = [&](days ago) { return decided(told, {now - ago, now - ago}); };
    EXPECT_EQ(at(days(6)), (RoutingDecision{Deed::wait, Why::told_recently, {}, {}, now + days(1)}));
    EXPECT_EQ(at(days(7)), (RoutingDecision{Deed::remind, Why::unanswered}));
    // What is in hand is left in peace until its date.
    told.state = State::acknowledged;
    EXPECT_EQ(at(days(8)), (RoutingDecision{Deed::wait, Why::in_hand, {}, {}, told.due_at}));
    told.due_at = now - days(1);
    EXPECT_EQ(at(days(8)), (RoutingDecision{Deed::remind, Why::overdue}));
}

TEST(Ladders, are_climbed_rung_by_rung_while_nobody_answers) {
    auto told = finding_of(State::seen);
    auto const first = now - days(10);
    EXPECT_EQ(decided(told, {first, now - days(3)}), (RoutingDecision{Deed::escalate, Why::unanswered, {}, 0}));
    EXPECT_EQ(decided(told, {first, now - days(3), 1}),
              (RoutingDecision{Deed::wait, Why::told_recently, {}, {}, now + days(4)}));
    auto const earlier = now - days(20);
    EXPECT_EQ(decided(told, {earlier, now - days(3), 1}), (RoutingDecision{Deed::escalate, Why::unanswered, {}, 1}));
    EXPECT_EQ(decided(told, {earlier, now - days(8), 2}), (RoutingDecision{Deed::remind, Why::unanswered}));
    told.state = State::acknowledged;
    EXPECT_EQ(decided(told, {earlier, now - days(3)}),
              (RoutingDecision{Deed::wait, Why::in_hand, {}, {}, told.due_at}));
}

TEST(Rules, that_never_remind_let_it_rest) {
    auto rule = rule_named("once");
    rule.remind_after.reset();
    rule.ladder.clear();
    auto told = finding_of(State::notified);
    told.told = {now - days(4), now - days(4)};
    EXPECT_EQ(decide({{rule}}, told, now), (RoutingDecision{Deed::rest, Why::told_recently, 0}));
}

TEST(Rules, are_kept_and_given_back_as_they_are) {
    auto rule = rule_named("all of it");
    rule.classes = {"vulnerable"};
    rule.tags = {"vip", "tier 1"};
    rule.organisations = {registry::OrganisationId(base::Uuid::v7(now))};
    rule.at_least = Severity::critical;
    rule.until = now;
    rule.language = base::Language::sq;
    rule.together = Together::finding;
    rule.attachment = Attachment::none;
    rule.channels = {Channel::webhook};
    rule.counts = Counts::working_days;
    rule.leaves = Leaves::outside_quiet_hours;
    rule.critical_at_once = false;
    TeamHours const all_told{
        "al", {hours_of_day(7) + minutes(30), hours_of_day(15)}, {{hours_of_day(22), hours_of_day(6)}}};
    for (auto const& content : {RoutingContent{{rule, rule_named("plain")}, true},
                                RoutingContent{{rule}, false, all_told}, RoutingContent{{}, true, TeamHours{"mk"}},
                                RoutingContent{{rule}, true, {}, {{"energy", rule.organisations[0]}}}})
        EXPECT_EQ(routing_from_json(to_json(content)), content);
}

TEST(Rules, that_were_stored_before_there_were_hours_and_channels_wait_for_nothing_and_go_by_all) {
    auto const content = routing_from_json(
        R"({"rules": [{"name": {"en": "old"}, "when": {}, "tells": true, "roles": ["abuse"], "attachment": "csv",
            "together": "type", "remind_after_days": 3, "ladder": []}], "sends": true})");
    ASSERT_EQ(content.rules.size(), 1U);
    EXPECT_EQ(content.rules[0].leaves, Leaves::at_once);
    EXPECT_THAT(content.rules[0].channels, ElementsAre(Channel::mail, Channel::webhook));
    EXPECT_EQ(content.rules[0].counts, Counts::days);
    EXPECT_FALSE(content.hours);
}

TEST(A_sector, has_the_authority_that_is_told_or_none) {
    registry::OrganisationId const ministry(base::Uuid::v7(now)), regulator(base::Uuid::v7(now));
    RoutingContent const content{{}, true, {}, {{"banking", ministry}, {"energy", regulator}}};
    EXPECT_EQ(authority_for(content, "energy"), regulator);
    EXPECT_EQ(authority_for(content, "health"), std::nullopt);
    EXPECT_EQ(authority_for(content, std::nullopt), std::nullopt);
}

TEST(Sectors_authorities, are_of_known_sectors_and_one_of_each) {
    registry::OrganisationId const ministry(base::Uuid::v7(now));
    auto const refused = checked({{}, true, {}, {{"energy", ministry}, {"clouds", ministry}, {"energy", ministry}}});
    ASSERT_TRUE(refused.has_error());
    std::vector<std::string> fields;
    for (auto const& each : refused.error().fields) fields.push_back(each.field);
    EXPECT_THAT(fields, ElementsAre("authorities[1].sector", "authorities[2].sector"));
    EXPECT_TRUE(checked({{}, true, {}, {{"energy", ministry}, {"banking", ministry}}}).has_value());
    RoutingContent many;
    many.authorities.assign(most_values + 1, {"energy", ministry});
    EXPECT_EQ(checked(many).error().fields.at(0).field, "authorities");
}

TEST(Rules, as_shipped_are_right_and_tell_everything) {
    auto const correct = checked(shipped_routing());
    ASSERT_TRUE(correct.has_value()) << correct.error().detail;
    EXPECT_EQ(*correct, shipped_routing());
    for (auto const severity : {Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        auto finding = finding_of();
        finding.severity = severity;
        EXPECT_EQ(decide(shipped_routing(), finding, now).deed, Deed::tell) << to_text(severity);
    }
}

/// What is decided of a new finding at that moment, in Skopje from 8 to 16, quiet from 22 to 7.
std::optional<Waiting> waiting_at(std::string const& moment, Leaves leaves, Severity severity = Severity::medium,
                                  bool critical_at_once = true) {
    auto rule = rule_named("waits");
    rule.leaves = leaves;
    rule.critical_at_once = critical_at_once;
    TeamHours const in_skopje{"mk", {hours_of_day(8), hours_of_day(16)}, {{hours_of_day(22), hours_of_day(7)}}};
    auto finding = finding_of();
    finding.severity = severity;
    auto const decision = decide({{rule}, true, in_skopje}, finding, *base::parse_instant(moment));
    EXPECT_EQ(decision.deed, Deed::tell) << "it is to be told all the same";
    return decision.waits;
}

Waiting until(std::string const& moment, Leaves because) { return {*base::parse_instant(moment), because}; }

TEST(A_message, waits_for_working_hours_or_the_end_of_a_quiet_night) {
    auto const working = Leaves::in_working_hours, quiet = Leaves::outside_quiet_hours;
    EXPECT_EQ(waiting_at("2026-11-25T10:00:00Z", working), std::nullopt);
    EXPECT_EQ(waiting_at("2026-11-25T19:00:00Z", working), until("2026-11-26T07:00:00Z", working));
    EXPECT_EQ(waiting_at("2026-11-27T19:00:00Z", working), until("2026-11-30T07:00:00Z", working)) << "over a weekend";
    EXPECT_EQ(waiting_at("2026-11-28T10:00:00Z", quiet), std::nullopt) << "quiet are nights, not Saturdays";
    EXPECT_EQ(waiting_at("2026-11-28T21:30:00Z", quiet), until("2026-11-29T06:00:00Z", quiet));
    EXPECT_EQ(waiting_at("2026-11-29T05:59:00Z", quiet), until("2026-11-29T06:00:00Z", quiet));
    EXPECT_EQ(waiting_at("2026-11-29T06:00:00Z", quiet), std::nullopt);
    EXPECT_EQ(waiting_at("2026-11-28T23:00:00Z", Leaves::at_once), std::nullopt);
}

TEST(A_message, waits_until_the_interval_of_its_rule_is_over) {
    auto rule = rule_named("weekly");
    rule.at_most_every = days(7);
    auto const finding = finding_of();
    LastTold const told{{{*finding.identity.organisation, 1}, now - days(3)}};
    RoutingContent content{{rule, rule}};
    content.rules[0].classes = {"fraud"};
    EXPECT_EQ(decide(content, finding, now).waits, std::nullopt) << "nothing was told yet";
    EXPECT_EQ(decide(content, finding, now, told).waits, (Waiting{now + days(4)}));
    EXPECT_EQ(decide(content, finding, now + days(4), told).waits, std::nullopt);
    content.rules.erase(content.rules.begin());
    EXPECT_EQ(decide(content, finding, now, told).waits, std::nullopt) << "another rule told it";
}

TEST(An_interval, holds_back_no_escalation_and_nothing_critical) {
    auto rule = rule_named("weekly");
    rule.at_most_every = days(7);
    rule.ladder = {{days(2), Side::team}};
    auto finding = finding_of(State::notified);
    finding.told = {now - days(3), now - days(3)};
    LastTold const told{{{*finding.identity.organisation, 0}, now - days(3)}};
    auto const climbs = decide({{rule}}, finding, now, told);
    EXPECT_EQ(climbs.deed, Deed::escalate);
    EXPECT_EQ(climbs.waits, std::nullopt);
    auto fresh = finding_of();
    fresh.identity = finding.identity;
    fresh.severity = Severity::critical;
    EXPECT_EQ(decide({{rule}}, fresh, now, told).waits, std::nullopt);
    rule.critical_at_once = false;
    EXPECT_EQ(decide({{rule}}, fresh, now, told).waits, (Waiting{now + days(4)}));
}

TEST(An_interval, and_hours_wait_for_whichever_is_later) {
    auto rule = rule_named("weekly");
    rule.at_most_every = days(7);
    rule.leaves = Leaves::in_working_hours;
    TeamHours const in_skopje{"mk", {hours_of_day(8), hours_of_day(16)}};
    auto const friday = *base::parse_instant("2026-11-27T19:00:00Z");
    auto const waits = [&](base::Instant last) {
        auto const finding = finding_of();
        return decide({{rule}, true, in_skopje}, finding, friday, {{{*finding.identity.organisation, 0}, last}}).waits;
    };
    EXPECT_EQ(waits(friday - days(5)), until("2026-11-30T07:00:00Z", Leaves::in_working_hours));
    EXPECT_EQ(waits(friday - days(1)), (Waiting{friday + days(6)}));
}

TEST(A_message, that_waits_on_a_holiday_names_it) {
    auto const waiting = waiting_at("2026-12-08T10:00:00Z", Leaves::in_working_hours);
    ASSERT_TRUE(waiting);
    EXPECT_EQ(waiting->until, *base::parse_instant("2026-12-09T07:00:00Z"));
    ASSERT_TRUE(waiting->holiday);
    EXPECT_EQ(waiting->holiday->in(base::Language::en), "Saint Clement of Ohrid");
    EXPECT_FALSE(waiting_at("2026-12-08T22:00:00Z", Leaves::outside_quiet_hours)->holiday);
}

TEST(What_is_critical, breaks_through_where_its_rule_lets_it) {
    for (auto const leaves : {Leaves::in_working_hours, Leaves::outside_quiet_hours}) {
        EXPECT_FALSE(waiting_at("2026-11-28T23:00:00Z", leaves, Severity::critical));
        EXPECT_TRUE(waiting_at("2026-11-28T23:00:00Z", leaves, Severity::critical, false));
        EXPECT_TRUE(waiting_at("2026-11-28T23:00:00Z", leaves, Severity::high));
    }
}

TEST(Pauses, are_counted_in_working_days_where_a_rule_says_so) {
    auto rule = rule_named("patient");
    rule.counts = Counts::working_days;
    rule.remind_after = days(3);
    RoutingContent content{{rule}, true, TeamHours{"mk"}};
    auto told = finding_of(State::notified);
    auto const friday = *base::parse_instant("2026-11-27T09:00:00Z"), wednesday = friday + days(5);
    told.told = {friday, friday};
    EXPECT_EQ(decide(content, told, friday + days(3)).next, wednesday) << "Saturday and Sunday do not count";
    EXPECT_EQ(decide(content, told, wednesday).deed, Deed::remind);
    EXPECT_EQ(decide(content, told, friday + days(17) - hours(1)).deed, Deed::remind);
    EXPECT_EQ(decide(content, told, friday + days(17)).deed, Deed::escalate)
        << "ten working days: two weekends and 8 December do not count";
    content.rules[0].counts = Counts::days;
    EXPECT_EQ(decide(content, told, friday + days(3)).deed, Deed::remind);
    EXPECT_EQ(decide(content, told, friday + days(10)).deed, Deed::escalate);
}

TEST(Hours, that_are_wrong_or_wanting_are_told) {
    auto rule = rule_named("waits");
    rule.leaves = Leaves::in_working_hours;
    rule.counts = Counts::working_days;
    auto night = rule_named("at night");
    night.leaves = Leaves::outside_quiet_hours;
    auto const fields = [](RoutingContent const& content) {
        std::vector<std::string> out;
        auto const result = checked(content);
        if (result.has_error())
            for (auto const& each : result.error().fields) out.push_back(each.field);
        return out;
    };
    EXPECT_THAT(fields({{rule, night}}), ElementsAre("rules[0].counts", "rules[0].leaves", "rules[1].leaves"));
    EXPECT_THAT(fields({{rule, night}, true, TeamHours{"mk"}}), ElementsAre("rules[1].leaves")) << "no hours are quiet";
    EXPECT_THAT(fields({{rule}, true, TeamHours{"xx"}}), ElementsAre("hours.calendar"));
    TeamHours const wrong{"mk", {hours_of_day(16), hours_of_day(8)}, {{hours_of_day(7), hours_of_day(7)}}};
    EXPECT_THAT(fields({{rule}, true, wrong}), ElementsAre("hours.working.until", "hours.quiet.until"));
    for (auto const country : duties::calendar_countries)
        EXPECT_THAT(fields({{rule}, true, TeamHours{std::string(country)}}), ElementsAre());
}

TEST(Rules, know_tags_as_findings_do) {
    auto rule = rule_named("tagged");
    rule.tags = {" VIP ", "tier 1"};
    EXPECT_THAT(checked({{rule}}).value().rules.at(0).tags, ElementsAre("vip", "tier 1"));
    rule.tags = {"one,two", "", std::string(longest_tag + 1, 'x')};
    auto const refused = checked({{rule}});
    ASSERT_TRUE(refused.has_error());
    std::vector<std::string> fields;
    for (auto const& each : refused.error().fields) fields.push_back(each.field);
    EXPECT_THAT(fields, ElementsAre("rules[0].when.tags[0]", "rules[0].when.tags[1]", "rules[0].when.tags[2]"));
}

TEST(Rules, that_tell_go_some_way) {
    auto rule = rule_named("channels");
    rule.channels = {Channel::webhook, Channel::mail, Channel::webhook};
    EXPECT_THAT(checked({{rule}}).value().rules.at(0).channels, ElementsAre(Channel::mail, Channel::webhook));
    rule.channels.clear();
    EXPECT_EQ(checked({{rule}}).error().fields.at(0).field, "rules[0].channels");
    rule.tells = false;
    EXPECT_TRUE(checked({{rule}}).has_value());
}

TEST(Rules, that_are_wrong_are_told_all_at_once) {
    RoutingRule rule;
    rule.classes = {"vulnerable", "weather"};
    rule.types = {"rain"};
    rule.sectors = {"clouds"};
    rule.remind_after = days(0);
    rule.ladder = {{days(3), Side::organisation, "king"}, {days(3), Side::team, ""}};
    auto const refused = checked({{rule_named("right"), rule}});
    ASSERT_TRUE(refused.has_error());
    std::vector<std::string> fields;
    for (auto const& each : refused.error().fields) fields.push_back(each.field);
    EXPECT_THAT(fields, ElementsAre("rules[1].name", "rules[1].when.classes[1]", "rules[1].when.types[0]",
                                    "rules[1].when.sectors[0]", "rules[1].roles", "rules[1].remind_after_days",
                                    "rules[1].ladder[0].role", "rules[1].ladder[1].after_days"));
}

}  // namespace
}  // namespace kula::findings
