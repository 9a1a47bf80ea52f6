#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::House;
using ::testing::IsEmpty;
using testing::Plain;

struct GateTest : House {
    /// A person of the team who has a password and no second factor yet: signed in as far as that goes.
    testing::Answer half_signed_in() {
        auto const invited = access->invite({.name = "ana", .full_name = "Example Analyst", .roles = {"duty_analyst"}},
                                            base::Actor{"console"});
        EXPECT_TRUE(invited) << invited.error().detail;
        token.clear();
        return send(Method::post, "/api/v1/enrolment",
                    {{"link", invited->link.secret}, {"password", "seven tall watchtowers"}});
    }
    static std::string cookie_of(testing::Answer const& answer) {
        std::string const set(answer.headers.find("Set-Cookie").value_or(""));
        return set.substr(0, set.find(';'));
    }
};

TEST_F(GateTest, shows_nothing_to_nobody) {
    token.clear();
    for (auto const& [path, item] : contract.contract().at("paths").items()) {
        for (auto const& [method, operation] : item.items()) {
            if (method == "parameters" || operation.at("x-permission") == "public") continue;
            auto target = path;
            if (auto const at = target.find("{id}"); at != std::string::npos) target.replace(at, 4, absent);
            auto const verb = method == "get"    ? Method::get
                              : method == "post" ? Method::post
                              : method == "put"  ? Method::put
                                                 : Method::remove;
            auto const answer = ask(verb, target, {}, "{}", {{"Content-Type", "application/json"}});
            EXPECT_EQ(answer.status, 401) << method << ' ' << path;
            EXPECT_EQ(answer.json.at("detail"), "sign in first") << method << ' ' << path;
        }
    }
}

TEST_F(GateTest, refuses_what_a_caller_may_not_and_names_it) {
    token = token_with({"status.read"});
    EXPECT_EQ(get("/api/v1/status").status, 200);
    auto const refused = get("/api/v1/users");
    EXPECT_EQ(refused.status, 403);
    EXPECT_THAT(refused.text, HasSubstr("users.read is not among your permissions"));
    EXPECT_EQ(get("/api/v1/sectors").status, 200);  // Whoever is signed in.
}

TEST_F(GateTest, takes_no_token_that_is_none) {
    token = "kula_AAAA";
    EXPECT_EQ(get("/api/v1/status").status, 401);
    token.clear();
    EXPECT_EQ(ask(Method::get, "/api/v1/status", {}, {}, {{"Authorization", "Basic YTpi"}}).status, 401);
}

TEST_F(GateTest, gives_a_token_no_account_and_no_session) {
    EXPECT_EQ(get("/api/v1/session").status, 403);
    EXPECT_EQ(ask(Method::get, "/api/v1/account/sessions").status, 403);
}

TEST_F(GateTest, lets_a_half_signed_in_person_do_nothing_but_finish) {
    auto const begun = half_signed_in();
    ASSERT_EQ(begun.status, 200) << begun.text;
    EXPECT_EQ(begun.json.at("state"), "second_factor_to_enrol");
    EXPECT_THAT(begun.json.at("permissions"), IsEmpty());
    auto const cookie = cookie_of(begun);
    EXPECT_THAT(cookie, HasSubstr("kula_session="));
    auto const asked = [&](std::string const& path) { return ask(Method::get, path, {}, {}, {{"Cookie", cookie}}); };
    EXPECT_EQ(asked("/api/v1/session").status, 200);
    EXPECT_EQ(asked("/api/v1/status").status, 401);
    EXPECT_EQ(asked("/api/v1/sectors").status, 401);
    EXPECT_EQ(asked("/api/v1/account/sessions").status, 401);
}

TEST_F(GateTest, takes_a_change_only_with_the_sessions_own_csrf_token) {
    auto const begun = half_signed_in();
    auto const cookie = cookie_of(begun);
    auto const offered = [&](std::string const& csrf) {
        return ask(Method::post, "/api/v1/account/totp", {}, {}, {{"Cookie", cookie}, {"X-CSRF-Token", csrf}});
    };
    EXPECT_EQ(offered("").status, 403);
    EXPECT_EQ(offered("x" + begun.json.at("csrf_token").get<std::string>()).status, 403);
    EXPECT_EQ(offered(begun.json.at("csrf_token").get<std::string>()).status, 200);
}

TEST_F(GateTest, sets_a_cookie_that_scripts_and_other_sites_do_not_get) {
    auto const begun = half_signed_in();
    std::string const set(begun.headers.find("Set-Cookie").value_or(""));
    EXPECT_THAT(set, HasSubstr("HttpOnly"));
    EXPECT_THAT(set, HasSubstr("SameSite=Strict"));
    EXPECT_THAT(set, HasSubstr("Path=/"));
}

TEST_F(GateTest, answers_a_wrong_password_and_an_unknown_name_alike) {
    half_signed_in();
    auto const wrong = send(Method::post, "/api/v1/session", {{"name", "ana"}, {"password", "not this one at all"}});
    auto const unknown = send(Method::post, "/api/v1/session", {{"name", "eve"}, {"password", "not this one at all"}});
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.text, unknown.text);
}

TEST_F(GateTest, delays_whoever_guesses) {
    half_signed_in();
    int status = 0;
    testing::Answer last;
    for (int attempt = 0; attempt < 20 && status != 429; ++attempt) {
        last = send(Method::post, "/api/v1/session", {{"name", "ana"}, {"password", "not this one at all"}});
        status = last.status;
    }
    EXPECT_EQ(status, 429);
    EXPECT_TRUE(last.headers.has("Retry-After"));
}

