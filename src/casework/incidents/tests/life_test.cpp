// The life of incidents and their severities, as they are shipped and as they may not be.

#include "incidents/life.hpp"

#include <gmock/gmock.h>

namespace kula::incidents {
namespace {

using ::testing::HasSubstr;

std::string state(std::string const& id, std::string const& next, std::string const& sq = "s") {
    return R"({"id":")" + id + R"(","open":true,"needs_reason":false,"next":[)" + next +
           R"(],"name":{"en":"e","mk":"m","sq":")" + sq + R"("}})";
}

std::string fault(std::string const& states) {
    auto const life = Life::parse(R"({"states":[)" + states + "]}");
    return life ? "none" : life.error().detail;
}

TEST(IncidentLife, is_shipped) {
    auto const& life = Life::shipped();
    EXPECT_EQ(life.states().front().id, "open");
    EXPECT_TRUE(life.may_go("open", "contained"));
    EXPECT_FALSE(life.may_go("closed", "contained"));
    EXPECT_FALSE(life.may_go("nothing", "contained"));
    ASSERT_NE(life.find("closed"), nullptr);
    EXPECT_FALSE(life.find("closed")->is_open);
    EXPECT_TRUE(life.find("closed")->needs_reason);
}

TEST(IncidentLife, is_refused_where_it_does_not_hold_together) {
    EXPECT_EQ(fault(state("a", R"("b")") + ',' + state("b", R"("a")")), "none");
    EXPECT_THAT(fault(""), HasSubstr("are none"));
    EXPECT_THAT(fault(state("", "")), HasSubstr("no id"));
    EXPECT_THAT(fault(state("a", "") + ',' + state("a", "")), HasSubstr("`a` is there twice"));
    EXPECT_THAT(fault(state("a", R"("c")")), HasSubstr("leads to `c`"));
    EXPECT_THAT(fault(state("a", "") + ',' + state("b", "")), HasSubstr("nothing leads to `b`"));
    EXPECT_THAT(fault(state("a", "", "")), HasSubstr("`a` has not all languages"));
    EXPECT_THAT(fault("7"), HasSubstr("is not in the form"));
    EXPECT_FALSE(Life::parse("{").has_value());
}

TEST(IncidentSeverities, are_shipped_in_order) {
    auto const& levels = shipped_severities();
    ASSERT_EQ(levels.size(), 4u);
    for (std::size_t at = 0; at < levels.size(); ++at) {
        EXPECT_EQ(static_cast<std::size_t>(levels[at].severity), at);
        if (at > 0) {
            EXPECT_GE(levels[at].national_level, levels[at - 1].national_level);
        }
    }
}

TEST(IncidentSeverities, are_refused_where_one_is_missing) {
    constexpr auto low = R"({"severities":[{"id":"low","national_level":NL,"name":{"en":"e","mk":"m","sq":"s"},)"
                         R"("means":{"en":"e","mk":"m","sq":"s"}}]})";
    auto const with_level = [&](std::string const& level) {
        std::string json(low);
        return parse_severities(json.replace(json.find("NL"), 2, level)).error().detail;
    };
    EXPECT_THAT(with_level("1"), HasSubstr("are not all there"));
    EXPECT_THAT(with_level("6"), HasSubstr("from 1 to 5"));
    EXPECT_THAT(with_level("\"x\""), HasSubstr("is not in the form"));
    EXPECT_FALSE(parse_severities(R"({"severities":[{"id":"grave"}]})").has_value());
}

}  // namespace
}  // namespace kula::incidents
