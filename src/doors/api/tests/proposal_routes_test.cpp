#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::HasSubstr;
using testing::House;
using testing::Plain;

struct Proposals : House {
    Proposals() : team(token), organisation_id(add_organisation("Example Bank", {prefix("192.0.2.64/26")})) {
        add_organisation("Example School", {prefix("198.51.100.0/24")});
        constituent = constituent_of(organisation_id);
    }
    std::string constituent_of(std::string const& organisation) {
        return token_with({"organisations.read", "organisations.propose"}, base::Uuid::parse(organisation));
    }
    Plain wanted() {
        auto out = organisation("Example Bank", {prefix("192.0.2.64/26"), prefix("198.51.100.0/25")});
        out["remark"] = "new office";
        return out;
    }
    testing::Answer propose(Plain const& body, std::string const& version = "\"1\"") {
        return send(Method::post, "/api/v1/organisations/" + organisation_id + "/proposals", body,
                    {{"If-Match", version}});
    }
    testing::Answer decide(std::string const& id, std::string const& how, Plain const& body = Plain::object()) {
        return send(Method::post, "/api/v1/proposals/" + id + '/' + how, body);
    }
    std::string add_as_team(std::string const& name) {
        token = team;
        return add_organisation(name);
    }
    std::string proposed() {
        token = constituent;
        auto const made = propose(wanted());
        EXPECT_EQ(made.status, 201) << made.text;
        return made.json.value("id", "");
    }

    std::string const team;
    std::string const organisation_id;
    std::string constituent;
};

TEST_F(Proposals, wait_for_the_team_and_are_done_once_it_approves) {
    auto const id = proposed();
    auto const own = get("/api/v1/proposals").json.at("items").at(0);
    EXPECT_EQ(own.at("state"), "open");
    EXPECT_EQ(own.at("mine"), true);
    EXPECT_TRUE(own.at("overlaps").empty()) << "who else claims it is the team's to know";
    EXPECT_EQ(decide(id, "approval").status, 403);

    token = team;
    auto const seen = get("/api/v1/proposals", {{"state", "open"}}).json;
    EXPECT_EQ(seen.at("total"), 1);
    EXPECT_EQ(seen.at("items").at(0).at("overlaps").at(0).at("claim").at("organisations").at(0).at("name"),
              "Example School");
    EXPECT_EQ(seen.at("items").at(0).at("remark"), "new office");
    EXPECT_EQ(get("/api/v1/organisations/" + organisation_id).json.at("networks").size(), 1u);
    EXPECT_EQ(decide(id, "approval").json.at("state"), "approved");
    EXPECT_EQ(get("/api/v1/organisations/" + organisation_id).json.at("networks").size(), 2u);
    EXPECT_EQ(decide(id, "refusal", {{"reason", "late"}}).status, 409);

    token = constituent;
    auto const read = get("/api/v1/proposals/" + id).json;
    EXPECT_EQ(read.at("state"), "approved");
    EXPECT_TRUE(read.at("decided_by").is_null()) << "the team answers as the team";
}

TEST_F(Proposals, are_refused_with_a_reason_that_their_proposer_reads) {
    auto const id = proposed();
    token = team;
    EXPECT_EQ(decide(id, "refusal").status, 422);
    EXPECT_EQ(decide(id, "refusal", {{"reason", ""}}).status, 422);
    EXPECT_EQ(decide(id, "refusal", {{"reason", "it is another's"}}).status, 200);
    token = constituent;
    EXPECT_EQ(get("/api/v1/proposals/" + id).json.at("reason"), "it is another's");
}

TEST_F(Proposals, that_are_overtaken_cannot_be_approved) {
    auto const id = proposed();
    token = team;
    auto changed = organisation("Example Bank", {prefix("192.0.2.64/26")});
    changed["notes"] = "called";
    EXPECT_EQ(send(Method::put, "/api/v1/organisations/" + organisation_id, changed, {{"If-Match", "\"1\""}}).status,
              200);
    EXPECT_EQ(get("/api/v1/proposals/" + id).json.at("outdated"), true);
    EXPECT_EQ(decide(id, "approval").status, 409);
    token = constituent;
    EXPECT_EQ(propose(wanted()).status, 412);
    EXPECT_EQ(decide(id, "withdrawal").json.at("state"), "withdrawn");
}

TEST_F(Proposals, of_others_do_not_exist) {
    auto const id = proposed();
    token = constituent_of(add_as_team("Example Ministry"));
    EXPECT_EQ(get("/api/v1/proposals").json.at("total"), 0);
    EXPECT_EQ(get("/api/v1/proposals", {{"organisation", organisation_id}}).json.at("total"), 0);
    EXPECT_EQ(get("/api/v1/proposals/" + id).status, 404);
    EXPECT_EQ(decide(id, "withdrawal").status, 404);
    EXPECT_EQ(propose(wanted()).status, 404);
    token = constituent_of(organisation_id);
    EXPECT_EQ(decide(id, "withdrawal").status, 403) << "seen, but another's";
}

TEST_F(Proposals, say_what_is_wrong_with_them) {
    token = constituent;
    EXPECT_EQ(propose(organisation("Example Bank", {prefix("192.0.2.64/26")})).status, 422) << "nothing would change";
    auto faulty = wanted();
    faulty["remark"] = 7;
    EXPECT_EQ(propose(faulty).json.at("errors").at(0).at("field"), "remark");
    EXPECT_EQ(send(Method::post, "/api/v1/organisations/" + organisation_id + "/proposals", wanted()).status, 428);
    EXPECT_EQ(get("/api/v1/proposals", {{"state", "lost"}}).status, 422);
    EXPECT_EQ(get("/api/v1/proposals/x").status, 404);
}

}  // namespace
}  // namespace kula::api
