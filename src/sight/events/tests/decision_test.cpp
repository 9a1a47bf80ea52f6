#include "decision.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kula;
using namespace kula::events;

Sighting sighting(Direction direction, Side side, char const* matched, char const* peer) {
    Sighting out{};
    out.seen.indicator = matched;
    out.seen.matched = matched;
    out.seen.peer = peer;
    out.seen.direction = direction;
    out.seen.side = side;
    return out;
}

registry::OrganisationId const hospital = *registry::OrganisationId::parse("01930b2e-6c00-7000-8000-000000000001");

struct Case {
    Direction direction;
    Side side;
    char const* national;
    char const* foreign;
};

TEST(Decision, tells_the_national_end_from_the_foreign_one) {
    registry::Attribution const nobody;
    // "m" is the listed end, "p" the other one.
    Case const cases[] = {
        {Direction::outbound, Side::source, "m", "p"}, {Direction::outbound, Side::destination, "p", "m"},
        {Direction::inbound, Side::source, "p", "m"},  {Direction::inbound, Side::destination, "m", "p"},
        {Direction::internal, Side::source, "m", ""},  {Direction::internal, Side::destination, "m", ""},
        {Direction::transit, Side::source, "", "m"},   {Direction::unknown, Side::destination, "", "m"},
        {Direction::outbound, Side::query, "p", ""},   {Direction::internal, Side::sni, "p", ""},
        {Direction::inbound, Side::host, "", "p"},     {Direction::unknown, Side::file, "", "p"},
    };
    for (auto const& each : cases) {
        auto decided = sighting(each.direction, each.side, "m", "p");
        decide(decided, nobody, {});
        EXPECT_EQ(decided.national_address.value_or(""), each.national)
            << to_text(each.direction) << ' ' << to_text(each.side);
        EXPECT_EQ(decided.foreign_address.value_or(""), each.foreign)
            << to_text(each.direction) << ' ' << to_text(each.side);
    }
}

TEST(Decision, names_the_organisation_of_the_national_end_and_the_country_of_the_other) {
    registry::Attribution const attribution(
        {{{hospital, "Example Hospital", "health"}, {*registry::Network::parse("192.0.2.0/26")}}});
    auto decided = sighting(Direction::outbound, Side::destination, "198.51.100.7", "192.0.2.9");
    decide(decided, attribution, [](base::Address address) {
        return std::optional<std::string>(address.text() == "198.51.100.7" ? "NL" : "XX");
    });
    EXPECT_EQ(decided.organisation, hospital);
    EXPECT_EQ(decided.network, "192.0.2.0/26");
    EXPECT_EQ(decided.sector, "health");
    EXPECT_EQ(decided.country, "NL");
    auto elsewhere = sighting(Direction::outbound, Side::destination, "198.51.100.7", "192.0.2.200");
    decide(elsewhere, attribution, {});
    EXPECT_FALSE(elsewhere.organisation || elsewhere.network || elsewhere.sector || elsewhere.country);
}

TEST(Decision, gives_the_same_traffic_of_the_same_hour_the_same_identity) {
    base::Instant const hour(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21) + std::chrono::hours(10));
    auto const seen = sighting(Direction::outbound, Side::destination, "198.51.100.7", "192.0.2.9").seen;
    auto const id = identity(hour, seen);
    EXPECT_EQ(id, identity(hour, seen));
    EXPECT_EQ(id.text().substr(0, 13), base::Uuid::v7(hour).text().substr(0, 13));
    EXPECT_EQ(id.text()[14], '7');
    EXPECT_NE(id, identity(hour + std::chrono::hours(1), seen));
    EXPECT_LT(id, identity(hour + std::chrono::hours(1), seen));
    for (auto const& change : std::vector<std::function<void(Observation&)>>{
             [](Observation& o) { o.indicator += 'x'; }, [](Observation& o) { o.matched += 'x'; },
             [](Observation& o) { o.peer += 'x'; }, [](Observation& o) { o.direction = Direction::inbound; },
             [](Observation& o) { o.side = Side::source; }, [](Observation& o) { o.protocol = 17; },
             [](Observation& o) { o.port = 256; }}) {
        auto other = seen;
        change(other);
        EXPECT_NE(id, identity(hour, other));
    }
}

}  // namespace
