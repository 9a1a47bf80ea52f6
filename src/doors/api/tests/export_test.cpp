#include "export.hpp"

#include <algorithm>
#include <sstream>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using testing::House;
using testing::Plain;

struct Exports : House {
    std::string const all = "/api/v1/organisations";

    /// All parts together; how many there were.
    std::string whole(std::string const& path, testing::Query query, std::string const& type,
                      std::size_t* parts = nullptr) {
        auto const answer = ask(Method::get, path, std::move(query), {}, {{"Accept", type}});
        EXPECT_EQ(answer.status, 200) << answer.text;
        std::string out;
        if (!answer.parts.next) return answer.text;
        while (auto part = answer.parts.next()) {
            out += *part;
            if (parts != nullptr) ++*parts;
        }
        return out;
    }
    Plain newest_entry() { return get("/api/v1/journal", {{"limit", "1"}}).json.at("items").at(0); }
};

TEST_F(Exports, hold_the_whole_list_whatever_its_length_a_page_at_a_time) {
    std::string addresses;
    for (int i = 0; i < 1001; ++i)
        addresses += "198.51." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + '\n';
    ASSERT_EQ(list("example-list", addresses).status, 200);
    std::size_t parts = 0;
    auto const lines =
        whole("/api/v1/indicators", {{"sort", "value"}, {"fields", "value"}}, "application/jsonl", &parts);
    EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1001);
    EXPECT_EQ(parts, 3u) << "500, 500 and 1";
    std::set<std::string> values;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) values.insert(Plain::parse(line).at("value").get<std::string>());
    EXPECT_EQ(values.size(), 1001u);
}

TEST_F(Exports, are_csv_that_no_spreadsheet_computes) {
    add_organisation("=HYPERLINK(\"https://bad.example\")");
    clock.advance(std::chrono::seconds(1));
    auto other = organisation("Bank, \"the\" example");
    other["short_name"] = "-1+1";
    ASSERT_EQ(send(Method::post, all, other).status, 201);
    EXPECT_EQ(whole(all, {{"sort", "changed_at"}, {"fields", "name,short_name,networks"}}, "text/csv"),
              "\xef\xbb\xbfname,short_name,networks\r\n"
              "\"'=HYPERLINK(\"\"https://bad.example\"\")\",,0\r\n"
              "\"Bank, \"\"the\"\" example\",'-1+1,0\r\n");
}

TEST_F(Exports, have_a_cell_for_every_kind_of_value) {
    std::vector<std::string> const columns{"a", "b", "c", "d", "e", "f"};
    Json const item{{"a", -3}, {"b", nullptr}, {"c", {"x", "y"}}, {"d", {{"k", 1}}}, {"f", true}};
    EXPECT_EQ(export_line(ExportForm::csv, columns, item), "-3,,x y,\"{\"\"k\"\":1}\",,true\r\n");
    EXPECT_EQ(export_line(ExportForm::jsonl, columns, item),
              "{\"a\":-3,\"b\":null,\"c\":[\"x\",\"y\"],\"d\":{\"k\":1},\"f\":true}\n");
}

TEST_F(Exports, stand_in_the_trail_with_their_filters) {
    add_organisation("Example Bank");
    whole(all, {{"search", "bank"}, {"sort", "name"}, {"fields", "name"}}, "text/csv");
    auto const entry = newest_entry();
    EXPECT_EQ(entry.at("deed"), "list.exported");
    EXPECT_EQ(entry.at("subject"), "list:organisations");
    EXPECT_EQ(entry.at("after"),
              (Plain{{"form", "csv"}, {"filters", {{"search", true}, {"sort", "name"}}}, {"fields", {"name"}}}));
}

TEST_F(Exports, tell_the_trail_from_its_beginning_where_that_is_asked) {
    add_organisation("Example Bank");
    auto const lines = whole("/api/v1/journal", {{"sort", "sequence"}, {"fields", "sequence"}}, "application/jsonl");
    EXPECT_EQ(lines.substr(0, lines.find("{\"sequence\":3}")), "{\"sequence\":1}\n{\"sequence\":2}\n");
    EXPECT_EQ(get("/api/v1/journal", {{"sort", "colour"}}).status, 422);
}

TEST_F(Exports, reach_no_further_than_the_caller) {
    auto const own = add_organisation("Example Bank");
    add_organisation("Example Power");
    token = token_with({"organisations.read"}, base::Uuid::parse(own));
    EXPECT_EQ(whole(all, {{"fields", "name"}}, "application/jsonl"), "{\"name\":\"Example Bank\"}\n");
    token = token_with({"status.read"});
    EXPECT_EQ(ask(Method::get, all, {}, {}, {{"Accept", "text/csv"}}).status, 403);
}

TEST_F(Exports, break_off_for_who_may_no_more) {
    std::string addresses;
    for (int i = 0; i < 501; ++i)
        addresses += "198.51." + std::to_string(i / 250) + '.' + std::to_string(i % 250) + '\n';
    ASSERT_EQ(list("example-list", addresses).status, 200);
    auto const made = testing::opened(access->make_token("reader", {"indicators.read"}, std::nullopt,
                                                         clock.now() + std::chrono::days(1), base::Actor{"console"}));
    token = made.secret;
    auto const answer = ask(Method::get, "/api/v1/indicators", {}, {}, {{"Accept", "text/csv"}});
    ASSERT_TRUE(answer.parts.next().has_value());
    ASSERT_TRUE(access->revoke_token(made.token.id, base::Actor{"console"}));
    EXPECT_THROW(static_cast<void>(answer.parts.next()), std::runtime_error);
}

TEST_F(Exports, refuse_what_the_list_refuses_and_places_within_it) {
    for (auto const& query : {testing::Query{{"sector", "nosuch"}}, testing::Query{{"limit", "5"}},
                              testing::Query{{"cursor", "x"}}, testing::Query{{"fields", "colour"}}}) {
        auto const answer = checked("get", ask(Method::get, all, query, {}, {{"Accept", "text/csv"}}));
        EXPECT_EQ(answer.status, 422) << query.front().name;
    }
    EXPECT_EQ(checked("get", ask(Method::get, all, {}, {}, {{"Accept", "text/html, text/csv"}})).json.at("total"), 0)
        << "a browser gets what it always got";
}

TEST_F(Exports, are_offered_by_every_list_of_the_contract_that_says_so) {
    for (auto const* path : {"/api/v1/organisations", "/api/v1/contacts", "/api/v1/networks", "/api/v1/indicators",
                             "/api/v1/sightings", "/api/v1/journal", "/api/v1/users"}) {
        auto const answer = ask(Method::get, path, {}, {}, {{"Accept", "text/csv"}});
        EXPECT_EQ(answer.status, 200) << path;
        EXPECT_EQ(answer.headers.find("Content-Type"), "text/csv; charset=utf-8") << path;
    }
}

}  // namespace
}  // namespace kula::api
