// Proves: incidents by the contract, their labels, and that nobody's edit is lost.
#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using testing::Answer;
using ::testing::ElementsAre;
using testing::House;
using testing::Plain;

constexpr auto all_incidents = "/api/v1/incidents";

struct IncidentRoutes : House {
    IncidentRoutes() : House({.second_factor = access::SecondFactor::optional}) {}
    void SetUp() override { ana = signed_in("ana", "duty_analyst"); }
    static Plain input() {
        return {{"title", "Ransomware at Example Hospital"},
                {"class", "malicious-code"},
                {"type", "infected-system"},
                {"severity", "high"},
                {"sectors", {"health"}},
                {"tags", {"ransomware"}}};
    }
    Answer opened_as(Plain const& incident) {
        clock.advance(std::chrono::seconds(1));
        auto answer = send(Method::post, all_incidents, incident);
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer;
    }
    static std::string path_of(Answer const& story) {
        return all_incidents + ("/" + story.json.at("incident").at("id").get<std::string>());
    }
    Answer step(std::string const& path, int version, Plain const& body) {
        return send(Method::post, path + "/steps", body, {{"If-Match", '"' + std::to_string(version) + '"'}});
    }
    Answer removed(std::string const& path, testing::HeaderFields const& headers = {}) {
        return checked("delete", ask(Method::remove, path, {}, {}, headers));
    }
    static std::vector<std::string> fields(Answer const& answer) {
        std::vector<std::string> out;
        for (auto const& error : answer.json.value("errors", Plain::array()))
            out.push_back(error.at("field").get<std::string>());
        return out;
    }
    SignedIn ana;
};

TEST_F(IncidentRoutes, an_incident_is_opened_changed_and_closed) {
    auto input = IncidentRoutes::input();
    input["lead"] = ana.id;
    auto const made = opened_as(input);
    auto const path = path_of(made);
    EXPECT_EQ(made.headers.find("Location"), path);
    EXPECT_EQ(made.headers.find("ETag"), "\"1\"");
    auto const& incident = made.json.at("incident");
    EXPECT_EQ(incident.at("number"), "INC-2026-000001");
    EXPECT_EQ(incident.at("lead"), (Plain{{"id", ana.id}, {"full_name", "Example ana"}}));
    EXPECT_EQ(incident.at("tlp"), "amber");
    EXPECT_EQ(incident.at("opened_by"), "Example ana");

    input["severity"] = "critical";
    auto const changed = send(Method::put, path, input, {{"If-Match", "\"1\""}});
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_EQ(changed.json.at("entries").at(0).at("change").at("fields"),
              Plain::array({{{"field", "severity"}, {"before", "high"}, {"after", "critical"}, {"withheld", false}}}));
    auto const late = send(Method::put, path, IncidentRoutes::input(), {{"If-Match", "\"1\""}});
    EXPECT_EQ(late.status, 412);
    EXPECT_EQ(late.json.at("changes").at(0).at("field"), "severity") << late.text;
    EXPECT_EQ(send(Method::put, path, input).status, 428);

    EXPECT_EQ(step(path, 1, {{"to", "closed"}}).status, 412);
    EXPECT_THAT(fields(step(path, 2, {{"to", "closed"}})), ElementsAre("reason"));
    EXPECT_THAT(fields(step(path, 2, {{"to", "gone"}})), ElementsAre("to"));
    EXPECT_EQ(step(path, 2, {{"to", "open"}}).status, 409);
    auto const closed = step(path, 2, {{"to", "closed"}, {"reason", "Restored."}});
    ASSERT_EQ(closed.status, 200) << closed.text;
    EXPECT_EQ(closed.json.at("incident").at("open"), false);
    EXPECT_EQ(closed.json.at("incident").at("next_states"), Plain::array({"investigating"}));
    EXPECT_EQ(get(path).headers.find("Cache-Control"), "no-store");
    EXPECT_EQ(get(all_incidents + std::string("/01930b2e-6c00-7000-8000-000000000001")).status, 404);
}

TEST_F(IncidentRoutes, what_is_wrong_is_named) {
    EXPECT_THAT(fields(send(Method::post, all_incidents, {{"title", "x"}, {"colour", "red"}})),
                ::testing::UnorderedElementsAre("class", "type", "severity", "colour"));
    auto input = IncidentRoutes::input();
    input["class"] = "sorcery";
    input["techniques"] = {"T1"};
    EXPECT_THAT(fields(send(Method::post, all_incidents, input)),
                ::testing::UnorderedElementsAre("class", "techniques"));
    input = IncidentRoutes::input();
    input["lead"] = "01930b2e-6c00-7000-8000-00000000000f";
    input["readers"] = {"nobody"};
    input["happened_at"] = "yesterday";
    EXPECT_THAT(fields(send(Method::post, all_incidents, input)),
                ::testing::UnorderedElementsAre("lead", "readers", "happened_at"));
    EXPECT_EQ(get(all_incidents, {{"state", "gone"}, {"sort", "title"}, {"lead", "me"}}).status, 422);
}

