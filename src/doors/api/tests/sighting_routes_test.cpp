#include <fmt/format.h>
#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using testing::House;
using testing::Plain;

struct Sightings : House {
    Plain totals(testing::Query query) { return get("/api/v1/sightings", std::move(query)).json.at("totals"); }
    void fill() {
        organisation_id = add_organisation("Example Hospital Lakeside", {prefix("192.0.2.0/26")});
        list("example-list", "198.51.100.7\n198.51.100.8\n");
        auto inward = observation("198.51.100.8", "192.0.2.70", 7);
        inward.direction = events::Direction::inbound;
        inward.side = events::Side::source;
        inward.protocol = 17;
        inward.port = 53;
        see({observation("198.51.100.7", "192.0.2.9", 3), observation("198.51.100.7", "192.0.2.10", 2), inward});
    }
    std::string organisation_id;
};

TEST_F(Sightings, are_shown_with_indicator_and_owner) {
    fill();
    auto const item = get("/api/v1/sightings", {{"national_address", "192.0.2.9"}}).json.at("items").at(0);
    EXPECT_EQ(item.at("indicator").at("value"), "198.51.100.7");
    EXPECT_TRUE(item.at("indicator").at("id").is_string());
    EXPECT_EQ(item.at("organisation").at("name"), "Example Hospital Lakeside");
    EXPECT_EQ(item.at("hour"), "2026-11-21T10:00:00Z");
    EXPECT_EQ(item.at("flows"), 3);
    EXPECT_EQ(item.at("sources"), Plain::array({"example-list"}));
}

TEST_F(Sightings, are_filtered_by_everything_the_contract_names) {
    fill();
    auto const id = first_id("/api/v1/indicators", {{"search", "198.51.100.7"}});
    EXPECT_EQ(totals({}).at("flows"), 12);
    EXPECT_EQ(totals({{"indicator", id}}).at("flows"), 5);
    EXPECT_EQ(totals({{"indicator", "198.51.100.7/32"}}).at("flows"), 5) << "any text of the value";
    EXPECT_EQ(totals({{"indicator", "01930b2e-6c00-7000-8000-00000000ffff"}}).at("flows"), 0);
    EXPECT_EQ(totals({{"organisation", organisation_id}}).at("flows"), 5);
    EXPECT_EQ(totals({{"organisation", "none"}}).at("flows"), 7);
    EXPECT_EQ(totals({{"sector", "health"}}).at("flows"), 5);
    EXPECT_EQ(get("/api/v1/picture", {{"sector", "nosuch"}}).status, 422);
    EXPECT_EQ(totals({{"sector", "none"}}).at("flows"), 7);
    EXPECT_EQ(totals({{"direction", "inbound"}}).at("flows"), 7);
    EXPECT_EQ(totals({{"address", "192.0.2.0/27"}}).at("flows"), 5);
    EXPECT_EQ(totals({{"address", "198.51.100.8"}}).at("flows"), 7);
    EXPECT_EQ(totals({{"foreign_address", "198.51.100.8"}}).at("flows"), 7);
    EXPECT_EQ(totals({{"country", "none"}}).at("flows"), 12);
    EXPECT_EQ(totals({{"country", "NL"}}).at("flows"), 0);
    EXPECT_EQ(totals({{"port", "53"}, {"protocol", "17"}}).at("flows"), 7);
    EXPECT_EQ(totals({{"from", "2026-11-21T10:59:00Z"}, {"to", "2026-11-21T11:00:00Z"}}).at("flows"), 12)
        << "from is rounded down";
    EXPECT_EQ(totals({{"to", "2026-11-21T10:00:00Z"}}).at("flows"), 0);
}

