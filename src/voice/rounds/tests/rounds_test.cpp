// What was found is written to its owner once, reminded of and handed on as the rules say, and is notified when a mail
// server has taken it.

#include "rounds/rounds.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "rounds_house.hpp"

namespace kula::rounds {
namespace {

using findings::State;
using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class RoundsTest : public testing::RoundsHouse {};
KULA_ON_BOTH_DATABASES(RoundsTest);

TEST_P(RoundsTest, an_owner_is_told_once_and_notified_when_the_mail_is_taken) {
    report({"192.0.2.1", "192.0.2.2"});
    auto const first = round();
    EXPECT_EQ(first.messages, 1U);
    EXPECT_EQ(first.mails, 1U);
    EXPECT_EQ(first.findings, 2U);
    EXPECT_EQ(first.held, 0U);
    EXPECT_EQ(all()[0].state, State::open) << "nothing has left yet";
    EXPECT_TRUE(all()[0].told.first.has_value());
    EXPECT_EQ(round().messages, 0U);
    send_all();
    ASSERT_THAT(sent, SizeIs(1));
    EXPECT_EQ(sent[0].to, "abuse@bank.example");
    for (auto const& finding : all()) {
        EXPECT_EQ(finding.state, State::notified);
        EXPECT_EQ(finding.way.notified_at, clock.now());
    }
    EXPECT_EQ(round().messages, 0U);
    EXPECT_THAT(faults, IsEmpty());
    auto const topics = outbox->topics(messages().at(0).id).value();
    ASSERT_THAT(topics, SizeIs(2));
    notify::MessageQuery about{.topic = "finding:" + all()[0].id.text(), .clearance = base::Clearance::everything()};
    EXPECT_THAT(outbox->list(about).value().items, SizeIs(1));
    about.topic = "finding:" + all()[0].id.text().substr(1);
    EXPECT_THAT(outbox->list(about).value().items, IsEmpty());
}

TEST_P(RoundsTest, a_message_has_its_length_and_the_next_one_tells_the_rest) {
    report({"192.0.2.1"}, static_cast<int>(most_told) + 1);
    std::size_t told = 0;
    for (auto made = round(); made.findings > 0; made = round()) told += made.findings;
    EXPECT_EQ(told, most_told + 1);
    send_all();
    ASSERT_THAT(sent, SizeIs(2));
    EXPECT_LT(std::max(sent[0].mail.size(), sent[1].mail.size()), 6U << 20) << "relays take 10 MB and more";
    EXPECT_THAT(faults, IsEmpty());
}

TEST_P(RoundsTest, what_an_organisation_is_told_goes_to_its_webhook_too) {
    ASSERT_TRUE(webhooks->put(bank, "https://hooks.bank.example/", true, desk).has_value());
    ASSERT_TRUE(webhooks->put(holding, "https://hooks.holding.example/", true, desk).has_value());
    report({"192.0.2.1", "192.0.2.2"});
    auto const first = round();
    EXPECT_EQ(first.messages, 1U);
    EXPECT_EQ(first.mails, 1U);
    EXPECT_EQ(first.webhooks, 1U);
    ASSERT_THAT(messages(), SizeIs(2));
    auto const& [machine, mail] = std::pair(messages().at(0), messages().at(1));
    EXPECT_EQ(machine.channel, notify::Channel::webhook);
    EXPECT_EQ(machine.address, "https://hooks.bank.example/");
    EXPECT_EQ(machine.ticket, mail.ticket);
    EXPECT_EQ(machine.subject, mail.subject);
    auto const body = nlohmann::json::parse(text());
    EXPECT_EQ(body.at("type"), "findings.told");
    auto const& data = body.at("data");
    EXPECT_EQ(data.at("ticket"), mail.ticket);
    EXPECT_EQ(data.at("message"), machine.id.text());
    EXPECT_EQ(data.at("tlp"), "amber");
    EXPECT_EQ(data.at("organisation").at("name"), "Example Bank");
    EXPECT_THAT(data.at("link").at("address").get<std::string>(), HasSubstr("https://csirt.example/en/answer/1."));
    ASSERT_THAT(data.at("findings"), SizeIs(2));
    EXPECT_EQ(data.at("findings").at(0).at("problem"), "open-dns");
    EXPECT_EQ(data.at("findings").at(0).at("port"), 53);
    auto const answered = answers->open(data.at("link").at("address").get<std::string>().substr(32)).value();
    EXPECT_THAT(answered.findings, SizeIs(2));
    send_all();
    clock.advance(days(3));
    EXPECT_EQ(round().webhooks, 1U);
    EXPECT_EQ(nlohmann::json::parse(text()).at("type"), "findings.reminded");
    clock.advance(days(2));
    EXPECT_EQ(round().webhooks, 1U);
    EXPECT_EQ(nlohmann::json::parse(text()).at("type"), "findings.escalated");
    clock.advance(days(2));
    EXPECT_EQ(round().webhooks, 0U) << "the organisation above is told by mail what is not its own";
}

TEST_P(RoundsTest, a_rule_says_by_which_channels_the_organisation_itself_is_told) {
    auto by = rule();
    by.ladder = {{days(1), findings::Side::organisation, "abuse"}};
    by.channels = {findings::Channel::webhook};
    let_rules({by});
    report({"192.0.2.1"});
    EXPECT_EQ(round().mails, 1U) << "it has no webhook: nobody is left out";
    ASSERT_TRUE(webhooks->put(bank, "https://hooks.bank.example/", true, desk).has_value());
    report({"192.0.2.2"});
    auto const by_webhook = round();
    EXPECT_EQ(by_webhook.webhooks, 1U);
    EXPECT_EQ(by_webhook.mails, 0U);
    by.channels = {findings::Channel::mail};
    let_rules({by});
    report({"192.0.2.3"});
    auto const by_mail = round();
    EXPECT_EQ(by_mail.webhooks, 0U);
    EXPECT_EQ(by_mail.mails, 1U);
    by.channels = {findings::Channel::webhook};
    let_rules({by});
    clock.advance(days(1));
    auto const climbed = round();
    EXPECT_EQ(climbed.webhooks, 1U);
    EXPECT_EQ(climbed.mails, 1U) << "a rung names a person";
}

TEST_P(RoundsTest, whoever_has_no_contact_but_a_webhook_is_told_by_it) {
    auto stored = registry->find(bank, base::Clearance::everything()).value();
    stored.content.contacts.clear();
    ASSERT_TRUE(registry->replace(bank, stored.record.version, stored.content, {}, desk).has_value());
    ASSERT_TRUE(webhooks->put(bank, "https://hooks.bank.example/", false, desk).has_value());
    report({"192.0.2.1"});
    EXPECT_EQ(round().unreachable, 1U) << "it is off";
    ASSERT_TRUE(webhooks->put(bank, "https://hooks.bank.example/", true, desk).has_value());
    auto const made = round();
    EXPECT_EQ(made.mails, 0U);
    EXPECT_EQ(made.webhooks, 1U);
    EXPECT_EQ(made.unreachable, 0U);
    EXPECT_TRUE(one().told.first.has_value());
    EXPECT_EQ(one().state, State::open) << "no machine has taken it yet";
    auto const due =
        outbox->take(notify::Channel::webhook, [](auto const& ways) { return std::optional(ways.front()); }).value();
    notify::Settlement const taken{notify::MessageState::sent, {}, {0, clock.now(), "accepted", 200, ""}};
    ASSERT_TRUE(outbox->settle(due->message.id, taken).has_value());
    EXPECT_EQ(one().state, State::notified);
}

TEST_P(RoundsTest, rules_that_do_not_send_send_nothing) {
    let_rules({rule()}, false);
    report({"192.0.2.1"});
    EXPECT_EQ(round().messages, 0U);
    EXPECT_THAT(messages(), IsEmpty());
    EXPECT_FALSE(one().told.first.has_value());
}

TEST_P(RoundsTest, what_may_not_leave_yet_leaves_with_the_first_round_behind_it) {
    auto waiting = rule();
    waiting.leaves = findings::Leaves::in_working_hours;
    let_rules({waiting}, true, findings::TeamHours{"mk"});
    clock.set(*base::parse_instant("2026-11-28T10:00:00Z"));  // A Saturday.
    report({"192.0.2.1"});
    EXPECT_EQ(round().messages, 0U);
    EXPECT_FALSE(one().told.first.has_value());
    clock.set(*base::parse_instant("2026-11-30T06:59:59Z"));
    report({"192.0.2.2"});
    EXPECT_EQ(round().messages, 0U);
    clock.advance(std::chrono::minutes(10));
    auto const monday = round();
    EXPECT_EQ(monday.messages, 1U);
    EXPECT_EQ(monday.findings, 2U) << "what came meanwhile is told with it";
    EXPECT_EQ(round().messages, 0U);
}

TEST_P(RoundsTest, the_letter_tells_what_it_is_what_to_do_and_where) {
    report({"192.0.2.1"});
    round();
    auto const letter = outbox->letter(messages().at(0).id).value();
    EXPECT_THAT(letter.text, HasSubstr("Dear Abuse desk"));
    EXPECT_THAT(letter.text, HasSubstr("192.0.2.1 (udp 53)"));
    EXPECT_THAT(letter.text, HasSubstr("1. "));
    EXPECT_THAT(letter.text, HasSubstr("https://csirt.example/en/answer/1."));
    EXPECT_THAT(letter.text, HasSubstr("Example CSIRT\nteam@csirt.example"));
    EXPECT_THAT(letter.text, Not(HasSubstr("{{")));
    EXPECT_THAT(letter.text, Not(HasSubstr("\n\n\n")));
    EXPECT_EQ(letter.author, formats::MailAuthor::program);
    EXPECT_THAT(letter.text, HasSubstr("X-ARF 4 reports are attached: 1 of 1"));
    ASSERT_THAT(letter.attachments, SizeIs(2));
    EXPECT_THAT(letter.attachments[0].bytes, HasSubstr("ddos-amplifier,open-dns,192.0.2.1,53,udp,"));
    EXPECT_EQ(letter.attachments[1].name, "xarf-1.json");
    EXPECT_THAT(letter.attachments[1].bytes, HasSubstr(R"("source_identifier":"192.0.2.1","source_port":53)"));
}

TEST_P(RoundsTest, letters_are_in_the_readers_language) {
    for (auto const language : base::languages) {
        auto spoken = rule();
        spoken.language = language;
        let_rules({spoken});
        report({"192.0.2." + std::to_string(static_cast<int>(language) + 1)});
        EXPECT_EQ(round().messages, 1U);
        auto const letter = outbox->letter(messages().at(0).id).value();
        EXPECT_EQ(letter.language, base::to_text(language));
        EXPECT_THAT(letter.text, HasSubstr("/" + std::string(base::to_text(language)) + "/answer/"));
        EXPECT_THAT(letter.text, Not(HasSubstr("{{")));
    }
}

TEST_P(RoundsTest, a_mail_that_is_held_notifies_nobody_and_is_not_written_again) {
    ASSERT_TRUE(gate->end_agreement(bank, desk).has_value());
    report({"192.0.2.1"});
    EXPECT_EQ(round().held, 1U);
    EXPECT_EQ(messages().at(0).state, notify::MessageState::held);
    EXPECT_EQ(round().messages, 0U);
    EXPECT_EQ(one().state, State::open);
    ASSERT_TRUE(gate->agree(bank, base::Tlp::amber, "asked for by letter", desk).has_value());
    ASSERT_TRUE(outbox->retry(messages().at(0).id, desk).has_value());
    send_all();
    EXPECT_EQ(one().state, State::notified);
}

TEST_P(RoundsTest, silence_reminds_and_climbs_and_rungs_without_anybody_are_passed) {
    report({"192.0.2.1"});
    round();
    send_all();
    clock.advance(days(3));
    EXPECT_EQ(round().messages, 1U);
    EXPECT_THAT(text(), HasSubstr("still there"));
    clock.advance(days(2));
    auto const nobodys = round();
    EXPECT_EQ(nobodys.messages, 1U) << "nobody of the management: those of the rule are told";
    EXPECT_THAT(text(), HasSubstr("nobody has taken on"));
    EXPECT_EQ(one().told.rungs, 1U);
    clock.advance(days(2));
    EXPECT_EQ(round().messages, 1U);
    EXPECT_EQ(messages().at(0).address, "office@holding.example");
    EXPECT_EQ(messages().at(0).organisation, holding);
    EXPECT_THAT(text(), HasSubstr("Example Bank"));
    EXPECT_THAT(text(), Not(HasSubstr("/answer/"))) << "it is for the owner to answer";
    clock.advance(days(2));
    EXPECT_EQ(round().held, 1U) << "the team has published no key";
    EXPECT_EQ(messages().at(0).address, "team@csirt.example");
    EXPECT_EQ(messages().at(0).organisation, release::the_team);
    EXPECT_EQ(one().told.rungs, 3U);
}

TEST_P(RoundsTest, a_rung_that_nobody_stands_on_is_climbed_past) {
    auto steep = rule();
    steep.remind_after.reset();
    steep.ladder = {{days(1), findings::Side::parent, "duty"}, {days(2), findings::Side::team, ""}};
    let_rules({steep});
    auto stored = registry->find(bank, base::Clearance::everything()).value();
    stored.content.parent.reset();
    ASSERT_TRUE(registry->replace(bank, stored.record.version, stored.content, {}, desk).has_value());
    report({"192.0.2.1"});
    round();
    auto const told = *one().told.last;
    clock.advance(days(1));
    EXPECT_EQ(round().unreachable, 1U);
    EXPECT_EQ(one().told.rungs, 1U);
    EXPECT_EQ(one().told.last, told);
    EXPECT_EQ(round().unreachable, 0U);
    clock.advance(days(1));
    EXPECT_EQ(round().messages, 1U);
}

TEST_P(RoundsTest, a_silent_sector_is_told_to_its_authority_as_far_as_the_gate_lets_it) {
    auto const ministry = made("Example Ministry", {{"Cyber unit", "security", "cyber@ministry.example"}});
    auto climbing = rule();
    climbing.remind_after.reset();
    climbing.ladder = {{days(1), findings::Side::sector_authority, "security"}};
    let_rules({climbing}, true, {}, {{"banking", ministry}});
    report({"192.0.2.1"});
    round();
    clock.advance(days(1));
    auto const climbed = round();
    EXPECT_EQ(climbed.messages, 1U);
    EXPECT_EQ(climbed.held, 1U) << "it has no key and did not agree to plain mail";
    EXPECT_EQ(messages().at(0).organisation, ministry);
    EXPECT_EQ(messages().at(0).address, "cyber@ministry.example");
    EXPECT_EQ(messages().at(0).state, notify::MessageState::held);
    EXPECT_THAT(text(), HasSubstr("You are the authority for the sector of Example Bank"));
    EXPECT_THAT(text(), Not(HasSubstr("/answer/"))) << "it is for the owner to answer";
    EXPECT_EQ(one().told.rungs, 1U);
}

TEST_P(RoundsTest, a_sector_without_authority_is_climbed_past) {
    auto climbing = rule();
    climbing.ladder = {{days(1), findings::Side::sector_authority, "security"}, {days(2), findings::Side::team, ""}};
    let_rules({climbing});
    report({"192.0.2.1"});
    round();
    clock.advance(days(1));
    EXPECT_EQ(round().unreachable, 1U);
    EXPECT_EQ(one().told.rungs, 1U);
    clock.advance(days(1));
    EXPECT_EQ(round().messages, 1U) << "the team is next";
}

TEST_P(RoundsTest, what_changed_since_it_was_planned_is_left_out) {
    report({"192.0.2.1"});
    auto const version = one().record.version;
    ASSERT_TRUE(findings->take_step(one().id, {}, {State::claimed_fixed}, findings::Party::owner, desk).has_value());
    auto const told = database().write(storage::Priority::bulk, [&](storage::Session& session) {
        return findings->tell(session, {{{one().id, version}}}, desk).size();
    });
    EXPECT_EQ(*told, 0U);
    EXPECT_FALSE(one().told.first.has_value());
}

TEST_P(RoundsTest, contacts_for_the_press_are_told_nothing) {
    auto to_press = rule();
    to_press.roles = {"press"};
    let_rules({to_press});
    report({"192.0.2.1"});
    EXPECT_EQ(round().unreachable, 1U);
    EXPECT_THAT(messages(), IsEmpty());
}

TEST_P(RoundsTest, what_comes_back_is_told_anew) {
    report({"192.0.2.1"});
    round();
    send_all();
    ASSERT_TRUE(findings->take_step(one().id, {}, {State::claimed_fixed}, findings::Party::owner, desk).has_value());
    clock.advance(days(1));
    report({"192.0.2.1"});
    EXPECT_EQ(one().state, State::reopened);
    EXPECT_EQ(round().messages, 1U);
    EXPECT_THAT(text(), HasSubstr("it was gone and is there again"));
    send_all();
    EXPECT_EQ(one().state, State::notified);
}

}  // namespace
}  // namespace kula::rounds
