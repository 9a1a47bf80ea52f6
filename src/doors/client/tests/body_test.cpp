#include "body.hpp"

#include "small_contract.hpp"

namespace kula::client {
namespace {

class Fields : public ::testing::Test {
protected:
    Contract const known = testing::contract();
    Json const& input = testing::operation(known, "organisations create").body_schema;
    Json const& answer = testing::operation(known, "organisations get").answer_schema;

    std::string put(std::vector<std::string> const& fields, Json body = Json::object()) const {
        auto const done = put_fields(body, fields, input);
        return done ? body.dump() : done.error().detail;
    }
};

TEST_F(Fields, become_what_the_schema_asks_for) {
    EXPECT_EQ(put({"name=Пример Банка = 2", "size=12", "tlp=green"}),
              R"({"name":"Пример Банка = 2","size":12,"tlp":"green"})");
    EXPECT_EQ(put({"sector=null"}), R"({"sector":null})");
    EXPECT_EQ(put({"sector="}), R"({"sector":null})");
    EXPECT_EQ(put({"name=null"}), R"({"name":"null"})") << "where null may not stand it is a word";
    EXPECT_EQ(put({R"(contacts:=[{"name":"x"}])"}), R"({"contacts":[{"name":"x"}]})");
}

TEST_F(Fields, lists_grow_and_their_first_mention_replaces_them) {
    EXPECT_EQ(put({"roles=a", "roles=b"}, Json::parse(R"({"roles":["old"]})")), R"({"roles":["a","b"]})");
    EXPECT_EQ(put({"roles="}, Json::parse(R"({"roles":["old"]})")), R"({"roles":[]})");
    EXPECT_EQ(
        put({"contacts[0].email=a@bank.example", "contacts[].name=B"}, Json::parse(R"({"contacts":[{"name":"A"}]})")),
        R"({"contacts":[{"name":"A","email":"a@bank.example"},{"name":"B"}]})");
}

TEST_F(Fields, a_slip_is_told_with_its_place) {
    EXPECT_EQ(put({"colour=red"}),
              "colour: there is no field 'colour'; there are name, sector, tlp, size, roles, contacts");
    EXPECT_EQ(put({"tlp=blue"}), "tlp: 'blue' is not: clear|green|amber|red, amber unless told");
    EXPECT_EQ(put({"size=1.5"}), "size: '1.5' is not: integer");
    EXPECT_EQ(put({"size=1e"}), "size: '1e' is not: integer");
    EXPECT_EQ(put({"contacts[2].name=x"}), "contacts[2].name: the list has 0 so far");
    EXPECT_EQ(put({"contacts[99999999999999999999].name=x"}).find("contacts"), 0u);
    EXPECT_EQ(put({"contacts[0.name=x"}), "contacts[0.name: a bracket is not closed");
    EXPECT_EQ(put({"name[0]=x"}), "name[0]: is no list");
    EXPECT_EQ(put({"name.x=x"}), "name.x: has no members");
    EXPECT_EQ(put({"name"}), "name: a field is NAME=VALUE, or NAME:=JSON");
    EXPECT_EQ(put({"name:=x"}), "name: what follows := is no JSON");
}

TEST_F(Fields, what_is_required_and_harmless_is_filled_up) {
    auto body = Json::parse(R"({"name":"x","contacts":[{"name":"y"}]})");
    fill_up(body, input);
    EXPECT_EQ(body.dump(), R"({"name":"x","contacts":[{"name":"y","email":null}],"sector":null})")
        << "roles need one, so the server asks";
}

TEST_F(Fields, of_a_record_only_what_may_be_sent_is) {
    auto const record = Json::parse(
        R"({"id":"1","version":3,"parent":null,"name":"x","naem":"slip","contacts":[{"name":"y","email":null}]})");
    EXPECT_EQ(sendable(record, input, answer).dump(),
              R"({"name":"x","naem":"slip","contacts":[{"name":"y","email":null}]})");
}

}  // namespace
}  // namespace kula::client
