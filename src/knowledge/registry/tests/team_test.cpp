#include "registry/team.hpp"

#include <algorithm>

#include "registry/registry.hpp"
#include "seals_testing/example_key.hpp"
#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::registry;
using base::Language;
using seals::testing::example_fingerprint;
using seals::testing::example_key;

TeamContent small_team() {
    TeamContent content;
    content.name.in(Language::en) = "Example CSIRT";
    content.email = "team@csirt.example";
    content.portal = "https://csirt.example";
    return content;
}

std::string fault_of(TeamContent content) {
    auto const result = checked(std::move(content));
    return result ? std::string() : result.error().detail;
}

TEST(Team, texts_are_kept_without_blanks_around_them) {
    auto content = small_team();
    content.mission.in(Language::sq) = "  Ndihmojmë.\n\nGjithmonë. \n";
    content.pgp_fingerprint = "0123 4567 89ab cdef 0123  4567 89ab cdef 0123 4567";
    content.portal = "https://csirt.example/";
    auto const kept = checked(content).value();
    EXPECT_EQ(kept.mission.in(Language::sq), "Ndihmojmë.\n\nGjithmonë.");
    EXPECT_EQ(kept.pgp_fingerprint, "0123456789ABCDEF0123456789ABCDEF01234567");
    EXPECT_EQ(kept.portal, "https://csirt.example");
}

TEST(Team, faults_name_the_field) {
    auto const with = [](auto change) {
        auto content = small_team();
        change(content);
        return fault_of(std::move(content));
    };
    EXPECT_EQ(with([](TeamContent&) {}), "");
    EXPECT_EQ(with([](auto& c) { c.email = "nobody"; }), "email: is no mail address");
    EXPECT_EQ(with([](auto& c) { c.phone = "call us"; }), "phone: is no telephone number");
    EXPECT_EQ(with([](auto& c) { c.website = "javascript:alert(1)"; }), "website: is no http or https address");
    EXPECT_EQ(with([](auto& c) { c.disclosure_policy = "policy"; }), "disclosure_policy: is no http or https address");
    EXPECT_EQ(with([](auto& c) {
                  c.locations = {"https://a.example", "b"};
              }),
              "locations[1]: is no http or https address");
    EXPECT_EQ(with([](auto& c) { c.languages = {"Macedonian"}; }), "languages[0]: is longer than 8 characters");
    EXPECT_EQ(with([](auto& c) { c.pgp_fingerprint = "0123"; }),
              "pgp_fingerprint: is none of 40 or 64 hexadecimal digits");
    EXPECT_EQ(with([](auto& c) { c.mission.in(Language::mk) = std::string("\x01"); }),
              "mission.mk: holds control characters or is no UTF-8");
    for (auto const* portal :
         {"csirt.example", "https://csirt.example/mk", "https://user@csirt.example", "https://a\\b"})
        EXPECT_TRUE(with([&](auto& c) { c.portal = portal; }).starts_with("portal: ")) << portal;
}

TEST(Team, takes_a_public_key_and_no_other) {
    std::string const block = "\n\nmQ==\n-----END PGP PUBLIC KEY BLOCK-----";
    auto content = small_team();
    content.pgp_key = "-----BEGIN PGP PUBLIC KEY BLOCK-----" + block;
    EXPECT_EQ(fault_of(content), "pgp_key: holds no OpenPGP public key that can be read");
    content.pgp_key = "-----BEGIN PGP PRIVATE KEY BLOCK-----" + block;
    EXPECT_EQ(fault_of(content), "pgp_key: is a private key; give the public one instead");
    content.pgp_key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n-----BEGIN PGP PRIVATE KEY BLOCK-----" + block;
    EXPECT_EQ(fault_of(content), "pgp_key: is a private key; give the public one instead");
}

TEST(Team, publishes_no_fingerprint_of_another_key) {
    auto content = small_team();
    content.pgp_key = example_key;
    EXPECT_EQ(checked(content).value().pgp_fingerprint, example_fingerprint) << "told from the key";
    content.pgp_fingerprint = "9621 8537 9DE0 126D C9D1  EBA5 52CE E057 2F00 9fbd";
    EXPECT_EQ(fault_of(content), "");
    content.pgp_fingerprint.front() = 'A';
    EXPECT_EQ(fault_of(content),
              "pgp_fingerprint: is not the key's, which is `" + std::string(example_fingerprint) + "`");
}

