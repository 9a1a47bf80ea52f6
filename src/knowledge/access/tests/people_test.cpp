#include "access_fixture.hpp"
#include "access_migrations.hpp"
#include "text.hpp"

namespace {

using namespace kula;
using namespace kula::access;
using access_testing::good_password;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class PeopleTest : public access_testing::AccessTest {
protected:
    std::string fault(UserContent const& wanted) {
        auto const made = access->invite(wanted, console);
        return made.has_error() ? made.error().detail : "";
    }
    std::vector<std::string> names(UserQuery const& query) {
        std::vector<std::string> out;
        for (auto const& user : access->list(query).value().items) out.push_back(user.content.name);
        return out;
    }
};
KULA_ON_BOTH_DATABASES(PeopleTest);

TEST_P(PeopleTest, keeps_a_person_over_a_restart) {
    auto wanted = content("Ana.Example", {"auditor", "head_of_team"});
    wanted.language = "mk";
    wanted.full_name = "Ана Пример";
    auto const made = invite(wanted);
    restart();
    auto const found = access->find(made.user.id);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->content.name, "ana.example");
    EXPECT_EQ(found->content.full_name, "Ана Пример");
    EXPECT_THAT(found->content.roles, ElementsAre("head_of_team", "auditor")) << "in the table's order";
    EXPECT_EQ(found->state, UserState::invited);
    EXPECT_EQ(found->record.created_by, "console");
    EXPECT_EQ(access->find_by_name("ANA.example").value()->id, made.user.id);
    EXPECT_FALSE(access->find_by_name("nobody").value().has_value());
    EXPECT_EQ(access->find(UserId::make(clock.now())).error().fault, base::Fault::not_found);
}

TEST_P(PeopleTest, names_the_field_that_breaks_a_rule) {
    for (auto const* const name : {"", "a", "ana example", "ана", "a/b", "ana\n"})
        EXPECT_THAT(fault(content(name)), HasSubstr("name: ")) << name;
    EXPECT_THAT(fault(content(std::string(65, 'a'))), HasSubstr("name: "));
    auto wanted = content("ana");
    wanted.full_name = "  ";
    EXPECT_THAT(fault(wanted), HasSubstr("full_name: "));
    wanted = content("ana");
    wanted.email = "ana@@example";
    EXPECT_THAT(fault(wanted), HasSubstr("email: "));
    wanted = content("ana");
    wanted.language = "de";
    EXPECT_THAT(fault(wanted), HasSubstr("language: "));
    EXPECT_THAT(fault(content("ana", {})), HasSubstr("roles: "));
    EXPECT_THAT(fault(content("ana", {"king"})), HasSubstr("roles: "));
    EXPECT_THAT(fault(content("ana", {"auditor", "partner"})), HasSubstr("not all of one side"));
    EXPECT_THAT(fault(content("ana", {"partner"})), HasSubstr("organisation: "));
    wanted = content("ana");
    wanted.organisation = organisation;
    EXPECT_THAT(fault(wanted), HasSubstr("organisation: "));
}

TEST_P(PeopleTest, gives_a_name_once) {
    invite("ana");
    auto const again = access->invite(content("ANA"), console);
    ASSERT_TRUE(again.has_error());
    EXPECT_EQ(again.error().fault, base::Fault::conflict);
}

TEST_P(PeopleTest, changes_the_version_that_its_maker_read) {
    auto const made = invite("ana").user;
    auto wanted = made.content;
    wanted.full_name = "Ana Other";
    auto const changed = access->replace(made.id, 1, wanted, console);
    ASSERT_TRUE(changed.has_value());
    EXPECT_EQ(changed->record.version, 2);
    EXPECT_EQ(access->replace(made.id, 1, wanted, console).error().fault, base::Fault::conflict);
    EXPECT_EQ(access->deactivate(made.id, 1, console).error().fault, base::Fault::conflict);
    auto const facts = told("user.changed");
    ASSERT_EQ(facts.size(), 1u);
    EXPECT_THAT(facts[0].fact.before, HasSubstr("Ana Example"));
    EXPECT_THAT(facts[0].fact.after, HasSubstr("Ana Other"));
}

TEST_P(PeopleTest, keeps_the_last_active_administrator) {
    auto const ana = member("ana");
    invite("bojan");  // Invited is not active.
    EXPECT_TRUE(is_refused(access->deactivate(ana.user.id, ana.user.record.version, console)));
    auto wanted = ana.user.content;
    wanted.roles = {"auditor"};
    EXPECT_TRUE(is_refused(access->replace(ana.user.id, ana.user.record.version, wanted, console)));
    member("goran");
    EXPECT_TRUE(access->replace(ana.user.id, ana.user.record.version, wanted, console).has_value());
}

TEST_P(PeopleTest, shuts_a_deactivated_person_out) {
    member("ana");
    auto const goran = member("goran", {"auditor"});
    auto const gone = access->deactivate(goran.user.id, goran.user.record.version, console);
    ASSERT_TRUE(gone.has_value());
    EXPECT_EQ(gone->state, UserState::deactivated);
    EXPECT_FALSE(gone->has_totp);
    EXPECT_TRUE(access->of_session(goran.signed_in.secret, here).has_error());
    EXPECT_TRUE(is_refused(access->sign_in("goran", good_password, here)));
    EXPECT_EQ(told("user.deactivated").size(), 1u);
    EXPECT_TRUE(access->deactivate(goran.user.id, gone->record.version, console).has_value()) << "twice is once";
    EXPECT_EQ(told("user.deactivated").size(), 1u);
}

