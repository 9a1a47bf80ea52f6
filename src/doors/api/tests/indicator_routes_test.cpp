#include <fmt/format.h>
#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::ElementsAre;
using testing::House;
using testing::Plain;

struct Indicators : House {
    std::vector<std::string> values(testing::Query const& query) {
        return texts_of("value", "/api/v1/indicators", query);
    }
};

TEST_F(Indicators, an_import_reports_every_line) {
    auto const report = list("example-list", "# seen\n198.51.100.7\nbad.example\nhello world\n10.0.0.1\n").json;
    EXPECT_EQ(report.at("read"), 4);
    EXPECT_EQ(report.at("taken"), 2);
    EXPECT_EQ(report.at("new"), 2);
    EXPECT_EQ(report.at("skipped_count"), 2);
    EXPECT_EQ(report.at("skipped").at(0).at("line"), 4);
    auto const again = list("example-list", "198.51.100.8\n").json;
    EXPECT_EQ(again.at("gone"), 2) << "a list is the present word of its source";
    EXPECT_EQ(get("/api/v1/indicators", {{"active", "true"}}).json.at("total"), 1);
}

TEST_F(Indicators, an_import_of_what_is_no_list_changes_nothing) {
    list("example-list", "198.51.100.7\n198.51.100.8\n");
    for (auto const* const body : {"", "<html>502 bad gateway</html>\n"}) {
        auto const answer = checked("post", ask(Method::post, "/api/v1/indicators/import", {{"source", "example-list"}},
                                                body, {{"Content-Type", "text/plain"}}));
        EXPECT_EQ(answer.status, 422) << answer.text;
    }
    auto const wrong = checked(
        "post", ask(Method::post, "/api/v1/indicators/import", {{"source", "example-list"}, {"value_column", "nosuch"}},
                    "a,ip\n1,198.51.100.7\n", {{"Content-Type", "text/csv"}}));
    EXPECT_EQ(wrong.status, 422) << wrong.text;
    EXPECT_NE(wrong.text.find("nosuch"), std::string::npos);
    EXPECT_EQ(get("/api/v1/indicators", {{"active", "true"}}).json.at("total"), 2);
    auto const meant = ask(Method::post, "/api/v1/indicators/import",
                           {{"source", "example-list"}, {"allow_empty", "true"}}, "", {{"Content-Type", "text/plain"}});
    EXPECT_EQ(meant.status, 200) << meant.text;
    EXPECT_EQ(get("/api/v1/indicators", {{"active", "true"}}).json.at("total"), 0);
}

TEST_F(Indicators, an_import_takes_what_its_source_says) {
    auto const answer = checked("post", ask(Method::post, "/api/v1/indicators/import",
                                            {{"source", "c2"},
                                             {"confidence", "90"},
                                             {"tlp", "green"},
                                             {"class", "malicious-code"},
                                             {"type", "c2-server"},
                                             {"valid_days", "30"},
                                             {"value_column", "host"},
                                             {"allow_reserved", "true"}},
                                            "id,host\n1,10.0.0.1\n2,198.51.100.7\n", {{"Content-Type", "text/csv"}}));
    ASSERT_EQ(answer.status, 200) << answer.text;
    EXPECT_EQ(answer.json.at("taken"), 2);
    auto const item = get("/api/v1/indicators", {{"search", "198.51.100.7"}}).json.at("items").at(0);
    EXPECT_EQ(item.at("tlp"), "green");
    EXPECT_EQ(item.at("class"), "malicious-code");
    EXPECT_EQ(item.at("sources").at(0).at("confidence"), 90);
    EXPECT_EQ(item.at("valid_until"), "2026-12-21T10:20:30Z");
    auto const source = get("/api/v1/indicators/sources").json.at("items").at(0);
    EXPECT_EQ(source.at("name"), "c2");
    EXPECT_EQ(source.at("indicators"), 2);
}

TEST_F(Indicators, an_import_that_breaks_a_rule_is_refused) {
    auto const import = [&](testing::Query query, std::string const& type) {
        return checked("post", ask(Method::post, "/api/v1/indicators/import", std::move(query), "198.51.100.7\n",
                                   {{"Content-Type", type}}))
            .status;
    };
    EXPECT_EQ(import({}, "text/plain"), 422);
    EXPECT_EQ(import({{"source", ""}}, "text/plain"), 422);
    EXPECT_EQ(import({{"source", "a"}, {"confidence", "101"}}, "text/plain"), 422);
    EXPECT_EQ(import({{"source", "a"}, {"tlp", "purple"}}, "text/plain"), 422);
    EXPECT_EQ(import({{"source", "a"}, {"class", "nonsense"}}, "text/plain"), 422);
    EXPECT_EQ(import({{"source", "a"}, {"valid_days", "0"}}, "text/plain"), 422);
    EXPECT_EQ(import({{"source", "a"}}, "application/json"), 415);
    EXPECT_EQ(get("/api/v1/indicators").json.at("total"), 0);
}

