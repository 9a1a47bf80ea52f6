// Proves: what is reported waits in groups, is decided with one request, and that can be taken back.
#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using testing::Answer;
using ::testing::ElementsAre;
using testing::House;
using testing::Plain;
using ::testing::UnorderedElementsAre;

constexpr auto all_reports = "/api/v1/reports";
constexpr auto decisions = "/api/v1/reports/decisions";

struct ReportRoutes : House {
    ReportRoutes() : House({.second_factor = access::SecondFactor::optional}) {}
    void SetUp() override { ana = signed_in("ana", "duty_analyst"); }
    /// The report's story.
    Plain reported(Plain const& report) {
        clock.advance(std::chrono::minutes(1));
        auto const answer = send(Method::post, all_reports, report);
        EXPECT_EQ(answer.status, 201) << answer.text;
        return answer.json;
    }
    static std::string id_of(Plain const& story) { return story.at("report").at("id").get<std::string>(); }
    static std::vector<std::string> fields(Answer const& answer) {
        std::vector<std::string> out;
        for (auto const& error : answer.json.value("errors", Plain::array()))
            out.push_back(error.at("field").get<std::string>());
        return out;
    }
    static Plain incident() {
        return {
            {"title", "Phishing in the bank's name"}, {"class", "fraud"}, {"type", "phishing"}, {"severity", "medium"}};
    }
    SignedIn ana;
};

TEST_F(ReportRoutes, a_report_is_told_with_what_it_names_and_what_is_like_it) {
    auto const first = reported({{"subject", "Strange mail"},
                                 {"text", "It wants my card at hxxps://login[.]example[.]net/card."},
                                 {"reporter", {{"email", "Citizen@mail.example"}}},
                                 {"language", "mk"}});
    EXPECT_EQ(first.at("report").at("channel"), "desk");
    EXPECT_EQ(first.at("report").at("grouped_by"), "alone");
    EXPECT_EQ(first.at("reporter").at("email"), "citizen@mail.example");
    EXPECT_EQ(first.at("observables").at(0),
              (Plain{{"kind", "url"}, {"value", "https://login.example.net/card"}, {"common", false}}));
    auto const second = reported({{"text", "https://login.example.net/card"}, {"channel", "mail"}});
    EXPECT_EQ(second.at("report").at("shared"), "url:https://login.example.net/card");
    EXPECT_EQ(second.at("similar").at(0).at("id"), id_of(first));
    auto const page = get(all_reports, {{"state", "waiting"}, {"newest_of_group", "true"}}).json;
    EXPECT_EQ(page.at("total"), 1);
    EXPECT_EQ(page.at("waiting"), 2);
    EXPECT_EQ(page.at("items").at(0).at("waiting_in_group"), 2);
    auto const path = all_reports + ("/" + id_of(second));
    EXPECT_EQ(send(Method::post, path + "/separate", {}).json.at("similar"), Plain::array());
    EXPECT_EQ(send(Method::post, path + "/separate", {}).status, 409);
    EXPECT_EQ(get(all_reports + std::string("/nonsense")).status, 404);
}

TEST_F(ReportRoutes, a_group_is_accepted_with_one_request_and_waits_again_with_another) {
    auto const first = reported({{"text", "https://login.example.net/card"}});
    reported({{"text", "again https://login.example.net/card"}});
    auto const group = first.at("report").at("group");
    auto const accepted =
        send(Method::post, decisions, {{"group", group}, {"decision", "accept"}, {"incident", incident()}});
    ASSERT_EQ(accepted.status, 200) << accepted.text;
    EXPECT_EQ(accepted.json.at("reports").size(), 2U);
    EXPECT_EQ(accepted.json.at("incident").at("number"), "INC-2026-000001");
    auto const id = accepted.json.at("incident").at("id").get<std::string>();
    EXPECT_THAT(texts_of("kind", "/api/v1/incidents/" + id + "/entries", {}),
                UnorderedElementsAre("opened", "reported", "reported"));
    EXPECT_EQ(get(all_reports, {{"incident", id}}).json.at("items").at(0).at("incident").at("id"), id);
    auto const third = reported({{"text", "https://login.example.net/card"}});
    EXPECT_EQ(third.at("similar").at(0).at("incident").at("number"), "INC-2026-000001") << "where it belongs";
    EXPECT_EQ(
        send(Method::post, decisions, {{"reports", {id_of(third)}}, {"decision", "join"}, {"into", "INC-2026-000001"}})
            .status,
        200);
    auto const back =
        send(Method::post, decisions, {{"reports", accepted.json.at("reports")}, {"decision", "wait_again"}});
    EXPECT_EQ(back.json.at("incident").at("id"), id) << back.text;
    EXPECT_EQ(get(all_reports, {{"state", "waiting"}}).json.at("total"), 2);
    auto const kinds = texts_of("kind", "/api/v1/incidents/" + id + "/entries", {});
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), "withdrawn"), 2);
}

