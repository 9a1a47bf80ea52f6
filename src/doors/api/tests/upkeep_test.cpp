// Proves: administrators see how the server keeps house, as the contract says it.
#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using testing::House;

struct Upkeep : House {};

TEST_F(Upkeep, tells_settings_sizes_and_how_far_the_trail_is_signed) {
    see({observation("198.51.100.7", "192.0.2.9")});
    auto const before = get("/api/v1/upkeep").json;
    EXPECT_EQ(before.at("retention").at("sightings"), 1);
    EXPECT_EQ(before.at("retention").at("days"), 90);
    EXPECT_GT(before.at("database_bytes"), 0);
    EXPECT_EQ(before.at("idle_minutes"), 30);
    EXPECT_TRUE(before.at("trail").at("checkpoint_at").is_null());
    ask(Method::post, "/api/v1/journal/checkpoints", {}, "{}", {{"Content-Type", "application/json"}});
    auto const signed_now = get("/api/v1/upkeep").json.at("trail");
    EXPECT_EQ(signed_now.at("entries_since"), 0);
    EXPECT_FALSE(signed_now.at("checkpoint_at").is_null());
}

TEST_F(Upkeep, shows_warning_lists_and_what_could_not_be_read) {
    auto const told = indicators->use_warninglists(
        std::make_shared<indicators::Warninglists const>(std::vector<indicators::Warninglists::Text>{
            {"/somewhere/dns.json", R"({"name": "Public resolvers", "description": "Shared by many", "version": 3,
               "type": "cidr", "list": ["192.0.2.53", "198.51.100.53"], "matching_attributes": ["ip-src"]})"},
            {"/somewhere/broken.json", "{"}}));
    ASSERT_TRUE(told) << told.error().detail;
    auto const lists = get("/api/v1/upkeep").json.at("warning_lists");
    ASSERT_EQ(lists.at("items").size(), 1U) << lists;
    EXPECT_EQ(lists.at("items").at(0).at("name"), "Public resolvers");
    EXPECT_EQ(lists.at("items").at(0).at("entries"), 2);
    ASSERT_EQ(lists.at("faults").size(), 1U);
    EXPECT_EQ(lists.at("faults").at(0).at("file"), "broken.json");
}

}  // namespace
}  // namespace kula::api
