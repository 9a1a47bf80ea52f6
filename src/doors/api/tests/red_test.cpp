// Proves: what is TLP:RED leaves the doors for its readers only, and every read of it is in the trail.
#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::House;
using ::testing::Not;
using testing::Plain;

struct Red : House {
    Red() : House({.second_factor = access::SecondFactor::optional}) {}
    void SetUp() override {
        boro = signed_in("boro", "duty_analyst");
        ana = signed_in("ana", "duty_analyst");
    }
    testing::Answer import(testing::Query query, std::string const& lines = "198.51.100.77\n") {
        query.push_back({"source", "secret-list"});
        return checked("post", ask(Method::post, "/api/v1/indicators/import", std::move(query), lines,
                                   {{"Content-Type", "text/plain"}}));
    }
    std::string red_indicator() { return first_id("/api/v1/indicators"); }
    Plain trail(std::string const& deed) {
        person = {};
        token = token_with(access::Roles::shipped().permissions_of_tokens(access::Side::team));
        auto entries = get("/api/v1/journal", {{"deed", deed}}).json.at("items");
        token.clear();
        return entries;
    }
    void as(SignedIn const& somebody) {
        token.clear();
        person = somebody;
    }
    SignedIn ana, boro;
};

TEST_F(Red, is_its_makers_where_nobody_is_named_and_says_so) {
    ASSERT_EQ(import({{"tlp", "red"}}).status, 200);
    auto const item = get("/api/v1/indicators").json.at("items").at(0);
    EXPECT_EQ(item.at("readers"), Plain::array({{{"id", ana.id}, {"full_name", "Example ana"}}}));
    EXPECT_EQ(item.at("sources").at(0).at("readers"), item.at("readers"));
    EXPECT_EQ(get("/api/v1/indicators/sources").json.at("items").at(0).at("readers"), item.at("readers"));
    as(boro);
    EXPECT_EQ(get("/api/v1/indicators").json.at("total"), 0);
    EXPECT_EQ(get("/api/v1/indicators/sources").json.at("items").size(), 0U);
}

TEST_F(Red, is_for_those_who_are_named) {
    auto const readers = get("/api/v1/readers").json.at("items");
    ASSERT_EQ(readers.size(), 2U);
    EXPECT_EQ(readers.at(0).at("full_name"), "Example ana");
    ASSERT_EQ(import({{"tlp", "red"}, {"readers", ana.id + "," + boro.id}}).status, 200);
    as(boro);
    EXPECT_EQ(get("/api/v1/indicators").json.at("total"), 1);
}

TEST_F(Red, names_people_of_the_team_and_only_under_red) {
    EXPECT_EQ(import({{"tlp", "amber"}, {"readers", boro.id}}).status, 422);
    EXPECT_EQ(import({{"tlp", "red"}, {"readers", "boro"}}).status, 422);
    EXPECT_EQ(import({{"tlp", "red"}, {"readers", "01930b2e-6c00-7000-8000-00000000ffff"}}).status, 422);
    token = token_with({"indicators.import"});
    auto const nobody = import({{"tlp", "red"}});
    EXPECT_EQ(nobody.status, 422);
    EXPECT_THAT(nobody.text, HasSubstr("must be named by a service token"));
    EXPECT_EQ(import({{"tlp", "red"}, {"readers", boro.id}}).status, 200);
}

TEST_F(Red, shows_an_unlabelled_sighting_of_a_red_indicator_without_it) {
    ASSERT_EQ(import({{"tlp", "red"}}).status, 200);
    see({observation("198.51.100.77", "192.0.2.9")});
    EXPECT_FALSE(get("/api/v1/sightings").json.at("items").at(0).at("indicator").at("id").is_null());
    as(boro);
    EXPECT_TRUE(get("/api/v1/sightings").json.at("items").at(0).at("indicator").at("id").is_null());
}

TEST_F(Red, is_written_into_the_trail_once_for_a_person_and_record) {
    ASSERT_EQ(import({{"tlp", "red"}}).status, 200);
    auto seen = observation("198.51.100.77", "192.0.2.9");
    seen.marking.tlp = base::Tlp::red;
    seen.readers = *base::Readers::of({*base::Uuid::parse(ana.id)});
    see({seen, observation("198.51.100.7", "192.0.2.9")});
    auto const id = red_indicator();
    for (int round = 0; round < 3; ++round) {
        get("/api/v1/indicators");
        get("/api/v1/indicators", {{"sort", "-sightings"}});
        get("/api/v1/indicators/" + id);
    }
    auto entries = trail("red.read");
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries.at(0).at("subject"), "indicator:" + id);
    EXPECT_EQ(entries.at(0).at("actor"), "user:" + ana.id);
    EXPECT_EQ(entries.at(0).at("after").at("read"), Plain::array({id}));
    EXPECT_THAT(entries.dump(), Not(HasSubstr("198.51.100.77")));

    as(ana);
    EXPECT_EQ(get("/api/v1/sightings").json.at("items").size(), 2U);
    get("/api/v1/picture");
    get("/api/v1/indicators/sources");
    EXPECT_EQ(trail("red.read").size(), 4U);

    as(ana);
    clock.advance(std::chrono::minutes(10));
    get("/api/v1/indicators/" + id);
    EXPECT_EQ(trail("red.read").size(), 5U);
}

TEST_F(Red, is_not_named_by_the_filters_of_an_export_in_the_trail) {
    ASSERT_EQ(import({{"tlp", "red"}}).status, 200);
    ASSERT_EQ(list("example-list", "198.51.100.7\n").status, 200);
    auto const take = [&](std::string const& path, testing::Query query) {
        EXPECT_EQ(ask(Method::get, path, std::move(query), {}, {{"Accept", "text/csv"}}).status, 200);
    };
    take("/api/v1/indicators", {{"source", "secret-list"}});
    take("/api/v1/indicators", {{"source", "example-list"}});
    take("/api/v1/sightings", {{"indicator", "198.51.100.77"}});
    take("/api/v1/sightings", {{"indicator", "198.51.100.7"}});
    take("/api/v1/sightings", {{"address", "198.51.100.77"}});
    take("/api/v1/indicators", {{"search", "100.77"}});
    as(boro);
    take("/api/v1/indicators", {{"source", "secret-list"}});
    take("/api/v1/indicators", {{"search", "198.51.100.77"}});
    std::vector<Plain> filters;
    for (auto const& entry : trail("list.exported")) filters.push_back(entry.at("after").at("filters"));
    Plain const searched{{"search", true}}, boros_source{{"source", "secret-list"}};
    EXPECT_THAT(filters, ::testing::ElementsAre(searched, boros_source, searched, Plain{{"address", "TLP:RED"}},
                                                Plain{{"indicator", "198.51.100.7"}}, Plain{{"indicator", "TLP:RED"}},
                                                Plain{{"source", "example-list"}}, Plain{{"source", "TLP:RED"}}))
        << "who may not know of it learns nothing from what was typed";
}

TEST_F(Red, leaves_the_trail_alone_where_nothing_is_red) {
    ASSERT_EQ(import({{"tlp", "amber+strict"}}).status, 200);
    see({observation("198.51.100.77", "192.0.2.9")});
    for (auto const* path :
         {"/api/v1/indicators", "/api/v1/indicators/sources", "/api/v1/sightings", "/api/v1/picture"})
        EXPECT_EQ(get(path).status, 200) << path;
    EXPECT_EQ(trail("red.read").size(), 0U);
}

}  // namespace
}  // namespace kula::api
