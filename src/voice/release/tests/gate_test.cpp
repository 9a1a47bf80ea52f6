#include "release/gate.hpp"

#include <gmock/gmock.h>

#include "seals/digest.hpp"
#include "seals_testing/example_key.hpp"
#include "storage_testing/twins.hpp"

namespace kula::release {
namespace {

using ::testing::HasSubstr;

struct Note {
    base::Marking marking{};
    std::string text{};
    [[nodiscard]] std::string about() const { return "note:1"; }
    [[nodiscard]] std::string payload() const { return text; }
};

// What nobody decided does not leave: only the gate makes these.
static_assert(!std::is_constructible_v<Released<Note>, Note, Addressee, DecisionRecord>);
static_assert(!std::is_default_constructible_v<Released<Note>>);
static_assert(!std::is_constructible_v<Released<Note>, Held<Note>>);

class GateTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        journal = journal::Journal::open(database(), clock).value();
        registry = registry::Registry::open(database(), *journal, clock).value();
        gate = Gate::open(database(), *journal, *registry, clock, {true, false}).value();
        registry::OrganisationContent content;
        content.name = "Example Bank";
        content.contacts = {{"SOC", "security", "soc@bank.example", {}, {}},
                            {"Desk", "duty", "desk@bank.example", {}, {}},
                            {"Deputy", "security", "SOC@bank.example", {}, {}},
                            {"Nobody", "security", {}, "+1", {}}};
        content.contacts[0].openpgp.emplace().text = seals::testing::example_key;
        bank = registry->create(content, {}, desk).value().id;
    }
    void TearDown() override {
        gate.reset();
        registry.reset();
        journal.reset();
        Twins::TearDown();
    }
    Addressee addressee(std::string const& address) {
        return gate->addressee(bank, address, Addressed::by_role).value();
    }
    Decision foretold(base::Tlp tlp, std::string const& address) {
        return gate->foretell({tlp, base::Pap::clear}, addressee(address)).value();
    }

    base::Actor const desk{"desk", "192.0.2.1"};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<Gate> gate;
    registry::OrganisationId bank;
};
KULA_ON_BOTH_DATABASES(GateTest);

TEST_P(GateTest, finds_contacts_by_role_and_by_name_each_address_once) {
    auto const found =
        gate->addressees(bank, {{"security"}, {"Desk@bank.example"}}, base::Clearance::everything()).value();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].contact.name, "SOC");
    EXPECT_EQ(found[0].addressed, Addressed::by_role);
    EXPECT_EQ(found[1].addressed, Addressed::by_name);
    EXPECT_THAT(gate->addressees(bank, {{}, {"ceo@bank.example"}}, base::Clearance::everything()).error().detail,
                HasSubstr("addresses: name somebody who is no contact"));
    EXPECT_EQ(gate->addressees(bank, {{"security"}, {}}, base::Clearance::of({})).error().fault,
              base::Fault::not_found);
}

TEST_P(GateTest, decides_by_todays_keys) {
    EXPECT_EQ(foretold(base::Tlp::amber, "soc@bank.example"),
              (Decision{Verdict::released, Reason::encrypted, Form::openpgp}));
    EXPECT_EQ(foretold(base::Tlp::amber, "desk@bank.example"), (Decision{Verdict::held, Reason::no_key, Form::plain}));
    clock.advance(std::chrono::days(800));
    EXPECT_EQ(foretold(base::Tlp::amber, "soc@bank.example").reason, Reason::key_expired);
}

TEST_P(GateTest, writes_down_what_it_decided_about_to_the_byte) {
    auto const decision = foretold(base::Tlp::amber, "soc@bank.example");
    auto const outcome = database().write(storage::Priority::interactive, [&](storage::Session& session) {
        return gate->release(session, Note{{}, "A text."}, addressee("soc@bank.example"), decision, desk);
    });
    ASSERT_TRUE(outcome.has_value());
    auto const& released = std::get<Released<Note>>(*outcome);
    EXPECT_EQ(released.thing().text, "A text.");
    auto const kept = gate->decisions("note:1").value();
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(kept[0].id, released.decision().id);
    EXPECT_EQ(kept[0].payload_sha256, seals::hex(seals::sha256("A text.")));
    EXPECT_EQ(kept[0].key_fingerprint, seals::testing::example_fingerprint);
    EXPECT_EQ(kept[0].decision, decision);
    EXPECT_EQ(kept[0].actor, "desk");
}

TEST_P(GateTest, sends_plain_what_an_organisation_agreed_to_and_no_more) {
    EXPECT_EQ(gate->agree(bank, base::Tlp::red, "by phone", desk).error().fault, base::Fault::invalid);
    EXPECT_EQ(gate->agree(bank, base::Tlp::amber, "", desk).error().fault, base::Fault::invalid);
    ASSERT_TRUE(gate->agree(bank, base::Tlp::amber, "Letter of 2026-11-02", desk).has_value());
    ASSERT_TRUE(gate->agree(bank, base::Tlp::amber, "Letter of 2026-11-03", desk).has_value());
    EXPECT_EQ(gate->plain_agreement(bank, base::Clearance::everything()).value()->why, "Letter of 2026-11-03");
    EXPECT_EQ(foretold(base::Tlp::amber, "desk@bank.example").reason, Reason::plain_is_agreed);
    EXPECT_EQ(foretold(base::Tlp::amber_strict, "desk@bank.example").verdict, Verdict::held);
    ASSERT_TRUE(gate->end_agreement(bank, desk).has_value());
    EXPECT_EQ(foretold(base::Tlp::amber, "desk@bank.example").verdict, Verdict::held);
    EXPECT_TRUE(gate->end_agreement(bank, desk).has_value()) << "nothing is left to end";
    EXPECT_EQ(gate->plain_agreement(bank, base::Clearance::of({})).error().fault, base::Fault::not_found);
}

TEST_P(GateTest, knows_nobody_who_is_no_contact_any_more) {
    auto content = registry->find(bank, base::Clearance::everything()).value().content;
    content.contacts.erase(content.contacts.begin() + 1);
    ASSERT_TRUE(registry->replace(bank, 1, content, {}, desk).has_value());
    EXPECT_EQ(gate->addressee(bank, "desk@bank.example", Addressed::by_role).error().fault, base::Fault::not_found);
}

TEST_P(GateTest, writes_to_the_team_itself_by_its_published_key) {
    Choice const own{{}, {"team@csirt.example"}};
    EXPECT_EQ(gate->addressees(the_team, own, base::Clearance::everything()).error().fault, base::Fault::not_found);
    registry::TeamContent team;
    team.email = "team@csirt.example";
    ASSERT_TRUE(registry->replace_team(0, team, desk).has_value());
    auto const without_key = gate->addressee(the_team, "team@csirt.example", Addressed::by_role).value();
    EXPECT_EQ(gate->foretell({}, without_key)->verdict, Verdict::held);
    team.pgp_key = seals::testing::example_key;
    ASSERT_TRUE(registry->replace_team(1, team, desk).has_value());
    auto const with_key = gate->addressee(the_team, "team@csirt.example", Addressed::by_role).value();
    EXPECT_EQ(gate->foretell({}, with_key)->verdict, Verdict::released);
    EXPECT_EQ(gate->addressees(the_team, own, base::Clearance::of({bank.uuid()})).error().fault,
              base::Fault::not_found);
}

}  // namespace
}  // namespace kula::release
