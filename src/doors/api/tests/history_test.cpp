#include "history.hpp"

#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::House;
using ::testing::Not;
using testing::Plain;

/// What somebody is told whose change comes too late.
struct Stale : House {
    std::string const all = "/api/v1/organisations";

    std::string path_of(std::string const& id) const { return all + '/' + id; }
    testing::Answer put(std::string const& id, Plain const& wanted, std::string const& etag) {
        return send(Method::put, path_of(id), wanted, {{"If-Match", etag}});
    }
    static Plain change_of(Plain const& answer, std::string const& field) {
        for (auto const& change : answer.at("changes")) {
            if (change.at("field") == field) return change;
        }
        return nullptr;
    }
};

TEST_F(Stale, tells_who_changed_what_and_when_since_the_version_that_was_read) {
    auto wanted = organisation("Example Bank", {prefix("192.0.2.0/28"), prefix("192.0.2.16/28")});
    auto const id = send(Method::post, all, wanted).json.at("id").get<std::string>();
    wanted["notes"] = "called";
    ASSERT_EQ(put(id, wanted, "\"1\"").status, 200);
    clock.advance(std::chrono::minutes(5));
    wanted["notes"] = "called twice";
    wanted["networks"] = {prefix("192.0.2.0/28"), prefix("192.0.2.32/28")};
    ASSERT_EQ(put(id, wanted, "\"2\"").status, 200);

    auto const late = put(id, wanted, "\"1\"");
    ASSERT_EQ(late.status, 412);
    EXPECT_EQ(late.headers.find("ETag"), "\"3\"");
    EXPECT_EQ(late.json.at("current_etag"), "\"3\"");
    EXPECT_EQ(late.json.at("changed_at"), "2026-11-21T10:25:30Z");
    EXPECT_THAT(late.json.at("changed_by").get<std::string>(), HasSubstr("token:"));
    EXPECT_EQ(late.json.at("changed_by_name"), "test");
    EXPECT_EQ(change_of(late.json, "notes"),
              (Plain{{"field", "notes"}, {"before", nullptr}, {"after", "called twice"}, {"withheld", false}}));
    EXPECT_EQ(
        change_of(late.json, "networks"),
        (Plain{
            {"field", "networks"}, {"before", {"192.0.2.16/28"}}, {"after", {"192.0.2.32/28"}}, {"withheld", false}}));
    EXPECT_EQ(late.json.at("changes").size(), 2u) << "what did not change is not told";

    auto const less_late = checked("delete", ask(Method::remove, path_of(id), {}, {}, {{"If-Match", "\"2\""}}));
    ASSERT_EQ(less_late.status, 412);
    EXPECT_EQ(change_of(less_late.json, "notes").at("before"), "called");
}

TEST_F(Stale, tells_no_difference_to_a_version_that_never_was) {
    auto const id = add_organisation("Example Bank");
    for (auto const* etag : {"\"0\"", "\"2\"", "\"99999999999999999999\"", "\"x\"", "W/\"1\""}) {
        auto const answer = put(id, organisation("Example Bank"), etag);
        ASSERT_EQ(answer.status, 412) << etag;
        EXPECT_TRUE(answer.json.at("changes").is_null()) << etag;
    }
}

TEST_F(Stale, is_told_from_what_is_no_entity_tag) {
    auto const id = add_organisation("Example Bank");
    for (auto const* etag : {"1", "\"1", "", "\"1\" \"2\"", ",", "w/\"1\""}) {
        auto const answer = put(id, organisation("Example Bank"), etag);
        ASSERT_EQ(answer.status, 422) << etag;
        EXPECT_EQ(answer.json.at("errors").at(0).at("field"), "If-Match") << etag;
    }
    EXPECT_EQ(put(id, organisation("Example Bank"), "\"7\" ,, \"1\",").status, 200);
}

TEST_F(Stale, keeps_the_teams_notes_and_names_from_the_organisation_itself) {
    auto wanted = organisation("Example Bank");
    wanted["notes"] = "watched";
    auto const id = send(Method::post, all, wanted).json.at("id").get<std::string>();
    wanted["notes"] = "no longer watched";
    wanted["short_name"] = "EB";
    ASSERT_EQ(put(id, wanted, "\"1\"").status, 200);

    Caller caller;  // No role of an organisation may write yet; what such a caller would be told is held all the same.
    caller.actor.clearance = base::Clearance::of({*base::Uuid::parse(id)});
    net::Request request;
    request.headers.add("If-Match", "\"1\"");
    auto const late = History(*journal, *access)
                          .precondition(request, caller,
                                        {"organisation:" + id, 2, [] {
                                             return base::Result<Json>(Json{{"notes", nullptr}, {"short_name", "EB"}});
                                         }});
    ASSERT_TRUE(late);
    auto const text = std::get<std::string>(late->body);
    auto const told = Plain::parse(text);
    EXPECT_THAT(text, Not(HasSubstr("watched")));
    EXPECT_TRUE(told.at("changed_by").is_null());
    EXPECT_TRUE(told.at("changed_by_name").is_null());
    EXPECT_EQ(change_of(told, "short_name").at("after"), "EB");
}

TEST_F(Stale, tells_of_a_state_that_was_red_only_which_fields_it_had_otherwise) {
    // No record with an `If-Match` can be TLP:RED any more; what the trail keeps of one that was stays what it was.
    ASSERT_TRUE(journal->record(base::Actor{"console"}, {"organisation.changed", "organisation:1",
                                                         R"({"tlp":"red","website":"https://secret.example"})",
                                                         R"({"tlp":"amber","website":"https://bank.example"})"}));
    Caller caller;
    caller.actor.clearance = base::Clearance::of_team(std::nullopt);
    net::Request request;
    request.headers.add("If-Match", "\"1\"");
    auto const shown = [] { return base::Result<Json>(Json{{"tlp", "amber"}, {"website", "https://bank.example"}}); };
    auto const late = History(*journal, *access).precondition(request, caller, {"organisation:1", 2, shown});
    ASSERT_TRUE(late);
    auto const text = std::get<std::string>(late->body);
    EXPECT_THAT(text, Not(HasSubstr("secret.example")));
    EXPECT_EQ(
        change_of(Plain::parse(text), "website"),
        (Plain{{"field", "website"}, {"before", nullptr}, {"after", "https://bank.example"}, {"withheld", true}}));
}

TEST_F(Stale, is_told_of_the_national_space_too) {
    auto const space = "/api/v1/national-space";
    ASSERT_EQ(send(Method::put, space, {{"prefixes", {"192.0.2.0/24"}}, {"as_numbers", Plain::array()}},
                   {{"If-Match", "\"0\""}})
                  .status,
              200);
    auto const late = send(Method::put, space, {{"prefixes", Plain::array()}, {"as_numbers", Plain::array()}},
                           {{"If-Match", "\"0\""}});
    ASSERT_EQ(late.status, 412);
    EXPECT_EQ(change_of(late.json, "prefixes").at("after"), (Plain{"192.0.2.0/24"}));
}

}  // namespace
}  // namespace kula::api
