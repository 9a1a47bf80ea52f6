// Events as the contract promises them: filtered, in pages, summed, whole, and as files.

#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::House;
using ::testing::IsEmpty;
using testing::Plain;
using ::testing::UnorderedElementsAre;

struct EventRoutes : House {
    void SetUp() override {
        doors->open();
        hospital = add_organisation("Example Hospital Lakeside", {prefix("192.0.2.0/26")});
        tell({events::Json{{"classification.taxonomy", "vulnerable"},
                           {"classification.type", "ddos-amplifier"},
                           {"classification.identifier", "open-dns"},
                           {"time.source", "2026-11-20T10:00:00Z"},
                           {"source.ip", "192.0.2.9"},
                           {"source.port", 53},
                           {"feed.name", "Example Feed"},
                           {"extra.banner", "=cmd()"}},
              events::Json{{"classification.taxonomy", "malicious-code"},
                           {"classification.type", "infected-system"},
                           {"time.source", "2026-11-21T10:00:00Z"},
                           {"source.ip", "198.51.100.9"},
                           {"malware.name", "=mirai"},
                           {"destination.fqdn", "c2.evil.example"}}});
    }
    std::vector<std::string> types(testing::Query const& query) {
        std::vector<std::string> out;
        auto const page = get("/api/v1/events", query).json;
        for (auto const& item : page.at("items")) out.push_back(item.at("type").get<std::string>());
        return out;
    }
    std::string hospital;
};

TEST_F(EventRoutes, list_what_each_filter_means) {
    EXPECT_THAT(types({}), ElementsAre("infected-system", "ddos-amplifier"));
    EXPECT_THAT(types({{"sort", "time"}}), ElementsAre("ddos-amplifier", "infected-system"));
    std::vector<std::pair<std::string, std::string>> const of_the_first{
        {"to", "2026-11-21T00:00:00Z"}, {"organisation", hospital},  {"class", "vulnerable"},
        {"type", "ddos-amplifier"},     {"address", "192.0.2.0/24"}, {"port", "53"},
        {"identifier", "open-dns"},     {"tag", "Open-DNS"},         {"search", "=CMD"}};
    for (auto const& [name, value] : of_the_first)
        EXPECT_THAT(types({{name, value}}), ElementsAre("ddos-amplifier")) << name;
    std::vector<std::pair<std::string, std::string>> const of_the_second{
        {"from", "2026-11-21T00:00:00Z"}, {"organisation", "none"},       {"malware", "=Mirai"},
        {"domain", "evil.example"},       {"domain", ".c2.evil.example"}, {"domain", "example"}};
    for (auto const& [name, value] : of_the_second)
        EXPECT_THAT(types({{name, value}}), ElementsAre("infected-system")) << name;
    EXPECT_THAT(types({{"feed", "example-feed"}, {"delivery", absent}}).size(), 2u);
    EXPECT_THAT(types({{"severity", "high"}}), IsEmpty());
    EXPECT_THAT(types({{"asn", "64500"}}), IsEmpty());
    EXPECT_THAT(types({{"country", "MK"}}), IsEmpty());
}

TEST_F(EventRoutes, refuse_what_is_no_filter) {
    for (auto const& [name, value] : std::vector<std::pair<std::string, std::string>>{{"from", "yesterday"},
                                                                                      {"class", "none-such"},
                                                                                      {"type", "none-such"},
                                                                                      {"address", "nowhere"},
                                                                                      {"asn", "0"},
                                                                                      {"country", "mkd"},
                                                                                      {"domain", "a b"},
                                                                                      {"port", "0"},
                                                                                      {"organisation", "x"},
                                                                                      {"sort", "colour"},
                                                                                      {"cursor", "x"},
                                                                                      {"colour", "red"}}) {
        auto const answer = checked("get", ask(Method::get, "/api/v1/events", {{name, value}}));
        EXPECT_EQ(answer.status, 422) << name;
        EXPECT_THAT(answer.text, HasSubstr(name));
    }
}