TEST_F(GateTest, writes_who_from_where_and_why_into_the_trail) {
    send(Method::post, "/api/v1/organisations", organisation("Example Hospital"), {{"X-Reason", "asked%20by%20phone"}});
    auto const trail = get("/api/v1/journal", {{"subject", "organisation:"}}).json;
    ASSERT_EQ(trail.at("items").size(), 1U);
    auto const& entry = trail.at("items").at(0);
    EXPECT_EQ(entry.at("deed"), "organisation.created");
    EXPECT_EQ(entry.at("why"), "asked by phone");
    EXPECT_EQ(entry.at("actor_name"), "test");
    EXPECT_EQ(entry.at("after").at("name"), "Example Hospital");
    EXPECT_TRUE(entry.at("before").is_null());
    EXPECT_EQ(get("/api/v1/journal/verification").json.at("holds"), true);
    EXPECT_EQ(send(Method::post, "/api/v1/organisations", organisation("X"), {{"X-Reason", "%zz"}}).status, 422);
}

TEST_F(GateTest, makes_no_token_that_could_make_a_person_of_itself) {
    for (auto const* permission : {"users.manage", "tokens.manage"}) {
        auto const made = access->make_token("robot", {permission}, std::nullopt, clock.now() + std::chrono::days(1),
                                             base::Actor{"console"});
        ASSERT_FALSE(made) << permission;
        EXPECT_EQ(made.error().fault, base::Fault::invalid);
    }
}

TEST_F(GateTest, makes_no_token_of_one_organisation_that_may_what_the_team_may) {
    auto const organisation = *base::Uuid::parse(add_organisation("Example Hospital"));
    for (auto const& permission : access::Roles::shipped().permissions()) {
        auto const made = access->make_token("robot", {permission}, organisation, clock.now() + std::chrono::days(1),
                                             base::Actor{"console"});
        auto const is_a_constituents = permission == "organisations.read" || permission == "organisations.propose" ||
                                       permission == "sightings.read" || permission == "events.read" ||
                                       permission == "findings.read" || permission == "findings.answer" ||
                                       permission == "contacts.confirm";
        EXPECT_EQ(made.has_value(), is_a_constituents) << permission;
    }
}

/// Two organisations, each with something seen; the caller belongs to the first.
struct NeedToKnow : House {
    void SetUp() override {
        own = add_organisation("Example Hospital Lakeside", {prefix("192.0.2.0/26")});
        other = add_organisation("Example Bank Hilltop", {prefix("192.0.2.64/26")});
        send(Method::put, "/api/v1/national-space", {{"prefixes", {"192.0.2.0/24"}}, {"as_numbers", Plain::array()}},
             {{"If-Match", "\"0\""}});
        list("example-list", "198.51.100.7\n198.51.100.8\n");
        see({observation("198.51.100.7", "192.0.2.9"), observation("198.51.100.8", "192.0.2.70")});
        auto const all = get("/api/v1/sightings").json;
        ASSERT_EQ(all.at("items").size(), 2U);
        for (auto const& item : all.at("items")) {
            auto& id = item.at("organisation").at("id") == own ? own_sighting : other_sighting;
            id = item.at("id").get<std::string>();
        }
        token = token_with({"organisations.read", "sightings.read"}, *base::Uuid::parse(own));
    }
    std::string own, other, own_sighting, other_sighting;
};

TEST_F(NeedToKnow, a_record_of_another_organisation_and_none_look_the_same) {
    EXPECT_EQ(get("/api/v1/organisations/" + own).status, 200);
    EXPECT_EQ(get("/api/v1/sightings/" + own_sighting).status, 200);
    for (auto const& [path, hidden] :
         {std::pair("/api/v1/organisations/", other), std::pair("/api/v1/sightings/", other_sighting)}) {
        auto const answer = get(path + hidden);
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(answer.text, get(path + absent).text);
    }
}

TEST_F(NeedToKnow, no_list_count_filter_or_search_tells_of_another_organisation) {
    EXPECT_EQ(get("/api/v1/organisations").json.at("total"), 1);
    EXPECT_EQ(get("/api/v1/organisations", {{"search", "bank"}}).json.at("total"), 0);
    EXPECT_EQ(get("/api/v1/organisations", {{"sort", "-flows"}}).json.at("total"), 1);
    EXPECT_EQ(get("/api/v1/networks").json.at("items").size(), 1U);
    EXPECT_EQ(get("/api/v1/networks", {{"address", "192.0.2.70"}}).json.at("items").size(), 0U);
    EXPECT_EQ(get("/api/v1/networks", {{"search", "bank"}}).json.at("items").size(), 0U);
    EXPECT_EQ(get("/api/v1/sightings").json.at("totals").at("sightings"), 1);
    for (auto const& [name, value] :
         {std::pair("organisation", other), std::pair("organisation", std::string("none")),
          std::pair("indicator", std::string("198.51.100.8")), std::pair("address", std::string("192.0.2.70")),
          std::pair("national_address", std::string("192.0.2.70"))}) {
        auto const found = get("/api/v1/sightings", {{name, value}}).json;
        EXPECT_EQ(found.at("totals").at("sightings"), 0) << name << ' ' << value;
        EXPECT_THAT(found.at("items"), IsEmpty());
    }
    EXPECT_EQ(get("/api/v1/picture").status, 403);
}

TEST_F(NeedToKnow, whose_list_it_was_is_for_the_team) {
    auto const detail = get("/api/v1/sightings/" + own_sighting).json;
    EXPECT_TRUE(detail.at("indicator").is_null());
    EXPECT_THAT(detail.at("sighting").at("sources"), IsEmpty());
    EXPECT_EQ(detail.dump().find("Bank"), std::string::npos);
}

}  // namespace
}  // namespace kula::api
