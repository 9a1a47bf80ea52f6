// What constituents want changed: proposed, decided, done; and never more than that.

#include <gmock/gmock.h>

#include "registry_house.hpp"
#include "seals_testing/example_key.hpp"

namespace kula::registry {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ProposalsTest : public testing::RegistryHouse {
protected:
    base::Actor constituent(OrganisationId id, std::string name = "user:example.admin") {
        return {std::move(name), "192.0.2.2", {}, base::Clearance::of({id.uuid()})};
    }
    Organisation bank() { return make("Example Bank", {"192.0.2.64/26"}); }
    /// With other networks and a contact with a key.
    static OrganisationContent wanted(Organisation const& organisation) {
        auto out = organisation.content;
        out.networks = {*Network::parse("192.0.2.64/26"), *Network::parse("198.51.100.0/24")};
        out.contacts = {{"SOC", "security", "soc@bank.example", {}, {}}};
        out.contacts[0].openpgp.emplace().text = seals::testing::example_key;
        return out;
    }
    Proposal propose(Organisation const& organisation) {
        return registry
            ->propose(organisation.id, organisation.record.version, wanted(organisation), "new office",
                      constituent(organisation.id))
            .value();
    }
    base::Fault fault(base::Result<Proposal> const& result) { return result.error().fault; }
};
KULA_ON_BOTH_DATABASES(ProposalsTest);

TEST_P(ProposalsTest, change_nothing_until_they_are_approved_and_then_all_of_it) {
    auto const organisation = bank();
    auto const made = propose(organisation);
    EXPECT_EQ(made.changes.size(), 4u) << "a network, a contact, its role and key";
    EXPECT_EQ(stored(organisation.id).content, organisation.content);
    restart();
    auto const approved = registry->approve(made.id, desk);
    ASSERT_TRUE(approved.has_value()) << approved.error().detail;
    EXPECT_EQ(approved->state, ProposalState::approved);
    EXPECT_EQ(approved->decided_by, "desk");
    auto const now = stored(organisation.id);
    EXPECT_EQ(now.content.networks.size(), 2u);
    EXPECT_EQ(now.content.contacts.at(0).openpgp->fingerprint, seals::testing::example_fingerprint);
    EXPECT_EQ(now.record.version, 2);
    EXPECT_TRUE(registry->attribution()->of_address(*base::Address::parse("198.51.100.7")).has_value());
    EXPECT_THAT(trail(), ElementsAre(HasSubstr("desk proposal.approved"), HasSubstr("desk organisation.changed"),
                                     HasSubstr("user:example.admin proposal.made"), HasSubstr("organisation.created")));
    EXPECT_EQ(fault(registry->approve(made.id, desk)), base::Fault::conflict) << "once";
}

TEST_P(ProposalsTest, are_not_done_where_the_record_moved_on) {
    auto const organisation = bank();
    auto const made = propose(organisation);
    auto other = organisation.content;
    other.notes = "called";
    ASSERT_TRUE(registry->replace(organisation.id, 1, other, {}, desk).has_value());
    EXPECT_EQ(fault(registry->approve(made.id, desk)), base::Fault::conflict);
    EXPECT_EQ(registry->proposal(made.id, base::Clearance::everything())->state, ProposalState::open);
    EXPECT_EQ(stored(organisation.id).content, other);
}

TEST_P(ProposalsTest, are_refused_with_a_reason_that_the_proposer_reads) {
    auto const organisation = bank();
    auto const made = propose(organisation);
    EXPECT_EQ(registry->refuse(made.id, "  ", desk).error().detail, "reason: is empty");
    ASSERT_TRUE(registry->refuse(made.id, "the network is another's", desk).has_value());
    auto const read = registry->proposal(made.id, constituent(organisation.id).clearance).value();
    EXPECT_EQ(read.state, ProposalState::refused);
    EXPECT_EQ(read.reason, "the network is another's");
    EXPECT_EQ(fault(registry->withdraw(made.id, constituent(organisation.id))), base::Fault::conflict);
    EXPECT_EQ(stored(organisation.id).content, organisation.content);
}

TEST_P(ProposalsTest, are_withdrawn_by_their_proposer_only) {
    auto const organisation = bank();
    auto const made = propose(organisation);
    EXPECT_EQ(fault(registry->withdraw(made.id, constituent(organisation.id, "user:example.member"))),
              base::Fault::refused);
    ASSERT_TRUE(registry->withdraw(made.id, constituent(organisation.id)).has_value());
    EXPECT_EQ(fault(registry->refuse(made.id, "late", desk)), base::Fault::conflict);
}

TEST_P(ProposalsTest, bring_no_country_and_leave_one_that_is_there) {
    auto const organisation = make("Example CSIRT", {"country:QN"});
    auto with_another = organisation.content;
    with_another.networks.push_back(*Network::parse("country:QO"));
    auto const wants = [&](OrganisationContent const& content) {
        return registry->propose(organisation.id, 1, content, {}, constituent(organisation.id));
    };
    EXPECT_EQ(wants(with_another).error().detail, "networks: only the team claims a country for an organisation");
    auto with_prefix = organisation.content;
    with_prefix.networks.push_back(*Network::parse("192.0.2.0/28"));
    auto const made = wants(with_prefix);
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    ASSERT_TRUE(registry->approve(made->id, desk).has_value());
    EXPECT_TRUE(registry->attribution()->of_country("QN").has_value());
}

TEST_P(ProposalsTest, of_other_organisations_do_not_exist) {
    auto const organisation = bank();
    auto const made = propose(organisation);
    auto const stranger = constituent(make("Example School").id, "user:example.stranger");
    EXPECT_EQ(fault(registry->propose(organisation.id, 1, wanted(organisation), {}, stranger)), base::Fault::not_found);
    EXPECT_EQ(fault(registry->proposal(made.id, stranger.clearance)), base::Fault::not_found);
    EXPECT_EQ(fault(registry->withdraw(made.id, stranger)), base::Fault::not_found);
    ProposalQuery query;
    query.clearance = stranger.clearance;
    EXPECT_EQ(registry->proposals(query)->total, 0);
    query.organisation = organisation.id;
    EXPECT_EQ(registry->proposals(query)->total, 0);
}

TEST_P(ProposalsTest, touch_only_what_is_the_organisations_own) {
    auto organisation = bank();
    auto all = organisation.content;
    all.notes = "we are trustworthy";
    all.entity_class = EntityClass::none;
    all.entity_class_reason = "we say so";
    all.country = "XX";
    EXPECT_EQ(registry->propose(organisation.id, 1, all, {}, constituent(organisation.id)).error().detail,
              "nothing would change");
    all.website = "https://bank.example/";
    auto const made = registry->propose(organisation.id, 1, all, {}, constituent(organisation.id));
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    EXPECT_THAT(made->changes, ElementsAre(FieldChange{"website", {}, {}, "https://bank.example/"}));
    ASSERT_TRUE(registry->approve(made->id, desk).has_value());
    auto const now = stored(organisation.id).content;
    EXPECT_FALSE(now.notes || now.entity_class || now.country);
}

TEST_P(ProposalsTest, are_checked_when_they_are_made) {
    auto const organisation = bank();
    auto faulty = wanted(organisation);
    faulty.contacts[0].email = "nonsense";
    auto const actor = constituent(organisation.id);
    EXPECT_EQ(registry->propose(organisation.id, 1, faulty, {}, actor).error().detail,
              "contacts[0].email: is no mail address");
    EXPECT_EQ(fault(registry->propose(organisation.id, 7, wanted(organisation), {}, actor)), base::Fault::conflict);
    EXPECT_EQ(fault(registry->propose(organisation.id, 1, wanted(organisation), std::string(1001, 'x'), actor)),
              base::Fault::invalid);
}

TEST_P(ProposalsTest, are_listed_newest_first_page_by_page_and_bounded) {
    auto const organisation = bank();
    for (std::int64_t i = 0; i < most_open_proposals; ++i) {
        clock.advance(std::chrono::seconds(1));
        propose(organisation);
    }
    EXPECT_EQ(fault(registry->propose(organisation.id, 1, wanted(organisation), {}, constituent(organisation.id))),
              base::Fault::conflict);
    ProposalQuery query;
    query.clearance = base::Clearance::everything();
    query.limit = 15;
    auto const first = registry->proposals(query).value();
    EXPECT_EQ(first.total, most_open_proposals);
    query.cursor = first.next;
    auto const second = registry->proposals(query).value();
    ASSERT_EQ(second.items.size(), 5u);
    EXPECT_LT(second.items.front().record.created_at, first.items.back().record.created_at);
    EXPECT_TRUE(second.next.empty());
    query.cursor = "x";
    EXPECT_EQ(registry->proposals(query).error().fault, base::Fault::invalid);
    query = {};
    query.clearance = base::Clearance::everything();
    query.state = ProposalState::refused;
    EXPECT_EQ(registry->proposals(query)->total, 0);
}

TEST_P(ProposalsTest, go_with_their_organisation) {
    auto const organisation = bank();
    auto const made = propose(organisation);
    ASSERT_TRUE(registry->remove(organisation.id, 1, desk).has_value());
    EXPECT_EQ(fault(registry->proposal(made.id, base::Clearance::everything())), base::Fault::not_found);
}

TEST(Overlaps, are_the_same_wider_or_narrower_networks_of_others) {
    OrganisationId const one = OrganisationId::make({}), two = OrganisationId::make({});
    auto const network = [](char const* text) { return *Network::parse(text); };
    Attribution const known({{{one, "One", {}}, {network("192.0.2.0/24"), network("bank.example"), network("AS64500")}},
                             {{two, "Two", {}}, {network("198.51.100.0/25")}}});
    auto const count = [&](char const* text, OrganisationId of) { return known.overlapping(network(text), of).size(); };
    EXPECT_EQ(count("192.0.2.128/25", two), 1u);
    EXPECT_EQ(count("192.0.0.0/16", two), 1u);
    EXPECT_EQ(count("192.0.2.0/24", one), 0u) << "its own";
    EXPECT_EQ(count("198.51.100.128/25", one), 0u) << "beside it";
    EXPECT_EQ(count("www.bank.example", two), 1u);
    EXPECT_EQ(count("a.www.bank.example", two), 1u);
    EXPECT_EQ(count("notbank.example", two), 0u);
    EXPECT_EQ(count("AS64500", two), 1u);
}

}  // namespace
}  // namespace kula::registry
