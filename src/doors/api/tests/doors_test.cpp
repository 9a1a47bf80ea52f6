#include "api/doors.hpp"

#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::House;
using testing::Plain;

struct Doorway : House {
    std::string add_feed() {
        return send(Method::post, "/api/v1/feeds", {{"name", "example"}, {"title", "Example"}, {"kind", "push"}})
            .json.at("id")
            .get<std::string>();
    }
    void fill() {
        add_organisation("Example Hospital Lakeside", {prefix("192.0.2.0/26")});
        send(Method::put, "/api/v1/national-space", {{"prefixes", {"192.0.2.0/24"}}, {"as_numbers", {64500}}},
             {{"If-Match", "\"0\""}});
        list("example-list", "198.51.100.7\nbad.example\n");
        see({observation("198.51.100.7", "192.0.2.9", 3)});
        tell({events::Json{{"classification.type", "scanner"}, {"source.ip", "192.0.2.9"}}});
    }
};

TEST_F(Doorway, every_readable_path_answers_as_the_contract_says) {
    fill();
    auto const organisation = first_id("/api/v1/organisations");
    auto const delivery = deliver("source.ip\n192.0.2.1\nno\n");
    auto const report =
        send(net::Method::post, "/api/v1/reports", {{"text", "Look at 192.0.2.9"}}).json.at("report").at("id");
    auto const incident =
        send(net::Method::post, "/api/v1/reports/decisions",
             {{"reports", {report}},
              {"decision", "accept"},
              {"incident",
               {{"title", "Scanner"}, {"class", "information-gathering"}, {"type", "scanner"}, {"severity", "low"}}}})
            .json.at("incident")
            .at("id");
    std::map<std::string, std::string> const ids{{"/api/v1/deliveries/{id}", delivery},
                                                 {"/api/v1/incidents/{id}", incident.get<std::string>()},
                                                 {"/api/v1/incidents/{id}/entries", incident.get<std::string>()},
                                                 {"/api/v1/reports/{id}", report.get<std::string>()},
                                                 {"/api/v1/deliveries/{id}/quarantine", delivery},
                                                 {"/api/v1/deliveries/{id}/raw", delivery},
                                                 {"/api/v1/mappings/{name}", "urlhaus"},
                                                 {"/api/v1/sightings/{id}", first_id("/api/v1/sightings")},
                                                 {"/api/v1/events/{id}", first_id("/api/v1/events")},
                                                 {"/api/v1/organisations/{id}", organisation},
                                                 {"/api/v1/organisations/{id}/plain-mail", organisation},
                                                 {"/api/v1/organisations/{id}/webhook", organisation},
                                                 {"/api/v1/organisations/{id}/findings.atom", organisation},
                                                 {"/api/v1/organisations/{id}/findings.json", organisation},
                                                 {"/api/v1/messages/{id}", message_to(organisation)},
                                                 {"/api/v1/proposals/{id}", proposal_of(organisation)},
                                                 {"/api/v1/indicators/{id}", first_id("/api/v1/indicators")},
                                                 {"/api/v1/feeds/{id}", add_feed()},
                                                 {"/api/v1/users/{id}", add_user("ana")},
                                                 {"/api/v1/users/{id}/sessions", add_user("ben")}};
    doors->open();
    for (auto const& [path, item] : contract.contract().at("paths").items()) {
        bool const is_a_persons_own =
            path.find("/api/v1/account/") == 0 || path == "/api/v1/session";  // gate_test.cpp asks these.
        bool const comes_of_a_delivery = path == "/api/v1/findings/{id}";  // tests/journeys/test_contract.py asks it.
        if (!item.contains("get") || is_a_persons_own || comes_of_a_delivery) continue;
        auto target = path;
        if (auto const id = ids.find(path); id != ids.end())
            target.replace(path.find('{'), path.find('}') + 1 - path.find('{'), id->second);
        EXPECT_EQ(get(target).status, 200) << path;
    }
}

TEST_F(Doorway, every_path_of_the_contract_has_a_route_and_every_route_is_in_the_contract) {
    std::set<std::string> promised;
    for (auto const& [path, item] : contract.contract().at("paths").items()) {
        for (auto const& [method, operation] : item.items()) {
            if (method != "parameters") promised.insert(method + ' ' + path);
        }
    }
    std::set<std::string> kept;
    for (auto const& route : router.routes()) {
        std::string method(net::to_text(route.method));
        for (auto& c : method) c = static_cast<char>(std::tolower(c));
        if (route.pattern.rfind("/desk", 0) != 0) kept.insert(method + ' ' + route.pattern);
    }
    EXPECT_EQ(kept, promised);
}

