// Proves: an unattended desk ends, a stream ends with its session, what is grave asks who is there, and administrators
// see and end everybody's sessions.
#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "gate.hpp"
#include "house.hpp"
#include "net/event_stream.hpp"

namespace kula::api {
namespace {

using namespace std::chrono_literals;
using net::Method;
using testing::House;
using testing::Plain;

struct IdentityTest : House {
    IdentityTest() : House({.second_factor = access::SecondFactor::optional}) {}
    /// Up to 20 s.
    static bool ends(net::EventStream const& followed) {
        auto const end = std::chrono::steady_clock::now() + 20s;
        while (followed.is_open() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
        return !followed.is_open();
    }
    std::shared_ptr<net::EventStream> stream() { return ask(Method::get, "/api/v1/stream").stream; }
    /// Takes over what an answer says of the session.
    void take_session(testing::Answer const& answer) {
        std::string const set(answer.headers.find("Set-Cookie").value_or(""));
        person = {person.id, set.substr(0, set.find(';')), answer.json.value("csrf_token", "")};
    }
};

TEST_F(IdentityTest, a_desk_that_only_asks_by_itself_becomes_idle) {
    signed_in("ana", "duty_analyst");
    for (int minute = 0; minute < 29; ++minute) {
        clock.advance(1min);
        ASSERT_EQ(ask(Method::get, "/api/v1/status", {}, {}, {{"X-Background", "1"}}).status, 200) << minute;
        ASSERT_TRUE(stream()) << minute;
    }
    clock.advance(1min);
    EXPECT_EQ(ask(Method::get, "/api/v1/status", {}, {}, {{"X-Background", "1"}}).status, 401);
}

TEST_F(IdentityTest, a_desk_that_is_used_does_not) {
    signed_in("ana", "duty_analyst");
    for (int round = 0; round < 4; ++round) {
        clock.advance(29min);
        ASSERT_EQ(get("/api/v1/status").status, 200) << round;
    }
}

TEST_F(IdentityTest, the_language_is_everybodys_own_to_choose) {
    signed_in("ana", "duty_analyst");
    EXPECT_EQ(send(Method::put, "/api/v1/account/language", {{"language", "sq"}}).status, 204);
    EXPECT_EQ(get("/api/v1/session").json.at("user").at("language"), "sq");
    EXPECT_EQ(send(Method::put, "/api/v1/account/language", {{"language", "de"}}).status, 422);
}

TEST_F(IdentityTest, a_stream_ends_with_its_session_and_leaves_others_alone) {
    auto const boro = signed_in("boro", "duty_analyst");
    auto const of_boro = stream();
    signed_in("ana", "duty_analyst");
    auto const of_ana = stream();
    ASSERT_TRUE(of_ana && of_boro);
    EXPECT_EQ(ask(Method::remove, "/api/v1/session").status, 204);
    EXPECT_TRUE(ends(*of_ana));
    EXPECT_TRUE(of_boro->is_open());
}

TEST_F(IdentityTest, a_stream_ends_when_its_person_loses_a_role) {
    auto const boro = signed_in("boro", "duty_analyst");
    auto const of_boro = stream();
    signed_in("admin", "administrator");
    auto const user = get("/api/v1/users/" + boro.id).json;
    Plain content;
    for (auto const* member : {"name", "full_name", "email", "language", "organisation"})
        content[member] = user.at(member);
    content["roles"] = {"registry_officer"};
    auto const changed = send(Method::put, "/api/v1/users/" + boro.id, content,
                              {{"If-Match", '"' + std::to_string(user.at("version").get<int>()) + '"'}});
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_TRUE(ends(*of_boro));
}

TEST_F(IdentityTest, everything_grave_asks_who_is_there) {
    signed_in("admin", "administrator");
    clock.advance(10min);
    std::size_t asked = 0;
    for (auto const& [path, item] : contract.contract().at("paths").items()) {
        for (auto const& [method, operation] : item.items()) {
            if (method == "parameters" || !operation.value("x-confirmed", false)) continue;
            auto const& permission = operation.at("x-permission");
            if (permission == "red.open" || permission == "tokens.own") continue;  // No administrator's.
            auto target = path;
            if (auto const at = target.find("{id}"); at != std::string::npos) target.replace(at, 4, person.id);
            auto const verb = method == "post" ? Method::post : method == "put" ? Method::put : Method::remove;
            auto const answer =
                ask(verb, target, {}, "{}", {{"Content-Type", "application/json"}, {"If-Match", "\"1\""}});
            EXPECT_EQ(answer.status, 403) << method << ' ' << path;
            EXPECT_EQ(answer.json.value("type", ""), confirmation_needed) << method << ' ' << path;
            ++asked;
        }
    }
    EXPECT_GE(asked, 11U);
    EXPECT_EQ(get("/api/v1/users").status, 200);  // Reading is not grave.
}

TEST_F(IdentityTest, a_token_of_ones_own_is_made_by_who_is_there) {
    auto const id = base::Uuid::parse(add_organisation("Example Bank"));
    signed_in("boro", "constituent_member", id);
    Plain const wanted{{"name", "ticket system"}, {"permissions", {"findings.read"}}, {"valid_days", 30}};
    EXPECT_EQ(send(Method::post, "/api/v1/account/tokens", wanted).status, 201);
    clock.advance(10min);
    EXPECT_EQ(send(Method::post, "/api/v1/account/tokens", wanted).json.value("type", ""), confirmation_needed);
}

TEST_F(IdentityTest, a_password_shows_who_is_there_and_the_deed_is_done) {
    signed_in("admin", "administrator");
    clock.advance(10min);
    auto const made = [&] {
        return send(Method::post, "/api/v1/users",
                    {{"name", "ciro"},
                     {"full_name", "Example Analyst"},
                     {"email", nullptr},
                     {"language", "en"},
                     {"roles", {"duty_analyst"}},
                     {"organisation", nullptr}});
    };
    EXPECT_EQ(made().status, 403);
    EXPECT_EQ(send(Method::post, "/api/v1/session/password", {{"password", "not this one at all"}}).status, 401);
    EXPECT_EQ(made().status, 403);
    auto const shown = send(Method::post, "/api/v1/session/password", {{"password", "seven tall watchtowers"}});
    ASSERT_EQ(shown.status, 200) << shown.text;
    take_session(shown);
    EXPECT_EQ(made().status, 201);
}

TEST_F(IdentityTest, administrators_see_and_end_everybodys_sessions) {
    auto const boro = signed_in("boro", "duty_analyst");
    auto const of_boro = stream();
    signed_in("admin", "administrator");
    auto const sessions = get("/api/v1/sessions").json.at("items");
    ASSERT_EQ(sessions.size(), 2U);
    for (auto const& session : sessions) {
        if (session.at("user").at("name") != "boro") continue;
        EXPECT_EQ(session.at("current"), false);
        auto const path = "/api/v1/sessions/" + session.at("id").get<std::string>();
        EXPECT_EQ(checked("delete", ask(Method::remove, path)).status, 204);
        EXPECT_EQ(checked("delete", ask(Method::remove, path)).status, 404);
    }
    EXPECT_TRUE(ends(*of_boro));
    person = boro;
    EXPECT_EQ(get("/api/v1/status").status, 401);
    EXPECT_EQ(get("/api/v1/sessions").status, 401);
}

TEST_F(IdentityTest, the_head_opens_what_is_red_with_a_reason_only_and_not_for_long) {
    signed_in("ana", "duty_analyst");
    checked("post", ask(Method::post, "/api/v1/indicators/import", {{"source", "secret-list"}, {"tlp", "red"}},
                        "198.51.100.77\n", {{"Content-Type", "text/plain"}}));
    EXPECT_EQ(send(Method::post, "/api/v1/session/red", {{"why", "curious"}}).status, 403);
    signed_in("head", "head_of_team");
    EXPECT_EQ(get("/api/v1/indicators").json.at("total"), 0);
    EXPECT_EQ(send(Method::post, "/api/v1/session/red", {{"why", " "}}).status, 422);
    ASSERT_EQ(send(Method::post, "/api/v1/session/red", {{"why", "Ana is ill"}}).status, 200);
    EXPECT_EQ(get("/api/v1/indicators").json.at("total"), 1);
    EXPECT_FALSE(get("/api/v1/session").json.at("red_until").is_null());
    auto const opened = get("/api/v1/journal", {{"deed", "red.opened"}}).json.at("items");
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened.at(0).at("why"), "Ana is ill");
    EXPECT_EQ(get("/api/v1/journal", {{"deed", "red.read"}}).json.at("items").size(), 1U);
    clock.advance(15min);
    EXPECT_EQ(get("/api/v1/indicators").json.at("total"), 0);
    EXPECT_TRUE(get("/api/v1/session").json.at("red_until").is_null());
}

}  // namespace
}  // namespace kula::api
