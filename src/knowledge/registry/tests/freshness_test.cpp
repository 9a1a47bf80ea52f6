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
    std::vector<std::string> stale() const {
        std::vector<std::string> out;
        for (auto const& each : registry->stale_contacts().value())
            out.push_back(each.name + ' ' + std::string(to_text(each.freshness)));
        return out;
    }
    std::vector<std::string> listed(Freshness at_least) const {
        OrganisationQuery query;
        query.clearance = base::Clearance::everything();
        query.unconfirmed_since = stale_before(at_least, clock.now());
        std::vector<std::string> out;
        auto const page = registry->list(query).value();
        for (auto const& item : page.items) out.push_back(item.name);
        EXPECT_EQ(page.total, static_cast<std::int64_t>(out.size()));
        return out;
    }
};

TEST(Freshness, is_due_after_90_days_again_30_later_and_then_the_teams) {
    auto const confirmed = base::parse_instant("2026-01-01T00:00:00Z").value();
    auto const after = [&](int count) { return to_text(freshness_of(confirmed, confirmed + days(count))); };
    EXPECT_EQ(after(0), "fresh");
    EXPECT_EQ(after(89), "fresh");
    EXPECT_EQ(after(90), "due");
    EXPECT_EQ(after(119), "due");
    EXPECT_EQ(after(120), "again");
    EXPECT_EQ(after(149), "again");
    EXPECT_EQ(after(150), "team");
    EXPECT_FALSE(stale_before(Freshness::fresh, confirmed).has_value());
}

TEST_P(FreshnessTest, yields_who_is_due_and_at_which_step) {
    with_contact("Example Bank");
    make("Example School");  // Without contacts there is nothing to confirm.
    EXPECT_THAT(stale(), IsEmpty());
    clock.advance(days(60));
    with_contact("Example Clinic");
    clock.advance(days(60));
    EXPECT_THAT(stale(), ElementsAre("Example Bank again"));
    clock.advance(days(30));
    EXPECT_THAT(stale(), ElementsAre("Example Bank team", "Example Clinic due"));
    EXPECT_THAT(listed(Freshness::due), ElementsAre("Example Bank", "Example Clinic"));
    EXPECT_THAT(listed(Freshness::team), ElementsAre("Example Bank"));
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

}  // namespace
}  // namespace kula::registry