TEST_F(EventRoutes, go_on_page_by_page_with_the_same_filters_only) {
    auto const first = get("/api/v1/events", {{"limit", "1"}}).json;
    auto const next = first.at("next").get<std::string>();
    auto const second = get("/api/v1/events", {{"limit", "1"}, {"cursor", next}}).json;
    EXPECT_EQ(second.at("items").at(0).at("type"), "ddos-amplifier");
    EXPECT_EQ(second.at("next"), nullptr);
    EXPECT_EQ(ask(Method::get, "/api/v1/events", {{"cursor", next}, {"type", "spam"}}).status, 422);
}

TEST_F(EventRoutes, sum_what_the_lists_hold) {
    auto const summary = get("/api/v1/events/summary").json;
    EXPECT_EQ(summary.at("total"), 2);
    EXPECT_EQ(summary.at("more"), false);
    EXPECT_EQ(summary.at("counted"), 2);
    EXPECT_THAT(summary.at("facets").at("organisations"),
                UnorderedElementsAre(Plain{{"key", hospital}, {"label", "Example Hospital Lakeside"}, {"events", 1}},
                                     Plain{{"key", "none"}, {"label", ""}, {"events", 1}}));
    for (auto const& [facet, filter] :
         std::vector<std::pair<std::string, std::string>>{{"organisations", "organisation"},
                                                          {"classes", "class"},
                                                          {"types", "type"},
                                                          {"feeds", "feed"},
                                                          {"ports", "port"}}) {
        for (auto const& value : summary.at("facets").at(facet)) {
            auto const key = value.at("key").get<std::string>();
            EXPECT_EQ(types({{filter, key}}).size(), value.at("events")) << facet << ' ' << key;
            EXPECT_EQ(get("/api/v1/events/summary", {{filter, key}}).json.at("total"), value.at("events"));
        }
    }
}

TEST_F(EventRoutes, show_one_event_whole) {
    auto const id = first_id("/api/v1/events", {{"port", "53"}});
    auto const detail = get("/api/v1/events/" + id).json;
    EXPECT_EQ(detail.at("event").at("network"), "192.0.2.0/26");
    EXPECT_EQ(detail.at("event").at("row"), 1);
    EXPECT_EQ(detail.at("fields").at("extra.banner"), "=cmd()");
    EXPECT_EQ(detail.at("fields").at("feed.name"), "Example Feed");
    EXPECT_EQ(detail.at("organisation").at("name"), "Example Hospital Lakeside");
    EXPECT_EQ(detail.at("networks").at(0).at("value"), "192.0.2.0/26");
    EXPECT_EQ(detail.at("lineage"), std::string("delivery:") + absent);
    EXPECT_EQ(checked("get", ask(Method::get, std::string("/api/v1/events/") + absent)).status, 404);
}

TEST_F(EventRoutes, export_what_they_list) {
    auto answer = ask(Method::get, "/api/v1/events", {}, {}, {{"Accept", "text/csv"}});
    std::string text;
    while (auto part = answer.parts.next()) text += *part;
    EXPECT_THAT(text, HasSubstr("id,time,observed,class,type,identifier"));
    EXPECT_THAT(text, HasSubstr("'=mirai")) << "no formula for a spreadsheet";
    EXPECT_THAT(text, HasSubstr("192.0.2.9"));
}

TEST_F(EventRoutes, forget_whose_they_were_with_the_organisation) {
    auto const version = get("/api/v1/organisations/" + hospital).json.at("version").get<int>();
    EXPECT_EQ(ask(Method::remove, "/api/v1/organisations/" + hospital, {}, {},
                  {{"If-Match", '"' + std::to_string(version) + '"'}})
                  .status,
              204);
    EXPECT_EQ(types({{"organisation", "none"}}).size(), 2u);
}

}  // namespace
}  // namespace kula::api
