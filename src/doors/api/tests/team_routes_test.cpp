#include <gmock/gmock.h>

#include "house.hpp"

namespace kula::api::testing {
namespace {

using ::testing::Contains;
using ::testing::Not;

class TeamRoutes : public House {
protected:
    /// What is stored, as it is sent back.
    Plain input() {
        auto team = get("/api/v1/team").json;
        for (auto const* name : {"missing", "version", "changed_at"}) team.erase(name);
        return team;
    }
    Answer put(Plain const& team, std::string const& version = "\"0\"") {
        return send(net::Method::put, "/api/v1/team", team, {{"If-Match", version}});
    }
    static std::vector<std::string> fields(Answer const& answer) {
        std::vector<std::string> out;
        for (auto const& error : answer.json.value("errors", Plain::array()))
            out.push_back(error.at("field").get<std::string>());
        return out;
    }
};

TEST_F(TeamRoutes, the_team_is_told_and_read_again) {
    auto team = input();
    EXPECT_EQ(team.at("mission"), (Plain{{"mk", ""}, {"sq", ""}, {"en", ""}}));
    EXPECT_EQ(team.at("publishes_figures"), false);
    team["email"] = "team@csirt.example";
    team["mission"]["sq"] = "Ndihmojmë.";
    team["languages"] = {"mk", "sq"};
    team["publishes_figures"] = true;
    auto const told = put(team);
    ASSERT_EQ(told.status, 200) << told.text;
    EXPECT_EQ(told.headers.find("ETag"), "\"1\"");
    EXPECT_EQ(input(), team);
    EXPECT_THAT(told.json.at("missing"), Contains("mission.mk"));
    EXPECT_THAT(told.json.at("missing"), Not(Contains("email")));
}

TEST_F(TeamRoutes, a_change_names_what_it_read) {
    auto team = input();
    team["phone"] = "+389 2 000 000";
    EXPECT_EQ(send(net::Method::put, "/api/v1/team", team).status, 428);
    EXPECT_EQ(put(team).status, 200);
    EXPECT_EQ(put(team).status, 412);
}

TEST_F(TeamRoutes, what_is_wrong_is_named) {
    auto team = input();
    team.erase("phone");
    team["mission"] = "text";
    team["hours"]["de"] = "immer";
    team["address"].erase("mk");
    team["languages"] = {1};
    team["publishes_figures"] = "yes";
    team["nonsense"] = 1;
    auto const answer = put(team);
    EXPECT_EQ(answer.status, 422);
    EXPECT_THAT(fields(answer), ::testing::UnorderedElementsAre("phone", "mission", "hours.de", "address.mk",
                                                                "languages[0]", "publishes_figures", "nonsense"));
    auto unreachable = input();
    unreachable["email"] = "nobody";
    EXPECT_THAT(fields(put(unreachable)), ::testing::ElementsAre("email"));
    EXPECT_EQ(put(Plain::array()).status, 422);
}

TEST_F(TeamRoutes, only_who_may_changes_it) {
    auto const team = input();
    token = token_with({"status.read"});
    EXPECT_EQ(put(team).status, 403);
    EXPECT_EQ(get("/api/v1/team").status, 200);
    token.clear();
    EXPECT_EQ(get("/api/v1/team").status, 401);
}

}  // namespace
}  // namespace kula::api::testing
