// What an organisation says of itself beyond its name: sector, size, class, languages, and its contacts' keys.

#include <gmock/gmock.h>

#include "registry/contact_key.hpp"
#include "registry_house.hpp"
#include "seals_testing/example_key.hpp"

namespace kula::registry {
namespace {

using seals::testing::example_fingerprint;
using seals::testing::example_key;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class FactsTest : public testing::RegistryHouse {
protected:
    std::string refusal(OrganisationContent const& wanted) {
        auto const made = registry->create(wanted, {}, desk);
        return made ? "taken" : made.error().detail;
    }
    std::vector<std::string> names(OrganisationQuery query) {
        query.clearance = base::Clearance::everything();
        std::vector<std::string> out;
        for (auto const& item : registry->list(query).value().items) out.push_back(item.name);
        return out;
    }
    static Contact with_key(std::string_view text) {
        Contact out{"SOC", "security", "soc@bank.example", {}, {}};
        out.openpgp.emplace().text = text;
        return out;
    }
};
KULA_ON_BOTH_DATABASES(FactsTest);

TEST_P(FactsTest, hold_together_or_are_refused) {
    auto wanted = content("Example");
    wanted.subsector = "electricity";
    EXPECT_EQ(refusal(wanted), "subsector: is none of the sector's");
    wanted.sector = "health";
    EXPECT_EQ(refusal(wanted), "subsector: is none of the sector's");
    wanted.sector = "energy";
    wanted.entity_class = EntityClass::essential;
    EXPECT_EQ(refusal(wanted), "entity_class_reason: is needed where there is a class");
    wanted.entity_class.reset();
    wanted.entity_class_reason = "because";
    EXPECT_EQ(refusal(wanted), "entity_class_reason: stands without a class");
    wanted.entity_class_reason.reset();
    wanted.languages = {"mk", "xx"};
    EXPECT_EQ(refusal(wanted), "languages: holds what is no ISO 639-1 code");
    wanted.languages = {"mk"};
    wanted.contacts = {{"A", "king", {}, {}, {}}};
    EXPECT_EQ(refusal(wanted), "contacts[0].role: is no known role");
    for (auto const* several :
         {"a@bank.example, b@bank.example", "a@bank.example;b@bank.example", "a@bank.example b@bank.example"}) {
        wanted.contacts = {{"A", "security", several, {}, {}}};
        EXPECT_EQ(refusal(wanted), "contacts[0].email: is no mail address") << several;
    }
    wanted.contacts.clear();
    EXPECT_EQ(refusal(wanted), "taken");
}

TEST_P(FactsTest, filter_the_list_and_are_counted) {
    auto wanted = content("A");
    wanted.sector = "health";
    wanted.size = OrganisationSize::large;
    wanted.entity_class = EntityClass::essential;
    wanted.entity_class_reason = "Article 3(1)(a)";
    ASSERT_EQ(refusal(wanted), "taken");
    wanted.name = "B";
    wanted.size = OrganisationSize::small;
    wanted.entity_class = EntityClass::none;
    ASSERT_EQ(refusal(wanted), "taken");
    make("C");
    OrganisationQuery query;
    query.size = OrganisationSize::large;
    EXPECT_THAT(names(query), ElementsAre("A"));
    query = {};
    query.entity_class = ClassFilter::undecided;
    EXPECT_THAT(names(query), ElementsAre("C"));
    query.entity_class = ClassFilter::none;
    EXPECT_THAT(names(query), ElementsAre("B"));
    query.clearance = base::Clearance::everything();
    auto const facets = registry->list(query).value().facets;
    ASSERT_EQ(facets.sectors.size(), 1u) << "narrowed by the class";
    EXPECT_EQ(facets.sectors[0].value, "health");
    EXPECT_EQ(facets.entity_classes.size(), 3u) << "what else could be chosen";
    query.clearance = base::Clearance::of({});
    EXPECT_TRUE(registry->list(query).value().facets.entity_classes.empty()) << "nothing beyond one's reach is counted";
}

TEST_P(FactsTest, keys_are_read_once_kept_and_told_by_their_fingerprint) {
    auto wanted = content("Example Bank");
    wanted.contacts = {with_key(example_key)};
    auto const made = registry->create(wanted, {}, desk);
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    restart();
    auto const found = stored(made->id);
    EXPECT_EQ(found.content, made->content);
    auto const& key = found.content.contacts.at(0).openpgp;
    ASSERT_TRUE(key.has_value());
    EXPECT_EQ(key->text, example_key);
    EXPECT_EQ(key->fingerprint, example_fingerprint);
    auto const entry = journal->list({}).value().items.at(0).fact;
    EXPECT_THAT(entry.after, HasSubstr(example_fingerprint));
    EXPECT_THAT(entry.after, ::testing::Not(HasSubstr("BEGIN PGP")));

    auto without = found.content;
    without.contacts[0].openpgp.reset();
    auto const changed = registry->replace(made->id, 1, without, {}, desk);
    ASSERT_TRUE(changed.has_value());
    EXPECT_FALSE(stored(made->id).content.contacts.at(0).openpgp.has_value());
}

TEST_P(FactsTest, what_is_no_key_is_refused_at_its_place) {
    auto wanted = content("Example Bank");
    wanted.contacts = {{"A", "duty", {}, {}, {}}, with_key("0xDEADBEEF")};
    EXPECT_EQ(refusal(wanted), "contacts[1].pgp_key: is no single OpenPGP public key block");
    wanted.contacts[1].openpgp.reset();
    wanted.contacts[1].smime.emplace().text = "x";
    EXPECT_EQ(refusal(wanted), "contacts[1].smime_certificate: is no single X.509 certificate, PEM or DER");
}

TEST(KeyState, is_the_worst_that_holds) {
    auto const at = [](char const* text) { return *base::parse_instant(text); };
    seals::PublicKey key;
    key.emails = {"soc@bank.example"};
    key.valid_from = at("2026-01-01");
    key.valid_until = at("2028-01-01");
    key.can_encrypt = true;
    EXPECT_EQ(state_of(key, at("2026-06-01")), KeyState::valid);
    EXPECT_EQ(state_of(key, at("2025-06-01")), KeyState::not_yet_valid);
    EXPECT_EQ(state_of(key, at("2027-12-02")), KeyState::expiring);
    EXPECT_EQ(state_of(key, at("2028-01-01")), KeyState::expired);
    key.is_revoked = true;
    EXPECT_EQ(state_of(key, at("2028-01-01")), KeyState::revoked);
    key.is_revoked = false;
    key.can_encrypt = false;
    EXPECT_EQ(state_of(key, at("2026-06-01")), KeyState::no_encryption);
    EXPECT_TRUE(names_address(key, "SOC@bank.example"));
    EXPECT_FALSE(names_address(key, "soc@bank.example.org"));
}

}  // namespace
}  // namespace kula::registry