TEST(Team, knows_what_it_still_has_to_tell) {
    auto const of = [](TeamContent const& content, std::string const& field) {
        auto const fields = missing(content);
        return std::find(fields.begin(), fields.end(), field) != fields.end();
    };
    auto content = small_team();
    EXPECT_TRUE(of({}, "name") && of({}, "email") && of({}, "languages") && of({}, "pgp_key"));
    EXPECT_TRUE(of(content, "name.mk") && of(content, "name.sq"));
    EXPECT_FALSE(of(content, "name") || of(content, "name.en") || of(content, "email"));
    EXPECT_FALSE(of({}, "proactive")) << "not everybody has it";
    content.proactive.in(Language::mk) = "Советуваме.";
    EXPECT_TRUE(of(content, "proactive.sq")) << "but then in every language";
}

class TeamTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start();
    }
    void TearDown() override {
        registry.reset();
        journal.reset();
        Twins::TearDown();
    }
    void start() {
        journal = std::move(journal::Journal::open(database(), clock).value());
        registry = std::move(Registry::open(database(), *journal, clock).value());
    }
    base::Actor const desk{"desk", "192.0.2.1"};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Registry> registry;
};
KULA_ON_BOTH_DATABASES(TeamTest);

TEST_P(TeamTest, is_empty_until_it_is_told) {
    EXPECT_EQ(registry->team()->content, TeamContent());
    EXPECT_EQ(registry->team()->version, 0);
    EXPECT_FALSE(registry->team()->changed_at);
}

TEST_P(TeamTest, keeps_every_field_over_a_restart) {
    TeamContent content = small_team();
    for (auto const& field : team_texts()) {
        for (auto const language : base::languages)
            (content.*field.value).in(language) = std::string(field.name) + " " + std::string(to_text(language));
    }
    content.short_name = "EX";
    content.country = "MK";
    content.time_zone = "Europe/Skopje";
    content.phone = content.fax = content.emergency_phone = "+389 2 555 0100";
    content.pgp_fingerprint = example_fingerprint;
    content.pgp_key = example_key.substr(0, example_key.size() - 1);  // Without its last line break.
    content.pgp_user_id = "Example <team@csirt.example>";
    content.website = content.disclosure_policy = "https://csirt.example/x";
    content.languages = {"mk", "sq", "en"};
    content.locations = {"https://a.example/1", "https://a.example/2"};
    content.figures = PublicFigures::published;
    for (auto const& field : team_lines()) EXPECT_FALSE((content.*field.value).empty()) << field.name;
    auto const told = registry->replace_team(0, content, desk);
    ASSERT_TRUE(told) << told.error().detail;
    EXPECT_EQ(told->version, 1);
    registry.reset();
    journal.reset();
    reopen();
    start();
    EXPECT_EQ(registry->team()->content, content);
    EXPECT_EQ(registry->team()->version, 1);
    EXPECT_EQ(registry->team()->changed_at, told->changed_at);
}

TEST_P(TeamTest, a_change_names_the_version_it_read_and_stands_in_the_trail) {
    ASSERT_TRUE(registry->replace_team(0, small_team(), desk));
    auto content = small_team();
    content.email = "new@csirt.example";
    EXPECT_EQ(registry->replace_team(0, content, desk).error().fault, base::Fault::conflict);
    ASSERT_TRUE(registry->replace_team(1, content, desk));
    EXPECT_EQ(registry->team()->version, 2);
    auto const entries = journal->list({}).value().items;
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries.front().fact.deed, "team.changed");
    EXPECT_EQ(entries.front().fact.subject, "team:");
    EXPECT_NE(entries.front().fact.before.find("team@csirt.example"), std::string::npos);
    EXPECT_NE(entries.front().fact.after.find("new@csirt.example"), std::string::npos);
}

TEST_P(TeamTest, a_field_that_is_emptied_is_gone) {
    auto content = small_team();
    content.hours.in(Language::mk) = "8–16";
    ASSERT_TRUE(registry->replace_team(0, content, desk));
    content.hours = {};
    ASSERT_TRUE(registry->replace_team(1, content, desk));
    EXPECT_TRUE(registry->team()->content.hours.is_empty());
}

}  // namespace