TEST_F(ReportRoutes, what_is_wrong_is_named) {
    EXPECT_THAT(fields(send(Method::post, all_reports,
                            {{"text", "x"}, {"reporter", {{"fax", "1"}}}, {"language", "de"}, {"organisation", "x"}})),
                UnorderedElementsAre("reporter.fax", "language", "organisation"));
    EXPECT_THAT(fields(send(Method::post, all_reports, {{"text", " "}})), ElementsAre("text"));
    auto const one = id_of(reported({{"text", "one"}}));
    auto const decide = [&](Plain body) {
        body["reports"] = {one};
        return send(Method::post, decisions, body);
    };
    EXPECT_THAT(fields(decide({{"decision", "refuse"}})), ElementsAre("reason"));
    EXPECT_THAT(fields(decide({{"decision", "join"}})), ElementsAre("into"));
    EXPECT_THAT(fields(decide({{"decision", "pass_on"}})), ElementsAre("to"));
    EXPECT_THAT(fields(decide({{"decision", "answer"}})), ElementsAre("decision"));
    EXPECT_THAT(fields(decide({{"decision", "accept"}, {"incident", {{"title", "x"}}}})),
                UnorderedElementsAre("incident.class", "incident.type", "incident.severity"));
    EXPECT_EQ(decide({{"decision", "join"}, {"into", "INC-2026-000009"}}).status, 404);
    EXPECT_THAT(fields(send(Method::post, decisions, {{"decision", "wait_again"}})), ElementsAre("reports"));
    EXPECT_EQ(decide({{"decision", "wait_again"}}).status, 409);
    EXPECT_EQ(decide({{"decision", "pass_on"}, {"to", "Example Police"}}).status, 200);
    EXPECT_EQ(decide({{"decision", "refuse"}, {"reason", "spam"}}).status, 409);
    auto const item = get(all_reports, {{"state", "passed_on"}}).json.at("items").at(0);
    EXPECT_EQ(item.at("passed_to"), "Example Police");
    EXPECT_EQ(item.at("decided_by"), "Example ana");
    EXPECT_EQ(get(all_reports, {{"state", "gone"}, {"group", "x"}}).status, 422);
}

TEST_F(ReportRoutes, a_program_may_report_and_read_nothing) {
    person = {};
    token = token_with({"reports.send"});
    auto const sent = send(Method::post, all_reports, {{"text", "from a honeypot: 192.0.2.7"}});
    ASSERT_EQ(sent.status, 201) << sent.text;
    EXPECT_EQ(sent.json.at("report").at("channel"), "api");
    EXPECT_EQ(get(all_reports).status, 403);
    EXPECT_EQ(send(Method::post, decisions, {{"decision", "wait_again"}}).status, 403);
}

TEST_F(ReportRoutes, what_is_red_is_its_readers) {
    auto const red = reported({{"text", "Between us: Example Person."}, {"tlp", "red"}});
    EXPECT_EQ(red.at("report").at("readers").at(0).at("id"), ana.id);
    auto loose =
        send(Method::post, decisions, {{"reports", {id_of(red)}}, {"decision", "accept"}, {"incident", incident()}});
    EXPECT_EQ(loose.status, 409);
    signed_in("boro", "duty_analyst");
    EXPECT_EQ(get(all_reports + ("/" + id_of(red))).status, 404);
    EXPECT_EQ(get(all_reports).json.at("total"), 0);
    person = {};
    token = token_with(access::Roles::shipped().permissions_of_tokens(access::Side::team));
    EXPECT_EQ(get("/api/v1/journal").text.find("Example Person"), std::string::npos);
    EXPECT_GE(get("/api/v1/journal", {{"deed", "red.read"}}).json.at("items").size(), 1U);
}

}  // namespace
}  // namespace kula::api
