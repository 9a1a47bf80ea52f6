// Contacts stay fresh: confirmed with one word, due after 90 days, again 30 days later, then the team's to find out.

#include "registry/freshness.hpp"

#include <gmock/gmock.h>

#include "registry_house.hpp"

namespace kula::registry {
namespace {

using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FreshnessTest : public testing::RegistryHouse {
protected:
    Organisation with_contact(std::string name) {
        auto wanted = content(std::move(name));
        wanted.contacts = {{"Example Desk", "security", "desk@bank.example"}};
        return registry->create(wanted, {}, desk).value();
    }
    /// Those about whom something is to be done, and whose turn it is.
    std::vector<std::string> stale() const {
        std::vector<std::string> out;
        for (auto const& each : registry->stale_contacts().value())
            out.push_back(each.name + ' ' + turn_of(each.confirmed_at, each.asking));
        return out;
    }
    std::string turn_of(base::Instant confirmed_at, ContactsAsking const& asking) const {
        return std::string(to_text(freshness_of(confirmed_at, asking, clock.now())));
    }
    std::vector<std::string> listed(Freshness from) const {
        OrganisationQuery query;
        query.clearance = base::Clearance::everything();
        query.contacts_from = from;
        std::vector<std::string> out;
        auto const page = registry->list(query).value();
        for (auto const& item : page.items)
            out.push_back(item.name + ' ' + turn_of(item.contacts_confirmed_at, item.contacts_asking));
        EXPECT_EQ(page.total, static_cast<std::int64_t>(out.size()));
        return out;
    }
    /// That the first of those who are due was asked.
    bool ask(Freshness step, std::string const& about = "message:1") { return ask(due(), step, about); }
    bool ask(StaleContacts const& before, Freshness step, std::string const& about = "message:1") {
        return database()
            .write(storage::Priority::bulk,
                   [&](storage::Session& session) {
                       return registry->asked_about_contacts(session, before, step, about, desk);
                   })
            .value();
    }
    StaleContacts due() const { return registry->stale_contacts().value().at(0); }
};

TEST(Freshness, goes_on_from_the_last_asking) {
    auto const confirmed = base::parse_instant("2026-01-01T00:00:00Z").value();
    auto const after = [&](int count, ContactsAsking const& asking = {}) {
        return to_text(freshness_of(confirmed, asking, confirmed + days(count)));
    };
    EXPECT_EQ(after(0), "fresh");
    EXPECT_EQ(after(89), "fresh");
    EXPECT_EQ(after(90), "due");
    EXPECT_EQ(after(700), "due") << "nobody was asked";
    ContactsAsking asking{Freshness::due, confirmed + days(400)};
    EXPECT_EQ(after(429, asking), "due");
    EXPECT_EQ(after(430, asking), "again");
    EXPECT_EQ(after(300, asking), "due") << "the clock was put back";
    asking.step = Freshness::again;
    EXPECT_EQ(after(430, asking), "above");
    asking.step = Freshness::above;
    EXPECT_EQ(after(430, asking), "team");
    asking.step = Freshness::team;
    EXPECT_EQ(after(900, asking), "team");
    EXPECT_FALSE(is_due(confirmed, asking, confirmed + days(900)));
}

TEST_P(FreshnessTest, yields_who_is_due_and_at_which_step) {
    with_contact("Example Bank");
    make("Example School");  // Without contacts there is nothing to confirm.
    EXPECT_THAT(stale(), IsEmpty());
    clock.advance(days(60));
    with_contact("Example Clinic");
    clock.advance(days(30));
    EXPECT_THAT(stale(), ElementsAre("Example Bank due"));
    EXPECT_TRUE(ask(Freshness::due));
    EXPECT_THAT(stale(), IsEmpty());
    EXPECT_THAT(listed(Freshness::due), ElementsAre("Example Bank due"));
    clock.advance(days(30));
    EXPECT_THAT(stale(), ElementsAre("Example Bank again"));
    EXPECT_TRUE(ask(Freshness::again));
    clock.advance(days(30));
    EXPECT_THAT(stale(), ElementsAre("Example Bank above", "Example Clinic due"));
    EXPECT_TRUE(ask(Freshness::above));
    EXPECT_THAT(listed(Freshness::team), IsEmpty());
    clock.advance(days(30));
    EXPECT_THAT(listed(Freshness::due), ElementsAre("Example Bank team", "Example Clinic due"));
    EXPECT_THAT(listed(Freshness::team), ElementsAre("Example Bank team"));
    EXPECT_TRUE(ask(Freshness::team));
    EXPECT_THAT(stale(), ElementsAre("Example Clinic due"));
    EXPECT_THAT(listed(Freshness::team), ElementsAre("Example Bank team"));
}

TEST_P(FreshnessTest, keeps_when_somebody_was_asked_until_contacts_are_confirmed) {
    auto const bank = with_contact("Example Bank");
    clock.advance(days(90));
    auto const before = due();
    EXPECT_TRUE(ask(Freshness::due));
    EXPECT_EQ(stored(bank.id).contacts_asking, (ContactsAsking{Freshness::due, clock.now()}));
    EXPECT_EQ(trail().front(), "desk organisation.contacts_asked organisation:" + bank.id.text());
    EXPECT_FALSE(ask(before, Freshness::due)) << "it was asked already";
    EXPECT_EQ(registry->confirm_contacts(bank.id, 1, desk).value().contacts_asking, ContactsAsking{});
    EXPECT_EQ(stored(bank.id).contacts_asking, ContactsAsking{});
    EXPECT_FALSE(ask(before, Freshness::due)) << "they were confirmed";
    clock.advance(days(90));
    EXPECT_TRUE(ask(Freshness::team, ""));
    EXPECT_EQ(stored(bank.id).contacts_asking, (ContactsAsking{Freshness::team, {}})) << "nobody could be written to";
    auto wanted = bank.content;
    wanted.contacts.front().phone = "+389 2 555 0100";
    registry->replace(bank.id, 1, wanted, {}, desk).value();
    EXPECT_EQ(stored(bank.id).contacts_asking, ContactsAsking{});
}

TEST_P(FreshnessTest, is_renewed_by_a_word_that_makes_no_version) {
    auto const bank = with_contact("Example Bank");
    EXPECT_EQ(bank.contacts_confirmed_at, stored(bank.id).contacts_confirmed_at);
    clock.advance(days(91));
    auto const confirmed = registry->confirm_contacts(bank.id, 1, desk).value();
    EXPECT_EQ(confirmed.contacts_confirmed_at, clock.now());
    EXPECT_EQ(stored(bank.id).contacts_confirmed_at, clock.now());
    EXPECT_EQ(stored(bank.id).record.version, 1);
    EXPECT_THAT(stale(), IsEmpty());
    EXPECT_EQ(trail().front(), "desk organisation.contacts_confirmed organisation:" + bank.id.text());
}

TEST_P(FreshnessTest, is_renewed_by_changing_them_and_by_nothing_else) {
    auto const bank = with_contact("Example Bank");
    clock.advance(days(91));
    auto wanted = bank.content;
    wanted.short_name = "EB";
    registry->replace(bank.id, 1, wanted, {}, desk).value();
    EXPECT_THAT(stale(), ElementsAre("Example Bank due"));
    wanted.contacts.front().phone = "+389 2 555 0100";
    EXPECT_EQ(registry->replace(bank.id, 2, wanted, {}, desk).value().contacts_confirmed_at, clock.now());
    EXPECT_THAT(stale(), IsEmpty());
}

TEST_P(FreshnessTest, is_said_of_what_one_has_seen_and_may_see) {
    auto const bank = with_contact("Example Bank");
    auto const school = make("Example School");
    EXPECT_EQ(registry->confirm_contacts(bank.id, 2, desk).error().fault, base::Fault::conflict);
    EXPECT_EQ(registry->confirm_contacts(school.id, 1, desk).error().fault, base::Fault::conflict);
    auto stranger = desk;
    stranger.clearance = base::Clearance::of({school.id.uuid()});
    EXPECT_EQ(registry->confirm_contacts(bank.id, 1, stranger).error().fault, base::Fault::not_found);
}

KULA_ON_BOTH_DATABASES(FreshnessTest);

TEST_P(FreshnessTest, so_many_are_asked_about_within_a_day) {
    for (std::size_t count = 0; count < most_asked_a_day + 10; ++count)
        with_contact("Example " + std::to_string(count));
    clock.advance(days(91));
    auto const first = registry->stale_contacts().value();
    ASSERT_EQ(first.size(), most_asked_a_day);
    for (std::size_t at = 0; at < 30; ++at) EXPECT_TRUE(ask(first[at], Freshness::due));
    EXPECT_EQ(registry->stale_contacts()->size(), most_asked_a_day - 30);
    for (std::size_t at = 30; at < most_asked_a_day; ++at) EXPECT_TRUE(ask(first[at], Freshness::due));
    EXPECT_THAT(registry->stale_contacts().value(), IsEmpty());
    clock.advance(days(1));
    EXPECT_EQ(registry->stale_contacts()->size(), 10u);
}

}  // namespace
}  // namespace kula::registry