TEST_F(Sightings, a_window_that_ends_before_it_begins_is_refused) {
    auto const answer = get("/api/v1/sightings", {{"from", "2026-11-21T10:00:00Z"}, {"to", "2026-11-21T09:00:00Z"}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.json.at("errors").at(0).at("field"), "from");
}

TEST_F(Sightings, page_without_gap_or_repeat) {
    std::vector<events::Observation> seen;
    for (int number = 0; number < 25; ++number)
        seen.push_back(observation("198.51.100.7", fmt::format("192.0.2.{}", number), 5));
    see(seen);
    for (auto const* sort : {"-last", "flows", "-bytes"}) {
        std::set<std::string> ids;
        testing::Query query{{"sort", sort}, {"limit", "4"}};
        for (int pages = 0; pages < 20; ++pages) {
            auto const page = get("/api/v1/sightings", query).json;
            EXPECT_EQ(page.at("totals").at("sightings"), 25);
            for (auto const& item : page.at("items")) EXPECT_TRUE(ids.insert(item.at("id").get<std::string>()).second);
            if (page.at("next").is_null()) break;
            query = {{"sort", sort}, {"limit", "4"}, {"cursor", page.at("next").get<std::string>()}};
        }
        EXPECT_EQ(ids.size(), 25u) << sort;
    }
    EXPECT_EQ(get("/api/v1/sightings", {{"cursor", "nonsense"}}).status, 422);
}

TEST_F(Sightings, one_tells_everything_around_it) {
    fill();
    auto const id = first_id("/api/v1/sightings", {{"national_address", "192.0.2.9"}});
    auto const one = get("/api/v1/sightings/" + id).json;
    EXPECT_EQ(one.at("sighting").at("id"), id);
    EXPECT_EQ(one.at("indicator").at("value"), "198.51.100.7");
    EXPECT_EQ(one.at("organisation").at("id"), organisation_id);
    EXPECT_EQ(one.at("networks").at(0).at("value"), "192.0.2.0/26");
    EXPECT_EQ(one.at("hours").at(0).at("flows"), 3);
    EXPECT_EQ(one.at("related"),
              (Plain{{"same_indicator", 2}, {"same_organisation", 2}, {"same_national_address", 1}}));
    EXPECT_EQ(get("/api/v1/sightings/01930b2e-6c00-7000-8000-00000000ffff").status, 404);
    EXPECT_EQ(get("/api/v1/sightings/none").status, 404);
}

TEST_F(Sightings, outlive_what_they_point_to) {
    see({observation("203.0.113.9", "192.0.2.9")});
    auto const item = get("/api/v1/sightings").json.at("items").at(0);
    EXPECT_TRUE(item.at("indicator").at("id").is_null());
    EXPECT_EQ(item.at("indicator").at("value"), "203.0.113.9");
    auto const one = get("/api/v1/sightings/" + item.at("id").get<std::string>()).json;
    EXPECT_TRUE(one.at("indicator").is_null());
    EXPECT_TRUE(one.at("organisation").is_null());
    list("late", "203.0.113.9\n");
    EXPECT_TRUE(get("/api/v1/sightings").json.at("items").at(0).at("indicator").at("id").is_string())
        << "no stale answer after an import";
}

TEST_F(Sightings, every_number_of_the_picture_equals_the_list_it_leads_to) {
    fill();
    auto const picture = get("/api/v1/picture").json;
    EXPECT_EQ(picture.at("totals"), totals({}));
    EXPECT_EQ(picture.at("step_seconds"), 3600);
    EXPECT_EQ(picture.at("series").size(), 24u);
    EXPECT_EQ(picture.at("to"), "2026-11-21T11:00:00Z");
    auto const& top = picture.at("top");
    for (auto const& [list, parameter] : std::map<std::string, std::string>{{"indicators", "indicator"},
                                                                            {"organisations", "organisation"},
                                                                            {"sectors", "sector"},
                                                                            {"national_addresses", "national_address"},
                                                                            {"foreign_addresses", "foreign_address"}}) {
        EXPECT_FALSE(top.at(list).empty()) << list;
        for (auto const& entry : top.at(list)) {
            auto const same = totals({{parameter, entry.at("key").get<std::string>()}});
            EXPECT_EQ(same.at("flows"), entry.at("flows")) << list;
            EXPECT_EQ(same.at("sightings"), entry.at("sightings")) << list;
        }
    }
    EXPECT_EQ(top.at("ports").at(0).at("key"), "17/53");
    EXPECT_EQ(top.at("ports").at(0).at("label"), "53/udp");
    EXPECT_EQ(top.at("ports").at(1).at("label"), "443");
    EXPECT_EQ(get("/api/v1/picture", {{"top", "51"}}).status, 422);
    EXPECT_EQ(get("/api/v1/picture", {{"top", "1"}}).json.at("top").at("ports").size(), 1u);
    EXPECT_EQ(get("/api/v1/picture", {{"from", "1990-01-01T00:00:00Z"}}).status, 422) << "longer than can be drawn";
}

}  // namespace
}  // namespace kula::api