TEST_P(PeopleTest, makes_everything_of_before_void_with_a_new_link) {
    auto const ana = member("ana");
    auto const again = access->renew_link(ana.user.id, console);
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(again->user.state, UserState::invited);
    EXPECT_FALSE(again->user.has_totp);
    EXPECT_EQ(again->user.recovery_codes, 0);
    EXPECT_TRUE(access->of_session(ana.signed_in.secret, here).has_error());
    EXPECT_TRUE(is_refused(access->sign_in("ana", good_password, here)));
    auto const newer = access->renew_link(ana.user.id, console).value();
    EXPECT_EQ(access->enrol(again->link.secret, good_password, here).error().fault, base::Fault::not_found);
    EXPECT_EQ(enrol(newer).session.state, SignInState::second_factor_to_enrol);
}

TEST_P(PeopleTest, lists_by_name_page_by_page) {
    for (auto const* const name : {"goran", "ana", "ana.b", "ana-c", "zoran"}) invite(name);
    UserQuery query;
    query.limit = 2;
    auto const listed = [&](UserSort sort) {
        query.sort = sort;
        query.cursor.clear();
        std::vector<std::string> all;
        for (;;) {
            auto const page = access->list(query).value();
            EXPECT_EQ(page.total, 5);
            for (auto const& user : page.items) all.push_back(user.content.name);
            if (page.next.empty()) return all;
            query.cursor = page.next;
        }
    };
    EXPECT_THAT(listed(UserSort::name), ElementsAre("ana", "ana-c", "ana.b", "goran", "zoran"));
    EXPECT_THAT(listed(UserSort::name_descending), ElementsAre("zoran", "goran", "ana.b", "ana-c", "ana"));
    EXPECT_THAT(listed(UserSort::last_sign_in),
                ::testing::UnorderedElementsAre("ana", "ana-c", "ana.b", "goran", "zoran"));
    query.cursor = "'; drop";
    EXPECT_EQ(access->list(query).error().fault, base::Fault::invalid);
}

TEST_P(PeopleTest, finds_people_by_what_is_written_in_any_script) {
    auto wanted = content("ana", {"auditor"});
    wanted.full_name = "Ана Стојанова";
    invite(wanted);
    invite("goran");
    UserQuery query;
    query.search = "stojan";
    EXPECT_THAT(names(query), ElementsAre("ana"));
    query.search = "СТОЈАН ana";
    EXPECT_THAT(names(query), ElementsAre("ana"));
    query = {};
    query.role = "administrator";
    EXPECT_THAT(names(query), ElementsAre("goran"));
    query = {};
    query.state = UserState::active;
    EXPECT_THAT(names(query), ElementsAre());
}

TEST_P(PeopleTest, shows_a_limited_actor_its_own_organisation_only) {
    auto const inside = invite(constituent("ina")).user;
    auto const outside = invite("ana").user;
    base::Actor limited{"token:1"};
    limited.clearance = base::Clearance::of({organisation});
    EXPECT_EQ(access->renew_link(outside.id, limited).error().fault, base::Fault::not_found);
    EXPECT_EQ(access->deactivate(outside.id, 1, limited).error().fault, base::Fault::not_found);
    EXPECT_EQ(access->end_sessions(outside.id, limited).error().fault, base::Fault::not_found);
    EXPECT_TRUE(is_refused(access->invite(content("eve"), limited)));
    auto moved = inside.content;
    moved.organisation = other_organisation;
    EXPECT_TRUE(is_refused(access->replace(inside.id, 1, moved, limited)));
    EXPECT_TRUE(access->deactivate(inside.id, 1, limited).has_value());
}

/// A database that ran only the first scripts, with that day's rows in it, comes up to date without losing any.
TEST_P(PeopleTest, brings_every_earlier_schema_up_to_date) {
    auto const& all = access_migrations();
    for (std::size_t count = 1; count <= all.scripts.size(); ++count) {
        stop();
        renew();
        ASSERT_TRUE(database().migrate(storage::testing::first_scripts(all, count)).has_value());
        auto const filled = database().write(storage::Priority::interactive, [](storage::Session& session) {
            session.execute(
                "insert into person values ('01930b2e-6c00-7000-8000-000000000001', 'ana', '616e61', 'ana', 'Ana', '', 'mk', null, "
                "'active', null, '00000000-0000-0000-0000-000000000000', 'amber', 'amber', '', 1, 'console', 1, 'console', 1)");
            session.execute("insert into person_role values ('01930b2e-6c00-7000-8000-000000000001', 'auditor')");
            session.execute(
                "insert into person_secret values ('01930b2e-6c00-7000-8000-000000000001', null, null, 0, null, null)");
            session.execute("insert into recovery_code values ('01930b2e-6c00-7000-8000-000000000001', 'aa', null)");
        });
        ASSERT_TRUE(filled.has_value()) << filled.error().detail;
        start();
        auto const found = access->find_by_name("ana").value();
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(found->recovery_codes, 1);
        EXPECT_THAT(found->content.roles, ElementsAre("auditor"));
    }
}

TEST(Mailboxes, are_what_rfc_5321_calls_one) {
    for (auto const* const good : {"a@b", "ana.example@team.example", "o'hara+x@a-b.example"})
        EXPECT_TRUE(is_mailbox(good)) << good;
    for (auto const* const bad : {"", "a", "@b", "a@", ".a@b", "a.@b", "a..a@b", "a@-b", "a@b..c", "a b@c", "a@b\n"})
        EXPECT_FALSE(is_mailbox(bad)) << bad;
}

}  // namespace
