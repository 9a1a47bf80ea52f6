#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

class FeedRoutes : public House {
protected:
    static Plain input() {
        return {{"name", "our-sensor"}, {"title", "Our sensor"}, {"kind", "push"}, {"format", "csv"}};
    }
    std::string added(Plain const& feed) {
        auto const made = send(net::Method::post, "/api/v1/feeds", feed);
        EXPECT_EQ(made.status, 201) << made.text;
        return "/api/v1/feeds/" + made.json.at("id").get<std::string>();
    }
    Answer sent(std::string const& path, std::string body, std::string name = "r.csv") {
        return ask(net::Method::post, path + "/deliveries", {{"name", std::move(name)}}, std::move(body));
    }
    static std::vector<std::string> fields(Answer const& answer) {
        std::vector<std::string> out;
        for (auto const& error : answer.json.value("errors", Plain::array()))
            out.push_back(error.at("field").get<std::string>());
        return out;
    }
};

TEST_F(FeedRoutes, a_feed_is_told_and_can_be_put_back) {
    auto const path = added(input());
    auto const read = get(path);
    EXPECT_EQ(read.json.at("source"), "our-sensor");
    EXPECT_EQ(read.json.at("health"), "never");
    EXPECT_EQ(read.json.at("runs"), Plain::array());
    EXPECT_EQ(read.headers.find("Cache-Control"), "no-store") << "how it goes changes without its version";
    auto const same = send(net::Method::put, path, read.json, {{"If-Match", "\"1\""}});
    EXPECT_EQ(same.status, 200) << same.text;
    EXPECT_EQ(same.headers.find("ETag"), "\"1\"");
    auto changed = read.json;
    changed["enabled"] = false;
    EXPECT_EQ(send(net::Method::put, path, changed, {{"If-Match", "\"1\""}}).json.at("health"), "off");
    auto const late = send(net::Method::put, path, changed, {{"If-Match", "\"1\""}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(late.json.at("changes").at(0).at("field"), "enabled") << late.text;
    EXPECT_EQ(sent(path, "a,b\n").status, 409);
    auto const all = get("/api/v1/feeds").json;
    EXPECT_EQ(all.at("health").at("off"), 1);
    EXPECT_THAT(all.at("formats"), Contains("auto"));
    EXPECT_EQ(ask(net::Method::remove, path, {}, {}, {{"If-Match", "\"2\""}}).status, 204);
    EXPECT_EQ(get(path).status, 404);
}

TEST_F(FeedRoutes, what_is_sent_is_accounted_for) {
    auto const path = added(input());
    auto const body = "source.ip,classification.type\n192.0.2.1,scanner\nnonsense,spam\n";
    auto const told = sent(path, body);
    ASSERT_EQ(told.status, 200) << told.text;
    auto const file = told.json.at("files").at(0);
    EXPECT_EQ(file.at("rows"), 2);
    EXPECT_EQ(file.at("accepted"), 1);
    EXPECT_EQ(file.at("quarantined"), 1);
    EXPECT_EQ(sent(path, body).json.at("files").at(0).at("duplicates"), 1);
    EXPECT_EQ(sent(path, "<html></html>").json.at("files").at(0).at("refused"), true);
    EXPECT_EQ(get(path).json.at("health"), "incomplete");
    EXPECT_EQ(sent(path, body, "../r.csv").status, 422);
    EXPECT_EQ(ask(net::Method::post, path + "/deliveries", {}, body).status, 422);
    EXPECT_EQ(ask(net::Method::post, path + "/run").status, 409);
}

TEST_F(FeedRoutes, a_key_is_never_told) {
    auto feed = input();
    feed["kind"] = "pull";
    feed["url"] = "https://feeds.example/list.csv";
    feed["headers"] = {{{"name", "X-Key"}, {"value", "sesame"}}};
    auto const path = added(feed);
    auto const read = get(path);
    EXPECT_EQ(read.json.at("headers"), (Plain{{{"name", "X-Key"}, {"value", nullptr}}}));
    EXPECT_EQ(send(net::Method::put, path, read.json, {{"If-Match", "\"1\""}}).headers.find("ETag"), "\"1\"");
    for (auto const* const where : {"/api/v1/feeds", "/api/v1/journal", "/metrics"})
        EXPECT_THAT(get(where).text, Not(::testing::HasSubstr("sesame"))) << where;
    auto elsewhere = read.json;
    elsewhere["url"] = "https://other.example/list.csv";
    EXPECT_THAT(fields(send(net::Method::put, path, elsewhere, {{"If-Match", "\"1\""}})),
                ::testing::ElementsAre("headers[0].value"));
}

TEST_F(FeedRoutes, all_that_is_wrong_is_named) {
    auto feed = input();
    feed["kind"] = "mail";
    feed["period"] = "daily";
    feed["headers"] = {{{"value", 1}}};
    feed["colour"] = "red";
    EXPECT_THAT(fields(send(net::Method::post, "/api/v1/feeds", feed)),
                ::testing::UnorderedElementsAre("kind", "period", "headers[0].name", "headers[0].value", "colour"));
    feed = input();
    feed["name"] = "Our Sensor";
    feed["period"] = 9223372036854775807;
    feed["url"] = "https://feeds.example/";
    EXPECT_THAT(fields(send(net::Method::post, "/api/v1/feeds", feed)),
                ::testing::UnorderedElementsAre("name", "period", "url"));
    EXPECT_EQ(send(net::Method::post, "/api/v1/feeds", input()).status, 201);
    EXPECT_EQ(send(net::Method::post, "/api/v1/feeds", input()).status, 409);
}

TEST_F(FeedRoutes, are_counted) {
    added(input());
    auto const text = get("/metrics").text;
    EXPECT_THAT(text, ::testing::HasSubstr("kula_feeds{health=\"never\"} 1"));
    EXPECT_THAT(text, ::testing::HasSubstr("kula_feed_failures{feed=\"our-sensor\"} 0"));
}

}  // namespace
}  // namespace kula::api::testing
