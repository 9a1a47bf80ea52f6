// What the gate offers in one way for many operations: `fields`, `Deprecation`, the page of the contract.

#include <gmock/gmock.h>

#include "export.hpp"
#include "gate.hpp"
#include "house.hpp"
#include "once.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::House;
using ::testing::Not;
using testing::Plain;

struct Offers : House {};

TEST_F(Offers, fields_choose_members_of_each_item_and_of_a_record) {
    auto const id = add_organisation("Example Bank");
    auto const list = ask(Method::get, "/api/v1/organisations", {{"fields", "name,id"}});
    ASSERT_EQ(list.status, 200) << list.text;
    EXPECT_EQ(list.json.at("items").at(0), (Plain{{"id", id}, {"name", "Example Bank"}}));
    EXPECT_EQ(list.json.at("total"), 1);
    EXPECT_TRUE(list.json.at("next").is_null());
    auto const one = ask(Method::get, "/api/v1/organisations/" + id, {{"fields", "networks"}});
    EXPECT_EQ(one.json, (Plain{{"networks", Plain::array()}}));
    EXPECT_EQ(one.headers.find("ETag"), "\"1\"");
}

TEST_F(Offers, an_unknown_field_is_named) {
    for (auto const* path : {"/api/v1/organisations", "/api/v1/sightings", "/api/v1/indicators", "/api/v1/networks",
                             "/api/v1/journal", "/api/v1/users", "/api/v1/tokens", "/api/v1/indicators/sources"}) {
        auto const answer = get(path, {{"fields", "id,colour"}});
        ASSERT_EQ(answer.status, 422) << path;
        EXPECT_EQ(answer.json.at("errors").at(0).at("field"), "fields") << path;
        EXPECT_THAT(answer.text, AnyOf(HasSubstr("colour"), HasSubstr("no field id"))) << path;
    }
    EXPECT_EQ(get("/api/v1/organisations", {{"fields", ""}}).status, 422);
    EXPECT_EQ(get("/api/v1/organisations", {{"fields", "id"}, {"fields", "name"}}).status, 422);
    EXPECT_EQ(get("/api/v1/picture", {{"fields", "totals"}}).status, 422) << "where nothing may be chosen";
}

TEST_F(Offers, fields_show_nothing_that_the_caller_may_not_see) {
    auto const own = add_organisation("Example Bank");
    add_organisation("Example Power");
    token = token_with({"organisations.read"}, base::Uuid::parse(own));
    EXPECT_EQ(ask(Method::get, "/api/v1/organisations", {{"fields", "name"}}).json.at("items"),
              (Plain::array({{{"name", "Example Bank"}}})));
    token = token_with({"status.read"});
    EXPECT_EQ(get("/api/v1/organisations", {{"fields", "name"}}).status, 403);
}

TEST_F(Offers, an_operation_that_will_go_says_so_with_every_answer) {
    constexpr std::array<OperationRule, 3> rules{{{"GET", "/old", "public", "read_old", "", FieldsOf::answer, false,
                                                   false, false, false, "@1793491200", "Tue, 01 Jun 2027 00:00:00 GMT"},
                                                  {"GET", "/older", "status.read", "read_older", "", FieldsOf::answer,
                                                   false, false, false, false, "@1793491200", ""},
                                                  {"GET", "/new", "public", "read_new"}}};
    Once once(journal::Receipts(*database, clock, "secret"));
    Exporter const exporter(*journal, *indicators);
    Gate const gate(*access, *registry, once, exporter, rules);
    auto const asked = [&](std::string const& path) {
        net::Request request;
        request.path = path;
        auto const handler =
            gate.guard(Method::get, path, [](net::Request const&, Caller const&) { return net::no_content(); });
        return handler(request);
    };
    auto const old = asked("/old");
    EXPECT_EQ(old.headers.find("Deprecation"), "@1793491200");
    EXPECT_EQ(old.headers.find("Sunset"), "Tue, 01 Jun 2027 00:00:00 GMT");
    EXPECT_EQ(old.headers.find("Link"), "</api/v1/docs#read_old>; rel=\"deprecation\"");
    auto const refused = asked("/older");
    EXPECT_EQ(refused.status, net::Status::unauthorized);
    EXPECT_TRUE(refused.headers.has("Deprecation")) << "who is refused is told as well";
    EXPECT_FALSE(refused.headers.has("Sunset"));
    EXPECT_FALSE(asked("/new").headers.has("Deprecation"));
}

TEST_F(Offers, the_contract_can_be_read_as_a_page_without_scripts) {
    token.clear();
    auto const page = checked("get", ask(Method::get, "/api/v1/docs"));
    ASSERT_EQ(page.status, 200);
    EXPECT_THAT(page.text, Not(HasSubstr("<script")));
    EXPECT_THAT(page.text, Not(HasSubstr(" style=")));
    for (auto const& [path, item] : contract.contract().at("paths").items()) {
        for (auto const& [method, operation] : item.items()) {
            if (method == "parameters") continue;
            EXPECT_THAT(page.text, HasSubstr("id=\"" + operation.at("operationId").get<std::string>() + "\"")) << path;
        }
    }
    std::string const policy(page.headers.find("Content-Security-Policy").value_or(""));
    EXPECT_THAT(policy, HasSubstr("default-src 'none'; style-src 'sha256-"));
    EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
}

}  // namespace
}  // namespace kula::api
