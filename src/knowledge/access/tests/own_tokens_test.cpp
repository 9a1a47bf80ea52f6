// A token of one's own does what its person may at the moment, sees what they see, and ends with their account.

#include "access_fixture.hpp"

namespace kula {
namespace {

using namespace access;
using base::Fault;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Permissions = std::set<std::string, std::less<>>;

class OwnTokenTest : public access_testing::AccessTest {
protected:
    void SetUp() override {
        AccessTest::SetUp();
        if (!IsSkipped()) person = active("arta");
    }
    User active(std::string const& name) {
        auto const invited = invite(constituent(name));
        enrol(invited);
        return access->find(invited.user.id).value();
    }
    base::Result<MadeToken> make(User const& owner, Permissions permissions = {"findings.read", "findings.answer"}) {
        return access->make_own_token(owner.id, "ticket system", std::move(permissions),
                                      clock.now() + std::chrono::hours(24), {"user:" + owner.id.text()});
    }
    Fault fault_of_use(std::string const& secret) { return access->of_token(secret, here).error().fault; }

    User person;
};
KULA_ON_BOTH_DATABASES(OwnTokenTest);

TEST_P(OwnTokenTest, asks_for_its_person_at_their_organisation) {
    auto const made = make(person).value();
    auto const identity = access->of_token(made.secret, here).value();
    EXPECT_EQ(identity.actor, "token:" + made.token.id.text());
    EXPECT_EQ(identity.permissions, (Permissions{"findings.answer", "findings.read"}));
    EXPECT_EQ(identity.organisation, organisation);
    EXPECT_FALSE(identity.session.has_value()) << "it has no account, so it makes no tokens";
    EXPECT_THAT(told("token.made")[0].fact.after, HasSubstr(person.id.text()));
    auto const own = access->own_tokens(person.id).value();
    ASSERT_THAT(own, SizeIs(1));
    EXPECT_EQ(own[0].last_used_at, clock.now());
    EXPECT_EQ(own[0].last_used_from, here.address);
    EXPECT_EQ(access->tokens()->at(0).person, person.id) << "the administration sees it";
}

TEST_P(OwnTokenTest, does_no_more_than_its_person_may_now) {
    auto const made = make(person).value();
    auto changed = person.content;
    changed.roles = {"partner"};
    person = access->replace(person.id, person.record.version, changed, console).value();
    EXPECT_THAT(access->of_token(made.secret, here).value().permissions, IsEmpty());
    changed.roles = {"constituent_member"};
    changed.organisation = other_organisation;
    access->replace(person.id, person.record.version, changed, console).value();
    EXPECT_EQ(fault_of_use(made.secret), Fault::not_found) << "it was made for another organisation";
}

TEST_P(OwnTokenTest, ends_with_the_account_and_with_a_new_link_to_it) {
    auto const made = make(person).value();
    access->renew_link(person.id, console).value();
    EXPECT_EQ(fault_of_use(made.secret), Fault::not_found);
    auto const other = active("besa");
    auto const others = make(other).value();
    access->deactivate(other.id, other.record.version, console).value();
    EXPECT_EQ(fault_of_use(others.secret), Fault::not_found);
    EXPECT_THAT(told("token.revoked"), SizeIs(2)) << "for good: who comes back by the link makes new ones";
}

TEST_P(OwnTokenTest, holds_nothing_that_is_not_its_persons_and_nothing_for_people_only) {
    EXPECT_TRUE(is_refused(make(person, {"organisations.propose"}))) << "an administrator's";
    EXPECT_EQ(make(person, {"tokens.own"}).error().fault, Fault::invalid);
    EXPECT_EQ(make(person, {"messages.read"}).error().fault, Fault::invalid);
    EXPECT_EQ(make(person, {}).error().fault, Fault::invalid);
    EXPECT_TRUE(is_refused(make(member("ana").user, {"findings.read"}))) << "the team has no tokens of its own";
    EXPECT_TRUE(is_refused(make(invite(constituent("cveta")).user))) << "not active yet";
}

TEST_P(OwnTokenTest, is_revoked_by_its_person_and_by_the_administration_alone) {
    auto const one = make(person).value(), other = make(person).value();
    auto const colleague = active("besa");
    base::Actor const by_colleague{"user:" + colleague.id.text()};
    EXPECT_EQ(access->revoke_own_token(colleague.id, one.token.id, by_colleague).error().fault, Fault::not_found);
    EXPECT_TRUE(access->of_token(one.secret, here).has_value());
    EXPECT_TRUE(access->revoke_own_token(person.id, one.token.id, {"user:" + person.id.text()}).has_value());
    EXPECT_EQ(fault_of_use(one.secret), Fault::not_found);
    EXPECT_TRUE(access->revoke_token(other.token.id, console).has_value());
    EXPECT_EQ(fault_of_use(other.secret), Fault::not_found);
    EXPECT_THAT(told("token.revoked"), SizeIs(2));
}

TEST_P(OwnTokenTest, are_so_many_at_once_and_no_more) {
    std::vector<TokenId> ids;
    for (std::size_t count = 0; count < most_own_tokens; ++count) ids.push_back(make(person).value().token.id);
    EXPECT_EQ(make(person).error().fault, Fault::conflict);
    access->revoke_own_token(person.id, ids[0], console).value();
    EXPECT_TRUE(make(person).has_value());
}

}  // namespace
}  // namespace kula