TEST_F(Doorway, gives_its_contract) {
    EXPECT_EQ(get("/api/v1/openapi.json").json, contract.contract());
    EXPECT_EQ(contract.contract().at("openapi"), "3.1.0");
}

TEST_F(Doorway, leads_to_the_desk) {
    auto const root = ask(Method::get, "/desk");
    EXPECT_EQ(root.status, 302);
    EXPECT_EQ(root.headers.find("Location"), "/desk/");
    auto const page = ask(Method::get, "/desk/sightings");
    EXPECT_EQ(page.text, "<html>");
    EXPECT_THAT(std::string(*page.headers.find("Content-Security-Policy")), HasSubstr("default-src 'self'"));
}

TEST_F(Doorway, is_alive_at_once_and_ready_when_opened) {
    EXPECT_EQ(ask(Method::get, "/healthz").status, 200);
    EXPECT_EQ(ask(Method::get, "/readyz").status, 503);
    EXPECT_EQ(ask(Method::get, "/readyz").text, "still starting\n");
    doors->open();
    EXPECT_EQ(ask(Method::get, "/readyz").text, "ok\n");
}

TEST_F(Doorway, status_counts_what_is_there) {
    fill();
    auto const status = get("/api/v1/status").json;
    EXPECT_EQ(status.at("organisations"), 1);
    EXPECT_EQ(status.at("indicators").at("total"), 2);
    EXPECT_EQ(status.at("national_space"), (Plain{{"prefixes", 1}, {"as_numbers", 1}, {"addresses_v4", 256}}));
    EXPECT_EQ(status.at("storage").at("state"), "ok");
    EXPECT_EQ(status.at("retention").at("oldest"), "2026-11-21T10:00:00Z");
    EXPECT_EQ(status.at("now"), "2026-11-21T10:20:30Z");
}

TEST_F(Doorway, metrics_tell_requests_and_rooms) {
    fill();
    doors->observer()({"GET", "/api/v1/status", net::Status::ok, std::chrono::microseconds(1500), 10, {}});
    auto const text = ask(Method::get, "/metrics").text;
    EXPECT_THAT(text, HasSubstr("kula_http_requests_total{method=\"GET\",route=\"/api/v1/status\",status=\"200\"} 1"));
    EXPECT_THAT(text, HasSubstr("kula_sightings_kept 1"));
    EXPECT_THAT(text, HasSubstr("kula_indicators 2"));
    EXPECT_THAT(text, HasSubstr("kula_storage_up 1"));
}

TEST_F(Doorway, takes_no_parameter_it_does_not_know) {
    for (auto const* path :
         {"/api/v1/sightings", "/api/v1/picture", "/api/v1/organisations", "/api/v1/indicators", "/api/v1/networks",
          "/api/v1/exporters", "/api/v1/sectors", "/api/v1/status", "/api/v1/stream"}) {
        auto const answer = ask(Method::get, path, {{"colour", "red"}});
        EXPECT_EQ(answer.status, 422) << path;
        EXPECT_EQ(answer.json.at("errors").at(0), (Plain{{"field", "colour"}, {"message", "is unknown here"}}));
    }
}

TEST_F(Doorway, names_everything_that_is_wrong_with_a_query_at_once) {
    auto const answer = get("/api/v1/sightings", {{"limit", "501"},
                                                  {"port", "65536"},
                                                  {"sort", "colour"},
                                                  {"direction", "up"},
                                                  {"from", "yesterday"},
                                                  {"country", "mk"},
                                                  {"address", "x"},
                                                  {"organisation", "7"},
                                                  {"protocol", "6"},
                                                  {"protocol", "17"}});
    EXPECT_EQ(answer.status, 422);
    std::set<std::string> fields;
    for (auto const& error : answer.json.at("errors")) fields.insert(error.at("field").get<std::string>());
    EXPECT_EQ(fields, (std::set<std::string>{"limit", "port", "sort", "direction", "from", "country", "address",
                                             "organisation", "protocol"}));
}

}  // namespace
}  // namespace kula::api
