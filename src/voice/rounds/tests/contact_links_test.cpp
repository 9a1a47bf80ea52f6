// A link confirms the contacts that its mail told, as long as they are these; it opens nothing else, and no other opens
// it.

#include "rounds/contact_links.hpp"

#include <gmock/gmock.h>

#include "rounds_house.hpp"

namespace kula::rounds {
namespace {

using base::Fault;
using std::chrono::days;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ContactLinksTest : public testing::RoundsHouse {
protected:
    void SetUp() override {
        RoundsHouse::SetUp();
        if (IsSkipped()) return;
        clock.advance(days(90));
        ASSERT_TRUE(registry->confirm_contacts(holding, 1, desk).has_value());
        round();
        link = token("/confirm/");
    }
    registry::Organisation stored() { return registry->find(bank, base::Clearance::everything()).value(); }
    void change(std::vector<registry::Contact> contacts) {
        auto changed = stored();
        changed.content.contacts = std::move(contacts);
        ASSERT_TRUE(registry->replace(bank, changed.record.version, changed.content, {}, desk).has_value());
    }

    std::string link;
};
KULA_ON_BOTH_DATABASES(ContactLinksTest);

TEST_P(ContactLinksTest, opening_shows_what_the_mail_told_and_changes_nothing) {
    auto const asked = contact_links->open(link).value();
    EXPECT_EQ(asked.organisation, bank);
    EXPECT_EQ(asked.name, "Example Bank");
    EXPECT_EQ(asked.ticket, messages().at(0).ticket);
    EXPECT_THAT(asked.contacts, SizeIs(2));
    EXPECT_FALSE(asked.is_settled);
    EXPECT_FALSE(asked.have_changed);
    EXPECT_EQ(stored().contacts_asking.step, registry::Freshness::due);
}

TEST_P(ContactLinksTest, one_click_confirms_and_a_second_one_does_nothing) {
    clock.advance(days(2));
    ASSERT_TRUE(contact_links->confirm(link).has_value());
    auto const at = clock.now();
    EXPECT_EQ(stored().contacts_confirmed_at, at);
    EXPECT_EQ(stored().record.version, 1);
    auto const entry = journal->list({}).value().items.at(0);
    EXPECT_EQ(entry.fact.deed, "organisation.contacts_confirmed");
    EXPECT_EQ(entry.actor, "link:" + messages().at(0).id.text());
    clock.advance(days(1));
    EXPECT_TRUE(contact_links->confirm(link).has_value());
    EXPECT_EQ(stored().contacts_confirmed_at, at);
    EXPECT_TRUE(contact_links->open(link).value().is_settled);
}

TEST_P(ContactLinksTest, what_was_changed_meanwhile_is_not_confirmed) {
    auto contacts = stored().content.contacts;
    contacts.at(0).phone = "+389 2 555 0100";
    change(contacts);
    auto const asked = contact_links->open(link).value();
    EXPECT_TRUE(asked.have_changed);
    EXPECT_TRUE(asked.is_settled) << "who changes them has looked at them";
    EXPECT_TRUE(asked.is_still_theirs);
    EXPECT_THAT(asked.contacts, IsEmpty()) << "a mail shows nobody who came since";
    EXPECT_EQ(contact_links->confirm(link).error().fault, Fault::conflict);
}

TEST_P(ContactLinksTest, who_is_no_contact_any_more_sees_none) {
    change({{"New desk", "security", "new@bank.example"}});
    auto const asked = contact_links->open(link).value();
    EXPECT_FALSE(asked.is_still_theirs);
    EXPECT_THAT(asked.contacts, IsEmpty());
    EXPECT_EQ(contact_links->confirm(link).error().fault, Fault::conflict);
}

TEST_P(ContactLinksTest, another_change_of_the_organisation_is_in_nobodys_way) {
    auto changed = stored();
    changed.content.notes = "moved";
    ASSERT_TRUE(registry->replace(bank, 1, changed.content, {}, desk).has_value());
    EXPECT_TRUE(contact_links->confirm(link).has_value());
}

TEST_P(ContactLinksTest, altered_links_and_those_for_something_else_open_nothing) {
    for (std::size_t at = 0; at < link.size(); at += 7) {
        auto altered = link;
        altered[at] = altered[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(contact_links->confirm(altered).error().fault, Fault::not_found) << at;
    }
    EXPECT_EQ(contact_links->open("").error().fault, Fault::not_found);
    EXPECT_EQ(contact_links->open(std::string(5000, 'x')).error().fault, Fault::not_found);
    EXPECT_EQ(answers->open(link).error().fault, Fault::not_found);
    auto const until = clock.now() + days(1);
    EXPECT_EQ(contact_links->confirm(answers->token(messages().at(0).id, until)).error().fault, Fault::not_found);
    auto const unknown = contact_links->token(notify::MessageId::make(clock.now()), until, {});
    EXPECT_EQ(contact_links->open(unknown).error().fault, Fault::not_found);
    EXPECT_EQ(stored().contacts_asking.step, registry::Freshness::due);
}

TEST_P(ContactLinksTest, links_end_and_those_of_organisations_that_are_gone_open_nothing) {
    clock.advance(link_life - std::chrono::seconds(1));
    EXPECT_TRUE(contact_links->open(link).has_value());
    clock.advance(std::chrono::seconds(2));
    EXPECT_EQ(contact_links->confirm(link).error().fault, Fault::not_found);
    clock.advance(days(-60));
    EXPECT_TRUE(contact_links->open(link).has_value());
    ASSERT_TRUE(registry->remove(bank, 1, desk).has_value());
    EXPECT_EQ(contact_links->open(link).error().fault, Fault::not_found);
}

TEST_P(ContactLinksTest, that_are_another_organisations_confirm_that_one_only) {
    auto const other = made("Example School", {{"Head", "management", "head@school.example"}});
    clock.advance(days(20));
    ASSERT_TRUE(contact_links->confirm(link).has_value());
    auto const school = registry->find(other, base::Clearance::everything()).value();
    EXPECT_NE(school.contacts_confirmed_at, clock.now());
    EXPECT_EQ(stored().contacts_confirmed_at, clock.now());
}

}  // namespace
}  // namespace kula::rounds