TEST_F(Indicators, are_filtered_and_ordered_by_the_store) {
    list("a", "198.51.100.7\nbad.example\n203.0.113.0/24\n");
    list("b", "198.51.100.7\n");
    EXPECT_THAT(values({{"sort", "value"}, {"limit", "1"}}),
                ::testing::UnorderedElementsAre("198.51.100.7", "203.0.113.0/24", "bad.example"));
    EXPECT_THAT(values({{"kind", "prefix"}}), ElementsAre("203.0.113.0/24"));
    EXPECT_THAT(values({{"source", "b"}}), ElementsAre("198.51.100.7"));
    EXPECT_THAT(values({{"search", "EXAMPLE"}}), ElementsAre("bad.example"));
    EXPECT_THAT(values({{"flagged", "true"}}), ElementsAre());
    for (auto const* wrong : {"colour", "KIND", ""})
        EXPECT_EQ(get("/api/v1/indicators", {{"kind", wrong}}).status, 422);
}

TEST_F(Indicators, are_ordered_by_what_was_seen_without_gap_or_repeat) {
    std::string lines;
    std::vector<events::Observation> seen;
    for (int number = 1; number <= 40; ++number) {
        auto const value = fmt::format("198.51.100.{}", number);
        lines += value + '\n';
        if (number % 3 == 0) {
            for (int peer = 0; peer < number % 5 + 1; ++peer)
                seen.push_back(observation(value, fmt::format("192.0.2.{}", peer)));
        }
    }
    list("a", lines);
    see(seen);
    for (auto const* sort : {"-sightings", "sightings", "-last_sighted", "last_sighted"}) {
        auto const whole = values({{"sort", sort}, {"limit", "500"}});
        ASSERT_EQ(whole.size(), 40u) << sort;
        EXPECT_EQ(std::set<std::string>(whole.begin(), whole.end()).size(), 40u) << sort;
        for (auto const* limit : {"1", "3", "7", "13", "14"})
            EXPECT_EQ(values({{"sort", sort}, {"limit", limit}}), whole) << sort << ' ' << limit;
    }
    // Where filters leave few, these are put in order; the same order as without.
    for (auto const* sort : {"-sightings", "sightings", "-last_sighted", "last_sighted"}) {
        auto const whole = values({{"sort", sort}, {"kind", "address"}, {"limit", "500"}});
        EXPECT_EQ(whole, values({{"sort", sort}, {"limit", "500"}}));
        for (auto const* limit : {"1", "3", "13", "14"})
            EXPECT_EQ(values({{"sort", sort}, {"kind", "address"}, {"limit", limit}}), whole) << sort << ' ' << limit;
    }
    auto const most = get("/api/v1/indicators", {{"sort", "-sightings"}, {"limit", "13"}}).json;
    EXPECT_EQ(most.at("total"), 40);
    int last = 100;
    for (auto const& item : most.at("items")) {
        EXPECT_LE(item.at("sightings_24h").get<int>(), last);
        last = item.at("sightings_24h").get<int>();
    }
    EXPECT_GT(last, 0);
    EXPECT_THAT(values({{"sort", "-sightings"}, {"search", "198.51.100.39"}}), ElementsAre("198.51.100.39"));
    EXPECT_THAT(values({{"sort", "-sightings"}, {"kind", "domain"}}), ElementsAre());
}

TEST_F(Indicators, one_tells_where_it_was_seen) {
    add_organisation("A", {prefix("192.0.2.0/28")});
    list("example-list", "198.51.100.7\n198.51.100.8\n");
    see({observation("198.51.100.7", "192.0.2.1", 4), observation("198.51.100.7", "192.0.2.2", 1)});
    auto const items = get("/api/v1/indicators", {{"sort", "-sightings"}}).json.at("items");
    auto const one = get("/api/v1/indicators/" + items.at(0).at("id").get<std::string>()).json;
    EXPECT_EQ(one.at("indicator").at("value"), "198.51.100.7");
    EXPECT_EQ(one.at("indicator").at("sightings_24h"), 2);
    EXPECT_EQ(one.at("sightings").at("totals").at("flows"), 5);
    EXPECT_EQ(one.at("sightings").at("organisations").at(0).at("label"), "A");
    auto const unseen = get("/api/v1/indicators/" + items.at(1).at("id").get<std::string>()).json;
    EXPECT_TRUE(unseen.at("sightings").at("first").is_null());
    EXPECT_EQ(get("/api/v1/indicators/01930b2e-6c00-7000-8000-00000000ffff").status, 404);
    EXPECT_EQ(get("/api/v1/indicators/none").status, 404);
}

}  // namespace
}  // namespace kula::api