TEST_F(IncidentRoutes, the_timeline_is_written_and_read_in_pages) {
    auto const path = path_of(opened_as(input()));
    auto const write = [&](Plain const& entry) {
        clock.advance(std::chrono::seconds(1));
        return send(Method::post, path + "/entries", entry);
    };
    for (int number = 1; number <= 3; ++number)
        ASSERT_EQ(write({{"kind", "note"}, {"text", std::to_string(number)}}).status, 201);
    EXPECT_THAT(fields(write({{"kind", "merged"}, {"text", "x"}})), ElementsAre("kind"));
    EXPECT_THAT(fields(write({{"kind", "said"}, {"text", ""}})), ElementsAre("text"));
    EXPECT_THAT(fields(write({{"kind", "said"}, {"text", "x"}, {"at", "2027-01-01T00:00:00Z"}})), ElementsAre("at"));
    auto const told = texts_of("kind", path + "/entries", {{"limit", "2"}});
    EXPECT_THAT(told, ElementsAre("note", "note", "note", "opened"));
    EXPECT_EQ(get(path).json.at("entries").at(0).at("text"), "3");
}

TEST_F(IncidentRoutes, links_and_merging_are_told_by_number) {
    auto const first = path_of(opened_as(input())), second = path_of(opened_as(input()));
    auto const linked = send(Method::post, first + "/links", {{"kind", "caused_by"}, {"incident", "inc-2026-000002"}});
    ASSERT_EQ(linked.status, 200) << linked.text;
    EXPECT_EQ(get(second).json.at("links").at(0).at("kind"), "causes");
    EXPECT_EQ(send(Method::post, first + "/links", {{"kind", "related"}, {"incident", "INC-2026-000009"}}).status, 404);
    EXPECT_EQ(send(Method::post, first + "/links", {{"kind", "related"}, {"incident", "INC-2026-000001"}}).status, 422);
    auto const link = linked.json.at("links").at(0).at("id").get<std::string>();
    EXPECT_EQ(removed(first + "/links/" + link).json.at("links"), Plain::array());
    EXPECT_EQ(removed(first + "/links/" + link).status, 404);

    clock.advance(std::chrono::seconds(1));
    auto const merged = send(Method::post, first + "/merge", {{"into", "INC-2026-000002"}, {"reason", "one intruder"}},
                             {{"If-Match", "\"1\""}});
    ASSERT_EQ(merged.status, 200) << merged.text;
    EXPECT_EQ(merged.json.at("incident").at("merged_into").at("number"), "INC-2026-000002");
    EXPECT_EQ(merged.json.at("incident").at("next_states"), Plain::array());
    EXPECT_EQ(get(second).json.at("merged").at(0).at("number"), "INC-2026-000001");
    EXPECT_EQ(get(all_incidents).json.at("total"), 1);
    auto const both = get(all_incidents, {{"merged", "true"}}).json;
    EXPECT_EQ(both.at("total"), 2);
    EXPECT_EQ(both.at("items").at(0).at("merged_into").at("number"), "INC-2026-000002");
    auto const refused = send(Method::post, first + "/entries", {{"kind", "note"}, {"text", "x"}});
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(removed(first + "/merge", {{"If-Match", "\"2\""}}).json.at("incident").at("merged_into"), nullptr);
    EXPECT_EQ(removed(first + "/merge", {{"If-Match", "\"3\""}}).status, 409);
}

TEST_F(IncidentRoutes, what_is_red_is_its_readers_and_the_trail_tells_who_read_it) {
    auto red = input();
    red["tlp"] = "red";
    auto const path = path_of(opened_as(red));
    EXPECT_EQ(get(path).json.at("incident").at("readers"),
              Plain::array({{{"id", ana.id}, {"full_name", "Example ana"}}}));
    signed_in("boro", "duty_analyst");
    EXPECT_EQ(get(path).status, 404);
    EXPECT_EQ(get(path + "/entries").status, 404);
    EXPECT_EQ(get(all_incidents).json.at("total"), 0);
    person = {};
    token = token_with(access::Roles::shipped().permissions_of_tokens(access::Side::team));
    auto const trail = get("/api/v1/journal").json;
    EXPECT_EQ(trail.dump().find("Ransomware"), std::string::npos) << "the trail has other readers";
    EXPECT_EQ(get("/api/v1/journal", {{"deed", "red.read"}}).json.at("items").size(), 1U);
}

TEST_F(IncidentRoutes, the_vocabulary_is_told_and_outsiders_have_none_of_it) {
    auto const words = get(all_incidents + std::string("/vocabulary")).json;
    EXPECT_EQ(words.at("states").at(0).at("id"), "open");
    EXPECT_EQ(words.at("severities").size(), 4U);
    EXPECT_FALSE(words.at("severities").at(3).at("means").at("sq").get<std::string>().empty());
    opened_as(input());
    token = token_with(access::Roles::shipped().permissions_of_tokens(access::Side::team));
    person = {};
    auto const bank = add_organisation("Example Bank");
    token = token_with({"findings.read"}, base::Uuid::parse(bank));
    EXPECT_EQ(get(all_incidents).status, 403);
}

}  // namespace
}  // namespace kula::api
