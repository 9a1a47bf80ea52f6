#include "events/activity.hpp"

#include <map>
#include <tuple>

#include "store_house.hpp"

namespace {

using namespace kula;
using namespace kula::events;

/// Sightings, flows and the last moment by key.
using Told = std::map<std::string, std::tuple<std::uint64_t, std::uint64_t, base::Instant>>;

/// What `activity` is to tell, worked out from the list.
Told naive_activity(std::vector<Sighting> const& sightings, ActivitySubject of, Window const& window) {
    Told out;
    for (auto const& each : sightings) {
        if (of == ActivitySubject::organisation && !each.organisation) continue;
        auto& [count, flows, last] =
            out[of == ActivitySubject::indicator ? each.seen.indicator : each.organisation->text()];
        last = std::max(last, each.seen.last);
        if (each.hour < window.from || each.hour >= window.to) continue;
        ++count;
        flows += each.seen.flows;
    }
    return out;
}

class ActivityTest : public StoreHouse {};
KULA_ON_BOTH_DATABASES(ActivityTest);

TEST_P(ActivityTest, tells_the_activity_of_organisations_and_indicators) {
    add({sighting(observation("198.51.100.7", "192.0.2.1", at(9))),
         sighting(observation("198.51.100.7", "192.0.2.17", at(10, 5))),
         sighting(observation("198.51.100.8", "192.0.2.17", at(11, 5)))});
    Window const window{at(10), at(12)};
    auto const organisations = store->activity(ActivitySubject::organisation, window, team).value();
    EXPECT_EQ(organisations.at(organisation(1).text()).sightings, 2u);
    EXPECT_EQ(organisations.at(organisation(0).text()).sightings, 0u);
    EXPECT_EQ(organisations.at(organisation(0).text()).last, at(9));
    auto const indicators =
        store->activity(ActivitySubject::indicator, {"198.51.100.7", "203.0.113.1"}, window, team).value();
    EXPECT_EQ(indicators.size(), 1u);
    EXPECT_EQ(indicators.at("198.51.100.7").flows, 1u);
    EXPECT_EQ(store->span({})->value(), std::make_pair(at(9) - std::chrono::seconds(30), at(11, 5)));
}

TEST_P(ActivityTest, tells_of_activity_what_the_sightings_say_whatever_happened_to_them) {
    base::Uuid const person = base::Uuid::v7(clock.now());
    clock.set(at(12, 0, 22));
    auto some = traffic(400, at(0), 40, 11);
    for (std::size_t i = 0; i < some.size(); i += 7) {
        some[i].seen.marking.tlp = base::Tlp::red;
        if (i % 2 == 0) some[i].seen.readers = base::Readers::of({person}).value();
        some[i].record.marking = some[i].seen.marking;
    }
    Window const window{at(6), at(18)};
    auto const compare = [&](std::string_view when) {
        for (auto const& clearance : {team, base::Clearance::of_team(person), base::Clearance::of_team(std::nullopt),
                                      base::Clearance::of({organisation(1).uuid()})}) {
            SightingFilter filter;
            filter.clearance = clearance;
            auto const all = list(filter).items;
            for (auto const of : {ActivitySubject::organisation, ActivitySubject::indicator}) {
                auto const told = store->activity(of, window, clearance).value();
                Told sorted;
                for (auto const& [key, activity] : told)
                    sorted[key] = {activity.sightings, activity.flows, activity.last.value()};
                EXPECT_EQ(sorted, naive_activity(all, of, window)) << when;
            }
        }
    };
    add(some);
    compare("added");
    auto relabelled = some;
    for (std::size_t i = 0; i < relabelled.size(); i += 3) {
        auto& seen = relabelled[i].seen;
        seen.marking.tlp = seen.marking.tlp == base::Tlp::red ? base::Tlp::amber : base::Tlp::red;
        seen.readers = {};
    }
    add(relabelled);
    compare("some became red, others open");
    ASSERT_TRUE(store->release_organisation(organisation(1)).has_value());
    compare("an organisation is gone");
    Retention retention;
    retention.longest = std::chrono::days(1);
    ASSERT_GT(store->apply(retention).value(), 0u);
    compare("the oldest are gone");
    restart();
    compare("read again");
}

TEST_P(ActivityTest, ranks_what_was_seen_page_by_page_without_gap_or_repeat) {
    add(traffic(600, at(0), 20, 12));
    add({sighting(observation("198.51.100.250", "192.0.2.1", at(8))),
         sighting(observation("198.51.100.251", "192.0.2.1", at(8)))});  // Equal in all but the key.
    ActivityRanking ranking;
    ranking.window = {at(6), at(18)};
    ranking.clearance = team;
    auto const all = store->activity(ActivitySubject::indicator, ranking.window, team).value();
    for (auto const by : {ActivityBy::sightings, ActivityBy::flows, ActivityBy::last}) {
        for (auto const order : {SortOrder::ascending, SortOrder::descending}) {
            ranking.by = by;
            ranking.order = order;
            ranking.behind.reset();
            ranking.limit = all.size() + 1;
            auto const whole = store->ranked(ranking).value();
            ASSERT_EQ(whole.size(), all.size());
            auto const number = [&](RankedActivity const& each) {
                return std::pair(by == ActivityBy::sightings ? each.activity.sightings
                                 : by == ActivityBy::flows   ? each.activity.flows
                                                             : 0,
                                 each.activity.last.value());
            };
            for (std::size_t i = 1; i < whole.size(); ++i) {
                auto const& before = order == SortOrder::ascending ? whole[i - 1] : whole[i];
                auto const& behind = order == SortOrder::ascending ? whole[i] : whole[i - 1];
                EXPECT_LE(number(before), number(behind));
            }
            for (std::size_t const limit : {1u, 7u, 1000u}) {
                std::vector<std::string> keys;
                ranking.behind.reset();
                ranking.limit = limit;
                for (std::vector<RankedActivity> page = store->ranked(ranking).value(); !page.empty();
                     page = store->ranked(ranking).value()) {
                    for (auto const& each : page) keys.push_back(each.key);
                    ranking.behind = page.back().place;
                }
                std::vector<std::string> expected;
                for (auto const& each : whole) expected.push_back(each.key);
                EXPECT_EQ(keys, expected) << limit;
            }
        }
    }
}

TEST_P(ActivityTest, ranks_those_alone_whose_key_has_a_part) {
    add(traffic(600, at(0), 20, 12));
    ActivityRanking ranking;
    ranking.window = {at(6), at(18)};
    ranking.clearance = team;
    ranking.limit = 1000;
    auto const whole = store->ranked(ranking).value();
    ASSERT_FALSE(whole.empty());
    auto const part = whole[whole.size() / 2].key.substr(3);
    ranking.part = part;
    std::vector<std::string> expected;
    for (auto const& each : whole) {
        if (each.key.find(part) != std::string::npos) expected.push_back(each.key);
    }
    ASSERT_LT(expected.size(), whole.size());
    std::vector<std::string> found;
    for (auto const& each : store->ranked(ranking).value()) found.push_back(each.key);
    EXPECT_EQ(found, expected);
    ranking.limit = 1;
    EXPECT_EQ(store->ranked(ranking).value().at(0).key, expected.front());
    ranking.part = "no address has this";
    EXPECT_TRUE(store->ranked(ranking).value().empty());
}

}  // namespace
