// Whose contacts nobody confirmed is asked after 90 days and again 30 later; then the organisation above it is, then
// the team. Each step waits from the one before, and a confirmation begins anew.

#include "contacts_round.hpp"

#include <gmock/gmock.h>

#include "contacts_letter.hpp"
#include "rounds_house.hpp"

namespace kula::rounds {
namespace {

using registry::Freshness;
using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

class ContactsRoundTest : public testing::RoundsHouse {
protected:
    void SetUp() override {
        RoundsHouse::SetUp();
        if (!IsSkipped()) confirm(holding);
    }
    registry::Organisation stored(registry::OrganisationId id) {
        return registry->find(id, base::Clearance::everything()).value();
    }
    void confirm(registry::OrganisationId id) {
        ASSERT_TRUE(registry->confirm_contacts(id, stored(id).record.version, desk).has_value());
    }
    /// So much later, in which the holding has confirmed its own.
    Round after(days pause) {
        clock.advance(pause);
        confirm(holding);
        return round();
    }
    Freshness step() { return stored(bank).contacts_asking.step; }
    std::string newest_to() { return messages().at(0).address; }
};
KULA_ON_BOTH_DATABASES(ContactsRoundTest);

TEST_P(ContactsRoundTest, an_organisation_is_asked_twice_then_the_one_above_it_then_the_team) {
    EXPECT_EQ(after(days(89)).asked, 0U);
    auto const first = after(days(1));
    EXPECT_EQ(first.asked, 1U);
    EXPECT_EQ(first.messages, 1U);
    EXPECT_EQ(first.mails, 1U) << "whoever speaks to the press is not asked";
    EXPECT_EQ(newest_to(), "abuse@bank.example");
    EXPECT_THAT(text(), HasSubstr("These contacts were last confirmed on "));
    EXPECT_EQ(stored(bank).contacts_asking.last_at, clock.now());
    EXPECT_EQ(round().asked, 0U);
    EXPECT_EQ(after(days(29)).asked, 0U);
    EXPECT_EQ(after(days(1)).asked, 1U);
    EXPECT_THAT(messages().at(0).subject, HasSubstr("Reminder: "));
    EXPECT_EQ(after(days(29)).asked, 0U);
    EXPECT_EQ(after(days(1)).asked, 1U);
    EXPECT_EQ(newest_to(), "office@holding.example");
    EXPECT_EQ(messages().at(0).organisation, holding);
    EXPECT_THAT(text(), HasSubstr("You stand above Example Bank"));
    EXPECT_THAT(text(), Not(HasSubstr("/confirm/"))) << "it is for themselves to say";
    auto const last = after(days(30));
    EXPECT_EQ(last.asked, 0U);
    EXPECT_EQ(last.held, 0U);
    EXPECT_EQ(last.unreachable, 1U) << "the team has published no key: nothing would leave";
    EXPECT_EQ(step(), Freshness::team);
    EXPECT_EQ(after(days(300)).asked, 0U);
    EXPECT_THAT(messages(), SizeIs(3));
    EXPECT_THAT(faults, IsEmpty());
}

TEST_P(ContactsRoundTest, a_confirmation_begins_anew) {
    after(days(90));
    EXPECT_EQ(after(days(30)).asked, 1U);
    confirm(bank);
    EXPECT_EQ(after(days(89)).asked, 0U);
    EXPECT_EQ(after(days(1)).asked, 1U);
    EXPECT_EQ(step(), Freshness::due);
}

TEST_P(ContactsRoundTest, rules_that_send_late_ask_for_the_first_time_and_not_three_times) {
    let_rules({rule()}, false);
    EXPECT_EQ(after(days(400)).asked, 0U);
    let_rules({rule()});
    EXPECT_EQ(round().asked, 1U);
    EXPECT_EQ(step(), Freshness::due);
    EXPECT_EQ(round().asked, 0U);
    EXPECT_EQ(after(days(29)).asked, 0U);
    EXPECT_EQ(after(days(1)).asked, 1U);
    EXPECT_EQ(step(), Freshness::again);
}

TEST_P(ContactsRoundTest, a_clock_that_is_put_back_asks_nobody_twice) {
    after(days(90));
    clock.advance(days(-60));
    EXPECT_EQ(round().asked, 0U);
    clock.advance(days(60));
    EXPECT_EQ(round().asked, 0U);
    EXPECT_EQ(after(days(30)).asked, 1U);
}

TEST_P(ContactsRoundTest, waits_for_working_hours_where_the_team_has_some) {
    let_rules({rule()}, true, findings::TeamHours{"mk"});
    clock.advance(days(90));
    confirm(holding);
    clock.set(*base::parse_instant("2027-11-27T10:00:00Z"));  // A Saturday.
    EXPECT_EQ(round().asked, 0U);
    clock.set(*base::parse_instant("2027-11-29T06:59:59Z"));
    EXPECT_EQ(round().asked, 0U);
    clock.advance(std::chrono::minutes(1));
    EXPECT_EQ(round().asked, 2U) << "the holding confirmed nothing for long, too";
}

TEST_P(ContactsRoundTest, steps_that_reach_nobody_are_passed_at_once) {
    auto changed = stored(bank);
    changed.content.parent.reset();
    changed.content.contacts = {{"Abuse desk", "abuse", {}, "+389 2 555 0100"}};
    ASSERT_TRUE(registry->replace(bank, changed.record.version, changed.content, {}, desk).has_value());
    EXPECT_EQ(after(days(90)).unreachable, 1U) << "nothing would leave for the team, which has published no key";
    EXPECT_THAT(messages(), IsEmpty());
    EXPECT_EQ(stored(bank).contacts_asking, (registry::ContactsAsking{Freshness::team, {}})) << "it is the team's turn";
    EXPECT_EQ(round().unreachable, 0U);
}

TEST_P(ContactsRoundTest, the_team_is_told_whom_to_call) {
    auto organisation = stored(bank);
    organisation.content.contacts = {{"Abuse desk", "abuse", {}, "+389 2 555 0100"}};
    auto const team = registry->team();
    auto const reader = *team->as_contact();
    auto const letter =
        letter_of({organisation, Freshness::team, findings::Side::team, reader, team->content}, clock.now());
    EXPECT_THAT(letter.text, HasSubstr("Nobody there can be asked by mail"));
    EXPECT_THAT(letter.text, HasSubstr("Phone: +389 2 555 0100"));
}

TEST_P(ContactsRoundTest, the_letter_tells_what_is_on_record_in_the_readers_language) {
    auto changed = stored(bank);
    changed.content.contacts.clear();
    for (auto const* const code : {"mk", "sq", "en"}) {
        changed.content.contacts.push_back(
            {std::string("Desk ") + code, "security", std::string(code) + "@bank.example", {}, {code}});
    }
    changed.content.contacts.push_back({"Night desk {{{*}}}", "duty", {}, "+389 2 555 0100"});
    ASSERT_TRUE(registry->replace(bank, changed.record.version, changed.content, {}, desk).has_value());
    EXPECT_EQ(after(days(90)).mails, 3U);
    std::vector<std::string> told, links;
    for (auto const& message : messages()) {
        auto const letter = outbox->letter(message.id).value();
        EXPECT_EQ(letter.marking.tlp, base::Tlp::amber);
        EXPECT_EQ(letter.author, formats::MailAuthor::program);
        EXPECT_EQ(message.address.substr(0, 2), letter.language);
        EXPECT_THAT(letter.text, HasSubstr("https://csirt.example/" + letter.language + "/confirm/1."));
        for (auto const* const part : {"- Desk mk (", "sq@bank.example", "- Night desk {{{*}}} (", "+389 2 555 0100"})
            EXPECT_THAT(letter.text, HasSubstr(part));
        EXPECT_THAT(letter.text, Not(HasSubstr("\n\n\n")));
        told.push_back(letter.language);
        if (letter.language == "en") {
            EXPECT_THAT(letter.text, HasSubstr("- Desk en (Security)\n  E-mail: en@bank.example\n  No phone number\n"
                                               "  No key for encryption\n- Night desk"));
            EXPECT_THAT(letter.text, HasSubstr("\n\nExample CSIRT\nteam@csirt.example"));
        }
    }
    EXPECT_THAT(told, UnorderedElementsAre("mk", "sq", "en"));
}

TEST_P(ContactsRoundTest, what_was_asked_is_not_asked_again_by_a_program_that_starts_anew) {
    after(days(90));
    stop();
    start();
    EXPECT_EQ(round().asked, 0U);
    EXPECT_THAT(messages(), SizeIs(1));
}

}  // namespace
}  // namespace kula::rounds
