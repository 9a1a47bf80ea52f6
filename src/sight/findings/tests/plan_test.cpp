// Who would be told of what, by which rule.

#include "findings/plan.hpp"

#include <gmock/gmock.h>

#include "findings/routing_store.hpp"
#include "findings_house.hpp"

namespace kula::findings {
namespace {

using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

registry::Contact contact(std::string const& name, std::string const& role, std::string const& email) {
    registry::Contact out{name, role};
    if (!email.empty()) out.email = email;
    return out;
}

class Planned : public testing::FindingsHouse {
protected:
    /// The bank's contacts; with a parent of its own where `above` has any.
    void let_contacts(std::vector<registry::Contact> contacts, std::vector<registry::Contact> above = {}) {
        auto stored = registry->find(bank, base::Clearance::everything()).value();
        stored.content.contacts = std::move(contacts);
        if (!above.empty()) {
            registry::OrganisationContent holding;
            holding.name = "Example Holding";
            holding.contacts = std::move(above);
            stored.content.parent = registry->create(holding, {}, {"desk"}).value().id;
        }
        auto const done = registry->replace(bank, stored.record.version, stored.content, {}, {"desk"});
        ASSERT_TRUE(done.has_value()) << done.error().detail;
    }
    Plan plan(RoutingContent const& content) {
        auto made = make_plan(content, *findings, *registry, {.at = clock.now()});
        EXPECT_TRUE(made.has_value()) << made.error().detail;
        return *made;
    }
    static RoutingRule rule(Together together = Together::organisation) {
        RoutingRule out;
        out.name.in(base::Language::en) = "all";
        out.roles = {"abuse", "security"};
        out.together = together;
        out.remind_after = days(7);
        out.ladder = {{days(10), Side::parent, "management"}};
        return out;
    }
    /// The owner of the only finding is told of it.
    void tell() {
        Notice notice;
        notice.findings = {{one().id, one().record.version}};
        notice.about = "message:1";
        ASSERT_TRUE(database()
                        .write(storage::Priority::interactive,
                               [&](storage::Session& session) { return findings->tell(session, notice, desk).size(); })
                        .has_value());
    }
    static std::vector<std::string> names(PlannedMessage const& message) {
        std::vector<std::string> out;
        for (auto const& each : message.recipients) out.push_back(each.name);
        return out;
    }
};
KULA_ON_BOTH_DATABASES(Planned);

TEST_P(Planned, messages_keep_the_interval_of_their_rule_and_gather_what_is_new) {
    let_contacts({contact("Abuse", "abuse", "abuse@bank.example")});
    deliver(row("192.0.2.7"));
    follow();
    tell();
    auto const told_at = clock.now();
    clock.advance(days(1));
    deliver(row("192.0.2.7") + row("192.0.2.8"));
    follow();
    auto weekly = rule();
    ASSERT_THAT(plan({{weekly}}).messages, SizeIs(1));
    EXPECT_EQ(plan({{weekly}}).messages[0].waits, std::nullopt);
    weekly.at_most_every = days(5);
    auto const waiting = plan({{weekly}}).messages;
    ASSERT_THAT(waiting, SizeIs(1));
    EXPECT_EQ(waiting[0].waits, (Waiting{told_at + days(5)}));
    EXPECT_THAT(waiting[0].findings, SizeIs(1));
    clock.set(told_at + days(5));
    EXPECT_EQ(plan({{weekly}}).messages.at(0).waits, std::nullopt);
}

TEST_P(Planned, over_a_day_is_rehearsed_as_if_nobody_had_been_told) {
    let_contacts({contact("Abuse", "abuse", "abuse@bank.example")});
    deliver(row("192.0.2.7"));
    follow();
    tell();
    ASSERT_TRUE(one().told.last.has_value());
    EXPECT_THAT(plan({{rule()}}).messages, IsEmpty()) << "it was told just now";
    PlanQuery const day{.at = clock.now(), .received_since = clock.now() - days(1)};
    auto const rehearsed = make_plan({{rule()}}, *findings, *registry, day).value();
    ASSERT_THAT(rehearsed.messages, SizeIs(1));
    EXPECT_EQ(rehearsed.messages[0].deed, Deed::tell);
    EXPECT_EQ(rehearsed.messages[0].findings[0].why, Why::is_new);
    PlanQuery const later{.at = clock.now(), .received_since = clock.now() + std::chrono::seconds(1)};
    EXPECT_EQ(make_plan({{rule()}}, *findings, *registry, later).value().findings, 0u);
}

TEST_P(Planned, messages_hold_what_one_organisation_is_told_together) {
    let_contacts({contact("No mail", "abuse", ""), contact("First", "security", "first@bank.example"),
                  contact("Second", "security", "second@bank.example"),
                  contact("Head", "management", "head@bank.example")});
    deliver(row("192.0.2.1") + row("192.0.2.2") + row("192.0.2.100"));
    follow();
    auto const one = plan({{rule()}});
    ASSERT_THAT(one.messages, SizeIs(1));
    EXPECT_EQ(one.messages[0].organisation, bank);
    EXPECT_THAT(one.messages[0].findings, SizeIs(2));
    EXPECT_THAT(names(one.messages[0]), ElementsAre("First", "Second")) << "nobody of abuse has a mail address";
    ASSERT_THAT(one.not_told, SizeIs(1));
    EXPECT_EQ(one.not_told[0].why, Why::without_owner);
    EXPECT_EQ(one.not_told[0].samples[0].identity.place, "192.0.2.100");
    EXPECT_EQ(one.findings, 3u);
    EXPECT_THAT(plan({{rule(Together::finding)}}).messages, SizeIs(2));
    EXPECT_THAT(plan({{rule(Together::type)}}).messages, SizeIs(1));
    EXPECT_THAT(plan({}).messages, IsEmpty());
}

TEST_P(Planned, messages_without_anybody_to_tell_are_shown) {
    deliver(row("192.0.2.1"));
    follow();
    auto const made = plan({{rule()}});
    ASSERT_THAT(made.messages, SizeIs(1));
    EXPECT_THAT(made.messages[0].recipients, IsEmpty());
}

TEST_P(Planned, reminders_and_escalations_follow_what_was_told) {
    let_contacts({contact("First", "security", "first@bank.example")},
                 {contact("Holding", "security", "security@holding.example")});
    deliver(row("192.0.2.1"));
    follow();
    auto const finding = plan({{rule()}}).messages[0].findings[0].finding.id;
    ASSERT_TRUE(findings->take_step(finding, {}, {State::notified}, Party::sender, {"system:notify"}).has_value());
    auto const at_once = plan({{rule()}});
    EXPECT_THAT(at_once.messages, IsEmpty());
    EXPECT_EQ(at_once.not_told[0].why, Why::told_recently);
    clock.advance(days(7));
    auto const reminder = plan({{rule()}});
    ASSERT_THAT(reminder.messages, SizeIs(1));
    EXPECT_EQ(reminder.messages[0].deed, Deed::remind);
    clock.advance(days(3));
    auto const escalation = plan({{rule()}});
    ASSERT_THAT(escalation.messages, SizeIs(1));
    EXPECT_EQ(escalation.messages[0].deed, Deed::escalate);
    EXPECT_EQ(escalation.messages[0].side, Side::parent);
    EXPECT_THAT(names(escalation.messages[0]), ElementsAre("Holding")) << "it has nobody of the management";
}

TEST_P(Planned, a_rung_of_the_sectors_authority_reaches_whoever_is_authority_for_it_now) {
    let_contacts({contact("First", "security", "first@bank.example")});
    registry::OrganisationContent ministry;
    ministry.name = "Example Ministry";
    ministry.contacts = {contact("Cyber unit", "security", "cyber@ministry.example")};
    auto const authority = registry->create(ministry, {}, {"desk"}).value().id;
    deliver(row("192.0.2.1"));
    follow();
    ASSERT_TRUE(findings->take_step(one().id, {}, {State::notified}, Party::sender, {"system:notify"}).has_value());
    clock.advance(days(10));
    auto climbing = rule();
    climbing.ladder = {{days(10), Side::sector_authority, "security"}};
    auto const with = [&](std::vector<SectorAuthority> authorities) {
        auto const made = plan({{climbing}, true, {}, std::move(authorities)});
        EXPECT_THAT(made.messages, SizeIs(1));
        return made.messages.at(0);
    };
    auto const message = with({{"energy", bank}, {"banking", authority}});
    EXPECT_EQ(message.side, Side::sector_authority);
    EXPECT_EQ(message.organisation, bank);
    EXPECT_EQ(message.addressed, authority);
    EXPECT_THAT(names(message), ElementsAre("Cyber unit"));
    EXPECT_THAT(with({}).recipients, IsEmpty());
    EXPECT_THAT(with({{"energy", authority}}).recipients, IsEmpty());
    EXPECT_THAT(with({{"banking", bank}}).recipients, IsEmpty()) << "nobody is told of their own silence";
}

TEST_P(Planned, messages_that_may_not_leave_yet_say_when_and_what_is_critical_goes_apart) {
    let_contacts({contact("First", "security", "first@bank.example")});
    std::string const medium = "vulnerable,ddos-amplifier";
    auto critical = row("192.0.2.2");
    critical.replace(critical.find(medium), medium.size(), "malicious-code,c2-server");
    deliver(row("192.0.2.1") + critical);
    follow();
    auto waiting = rule();
    waiting.leaves = Leaves::in_working_hours;
    RoutingContent content{{waiting}, true, TeamHours{"mk"}};
    clock.set(*base::parse_instant("2026-11-28T10:00:00Z"));  // A Saturday.
    auto const saturday = plan(content);
    ASSERT_THAT(saturday.messages, SizeIs(2));
    EXPECT_FALSE(saturday.messages[0].waits);
    EXPECT_EQ(saturday.messages[0].findings.at(0).finding.severity, Severity::critical);
    ASSERT_TRUE(saturday.messages[1].waits);
    EXPECT_EQ(saturday.messages[1].waits->until, *base::parse_instant("2026-11-30T07:00:00Z"));
    content.rules[0].critical_at_once = false;
    EXPECT_THAT(plan(content).messages, SizeIs(1));
    clock.set(saturday.messages[1].waits->until);
    EXPECT_FALSE(plan(content).messages.at(0).waits);
}

TEST_P(Planned, findings_may_be_those_of_which_something_came_lately) {
    deliver(row("192.0.2.1"));
    follow();
    auto const since = clock.now() + std::chrono::hours(1);
    clock.advance(days(1));
    deliver(row("192.0.2.2"));
    follow();
    auto const made = make_plan({{rule()}}, *findings, *registry, {clock.now(), since}).value();
    EXPECT_EQ(made.findings, 1u);
    ASSERT_THAT(made.messages, SizeIs(1));
    EXPECT_EQ(made.messages[0].findings[0].finding.identity.place, "192.0.2.2");
}

TEST_P(Planned, rules_are_kept_as_a_whole) {
    RoutingStore store(database(), *journal, clock);
    auto const shipped = store.stored().value();
    EXPECT_EQ(shipped.version, 0);
    EXPECT_EQ(shipped.content, shipped_routing());
    auto const first = store.replace(0, {{rule()}}, {"desk"}).value();
    EXPECT_EQ(first.version, 1);
    EXPECT_EQ(store.replace(1, {{rule()}}, {"desk"}).value().version, 1) << "the same is no change";
    EXPECT_EQ(store.replace(0, {}, {"desk"}).error().fault, base::Fault::conflict);
    EXPECT_EQ(store.replace(1, {{RoutingRule{}}}, {"desk"}).error().fault, base::Fault::invalid);
    restart();
    RoutingStore again(database(), *journal, clock);
    EXPECT_EQ(again.stored().value().content, (RoutingContent{{rule()}}));
    journal::EntryQuery query;
    query.deed = "routing.changed";
    EXPECT_THAT(journal->list(query).value().items, SizeIs(1));
}

}  // namespace
}  // namespace kula::findings
