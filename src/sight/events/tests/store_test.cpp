#include "events/store.hpp"

#include <map>
#include <set>

#include "events_migrations.hpp"
#include "store_house.hpp"

namespace {

using namespace kula;
using namespace kula::events;

class StoreTest : public StoreHouse {};
KULA_ON_BOTH_DATABASES(StoreTest);

TEST_P(StoreTest, keeps_a_sighting_in_full_over_a_restart) {
    auto const made = sighting(observation());
    add({made});
    restart();
    auto const found = store->find(made.id, team);
    ASSERT_TRUE(found.has_value()) << found.error().detail;
    EXPECT_EQ(found->hour, at(10));
    EXPECT_EQ(found->seen.indicator, "198.51.100.7");
    EXPECT_EQ(found->seen.first, made.seen.first);
    EXPECT_EQ(found->seen.sources, std::vector<std::string>{"example-list"});
    EXPECT_EQ(found->seen.marking.tlp, base::Tlp::green);
    EXPECT_EQ(found->seen.lineage, "exporter:192.0.2.1");
    EXPECT_EQ(found->national_address, "192.0.2.9");
    EXPECT_EQ(found->organisation, organisation(0));
    EXPECT_EQ(found->network, "192.0.2.0/28");
    EXPECT_EQ(found->sector, "health");
    EXPECT_FALSE(found->country.has_value());
    EXPECT_EQ(found->record.created_by, "system:test");
    EXPECT_EQ(list().items.size(), 1u);
    EXPECT_EQ(store->find(SightingId::make(clock.now()), team).error().fault, base::Fault::not_found);
}

TEST_P(StoreTest, adds_the_same_traffic_of_an_hour_up_and_keeps_what_was_decided) {
    auto first = observation("198.51.100.7", "192.0.2.9", at(10, 5));
    auto second = observation("198.51.100.7", "192.0.2.9", at(10, 50));
    second.first = at(9, 58);
    auto later = sighting(second);
    later.organisation = organisation(7);
    add({sighting(first)});
    add({later, sighting(observation("198.51.100.7", "192.0.2.9", at(11, 1)))});
    auto const page = list({}, SightingSort::last, SortOrder::ascending);
    ASSERT_EQ(page.items.size(), 2u);
    EXPECT_EQ(page.items[0].seen.flows, 2u);
    EXPECT_EQ(page.items[0].seen.bytes, 2000u);
    EXPECT_EQ(page.items[0].seen.first, at(9, 58));
    EXPECT_EQ(page.items[0].seen.last, at(10, 50));
    EXPECT_EQ(page.items[0].organisation, organisation(0));
    EXPECT_EQ(page.items[0].record.version, 2);
    EXPECT_EQ(page.totals, (Totals{2, 3, 30, 3000, 1, 1}));
    auto const before = page.totals;
    restart();
    EXPECT_EQ(totals({}), before);
}

TEST_P(StoreTest, adds_a_batch_that_is_repeated_only_once_to_the_database) {
    ASSERT_TRUE(store->add({sighting(observation())}, 1).has_value());
    ASSERT_TRUE(store->add({sighting(observation())}, 1).has_value());
    ASSERT_TRUE(store->add({sighting(observation())}, 2).has_value());
    restart();
    EXPECT_EQ(totals({}).flows, 2u);
}

TEST_P(StoreTest, pages_through_all_sightings_once_in_every_order) {
    add(traffic(500, at(8), 6, 1));
    auto const all = list();
    for (auto const sort :
         {SightingSort::last, SightingSort::first, SightingSort::flows, SightingSort::bytes, SightingSort::packets}) {
        for (auto const order : {SortOrder::ascending, SortOrder::descending}) {
            std::set<SightingId> seen;
            std::string cursor;
            do {
                auto const page = list({}, sort, order, cursor, 61);
                for (auto const& item : page.items) EXPECT_TRUE(seen.insert(item.id).second);
                EXPECT_EQ(page.totals, all.totals);
                cursor = page.next;
            } while (!cursor.empty());
            EXPECT_EQ(seen.size(), all.items.size());
        }
    }
    EXPECT_TRUE(std::is_sorted(all.items.begin(), all.items.end(),
                               [](auto const& a, auto const& b) { return a.seen.last > b.seen.last; }));
}

TEST_P(StoreTest, goes_on_behind_the_cursor_while_newer_sightings_come) {
    add(traffic(50, at(8), 1, 2));
    auto const first = list({}, SightingSort::last, SortOrder::descending, "", 10);
    add(traffic(50, at(12), 1, 3));
    auto const second = list({}, SightingSort::last, SortOrder::descending, first.next, 10);
    EXPECT_LE(second.items.front().seen.last, first.items.back().seen.last);
    EXPECT_EQ(second.totals.sightings, list().totals.sightings);
}

TEST_P(StoreTest, refuses_a_cursor_of_another_list) {
    add(traffic(20, at(8), 1, 4));
    auto const next = list({}, SightingSort::last, SortOrder::descending, "", 5).next;
    SightingFilter other;
    other.port = std::uint16_t{53};
    EXPECT_EQ(store->list(other, SightingSort::last, SortOrder::descending, next, 5).error().fault,
              base::Fault::invalid);
    EXPECT_EQ(store->list({}, SightingSort::flows, SortOrder::descending, next, 5).error().fault, base::Fault::invalid);
    EXPECT_EQ(store->list({}, SightingSort::last, SortOrder::descending, "nonsense", 5).error().fault,
              base::Fault::invalid);
    EXPECT_EQ(store->list({}, SightingSort::last, SortOrder::descending, "", 1001).error().fault, base::Fault::invalid);
}

/// A filter and what it means, said once more without the columns.
struct Meaning {
    std::string name;
    SightingFilter filter;
    std::function<bool(Sighting const&)> holds;
};

std::vector<Meaning> meanings() {
    std::vector<Meaning> out;
    auto const mean = [&out](std::string name, std::function<void(SightingFilter&)> const& set,
                             std::function<bool(Sighting const&)> holds) {
        out.push_back({std::move(name), {}, std::move(holds)});
        set(out.back().filter);
    };
    mean(
        "everything", [](auto&) {}, [](auto const&) { return true; });
    mean(
        "window",
        [](auto& f) {
            f.window = {at(9, 40), at(11)};
        },
        [](auto const& s) { return s.hour >= at(9) && s.hour < at(11); });
    mean(
        "direction", [](auto& f) { f.direction = Direction::inbound; },
        [](auto const& s) { return s.seen.direction == Direction::inbound; });
    mean(
        "organisation", [](auto& f) { f.organisation = organisation(3); },
        [](auto const& s) { return s.organisation == organisation(3); });
    mean(
        "no organisation", [](auto& f) { f.organisation = None{}; }, [](auto const& s) { return !s.organisation; });
    mean(
        "sector", [](auto& f) { f.sector = std::string("energy"); },
        [](auto const& s) { return s.sector == "energy"; });
    mean(
        "no sector", [](auto& f) { f.sector = None{}; }, [](auto const& s) { return !s.sector; });
    mean(
        "unheard-of sector", [](auto& f) { f.sector = std::string("space"); }, [](auto const&) { return false; });
    mean(
        "indicator", [](auto& f) { f.indicator = "198.18.0.0/15"; },
        [](auto const& s) { return s.seen.indicator == "198.18.0.0/15"; });
    mean(
        "address", [](auto& f) { f.address = base::Prefix::parse("192.0.2.32/28"); },
        [](auto const& s) {
            auto const prefix = *base::Prefix::parse("192.0.2.32/28");
            return prefix.contains(*base::Address::parse(s.seen.matched)) ||
                   prefix.contains(*base::Address::parse(s.seen.peer));
        });
    mean(
        "national address", [](auto& f) { f.national_address = "192.0.2.77"; },
        [](auto const& s) { return s.national_address == "192.0.2.77"; });
    mean(
        "foreign address", [](auto& f) { f.foreign_address = "198.18.1.7"; },
        [](auto const& s) { return s.foreign_address == "198.18.1.7"; });
    mean(
        "country", [](auto& f) { f.country = std::string("DE"); }, [](auto const& s) { return s.country == "DE"; });
    mean(
        "no country", [](auto& f) { f.country = None{}; },
        [](auto const& s) { return s.foreign_address && !s.country; });
    mean(
        "port", [](auto& f) { f.port = std::uint16_t{53}; }, [](auto const& s) { return s.seen.port == 53; });
    mean(
        "protocol", [](auto& f) { f.protocol = std::uint8_t{17}; },
        [](auto const& s) { return s.seen.protocol == 17; });
    mean(
        "several",
        [](auto& f) {
            f.direction = Direction::outbound;
            f.port = std::uint16_t{53};
            f.window.from = at(10);
        },
        [](auto const& s) { return s.seen.direction == Direction::outbound && s.seen.port == 53 && s.hour >= at(10); });
    return out;
}

TEST_P(StoreTest, filters_as_the_filter_says) {
    add(traffic(900, at(8), 6, 5));
    auto const everything = list();
    ASSERT_TRUE(everything.next.empty());
    for (auto const& meaning : meanings()) {
        std::set<SightingId> expected;
        for (auto const& item : everything.items) {
            if (meaning.holds(item)) expected.insert(item.id);
        }
        std::set<SightingId> found;
        auto const page = list(meaning.filter);
        for (auto const& item : page.items) found.insert(item.id);
        EXPECT_EQ(found, expected) << meaning.name;
        EXPECT_EQ(page.totals.sightings, expected.size()) << meaning.name;
        EXPECT_EQ(totals(meaning.filter), page.totals) << meaning.name;
    }
}

TEST_P(StoreTest, draws_a_picture_whose_every_number_is_a_list_s_total) {
    add(traffic(900, at(8), 6, 6));
    for (auto base : {day(),
                      [] {
                          auto f = day();
                          f.direction = Direction::outbound;
                          return f;
                      }(),
                      [] {
                          auto f = day();
                          f.organisation = organisation(2);
                          return f;
                      }()}) {
        auto const picture = store->picture(base, 50).value();
        EXPECT_EQ(picture.totals, totals(base));
        auto const check = [&](TopList const& top, auto const& narrow) {
            for (auto const& entry : top) {
                auto filter = base;
                narrow(filter, entry.key);
                auto const sum = totals(filter);
                EXPECT_EQ(std::make_tuple(sum.flows, sum.bytes, sum.sightings),
                          std::make_tuple(entry.flows, entry.bytes, entry.sightings))
                    << entry.key;
            }
            EXPECT_TRUE(
                std::is_sorted(top.begin(), top.end(), [](auto const& a, auto const& b) { return a.flows > b.flows; }));
            EXPECT_FALSE(top.empty());
        };
        auto const or_none = [](std::string const& key) {
            return key == "none" ? OrNone<std::string>(None{}) : OrNone<std::string>(key);
        };
        check(picture.indicators, [](auto& f, auto const& key) { f.indicator = key; });
        check(picture.organisations, [](auto& f, auto const& key) {
            f.organisation = key == "none" ? OrNone<registry::OrganisationId>(None{})
                                           : OrNone<registry::OrganisationId>(*registry::OrganisationId::parse(key));
        });
        check(picture.sectors, [&](auto& f, auto const& key) { f.sector = or_none(key); });
        check(picture.countries, [&](auto& f, auto const& key) { f.country = or_none(key); });
        check(picture.national_addresses, [](auto& f, auto const& key) { f.national_address = key; });
        check(picture.foreign_addresses, [](auto& f, auto const& key) { f.foreign_address = key; });
        check(picture.ports, [](auto& f, auto const& key) {
            f.protocol = static_cast<std::uint8_t>(std::stoi(key.substr(0, key.find('/'))));
            f.port = static_cast<std::uint16_t>(std::stoi(key.substr(key.find('/') + 1)));
        });
        for (auto const& point : picture.series) {
            for (std::size_t i = 0; i < direction_count; ++i) {
                auto filter = base;
                filter.window = {point.time, point.time + picture.step};
                if (filter.direction && *filter.direction != static_cast<Direction>(i)) continue;
                filter.direction = static_cast<Direction>(i);
                EXPECT_EQ(totals(filter).flows, point.flows[i]);
            }
        }
    }
}

TEST_P(StoreTest, marks_the_hours_in_which_nothing_was_collected) {
    clock.set(at(9, 30));
    add({sighting(observation("198.51.100.7", "192.0.2.9", at(9, 5)))});
    clock.set(at(11, 30));
    add({});
    restart();
    auto filter = day();
    filter.window = {at(8, 30), at(12)};
    auto const picture = store->picture(filter, 10).value();
    EXPECT_EQ(picture.window.from, at(8));
    ASSERT_EQ(picture.series.size(), 4u);
    std::vector<bool> gaps;
    for (auto const& point : picture.series) gaps.push_back(point.is_gap);
    EXPECT_EQ(gaps, (std::vector<bool>{true, false, true, false}));
    EXPECT_EQ(picture.series[1].flows[0], 1u);
}

TEST_P(StoreTest, widens_the_steps_of_a_long_series_and_compares_with_the_time_before) {
    add(traffic(200, at(0, 0, 1), 24 * 20, 7));
    SightingFilter filter;
    filter.window = {at(0, 0, 1), at(0, 0, 30)};
    auto const long_picture = store->picture(filter, 10).value();
    EXPECT_EQ(long_picture.step, std::chrono::hours(4));
    EXPECT_LE(long_picture.series.size(), 200u);
    EXPECT_FALSE(long_picture.previous.has_value());
    filter.window = {at(0, 0, 10), at(0, 0, 12)};
    auto before = filter;
    before.window = {at(0, 0, 8), at(0, 0, 10)};
    EXPECT_EQ(store->picture(filter, 10)->previous, totals(before));
    filter.window.to = filter.window.from;
    EXPECT_EQ(store->picture(filter, 10).error().fault, base::Fault::invalid);
    EXPECT_EQ(store->picture({}, 10).error().fault, base::Fault::invalid);
}

TEST_P(StoreTest, shows_every_hour_of_the_same_traffic_and_what_is_related) {
    std::vector<Sighting> same;
    for (int hour = 8; hour < 12; ++hour)
        same.push_back(sighting(observation("198.51.100.7", "192.0.2.9", at(hour, 10))));
    add(same);
    add({sighting(observation("198.51.100.7", "192.0.2.10", at(9))),
         sighting(observation("198.51.100.8", "192.0.2.9", at(9)))});
    auto const hours = store->hours(same[2].id, team).value();
    ASSERT_EQ(hours.size(), 4u);
    EXPECT_EQ(hours[0].hour, at(8));
    EXPECT_EQ(hours[3].id, same[3].id);
    auto const related = store->related(same[0].id, team).value();
    EXPECT_EQ(related.same_indicator, 5u);
    EXPECT_EQ(related.same_organisation, 6u);
    EXPECT_EQ(related.same_national_address, 5u);
    EXPECT_EQ(store->hours(SightingId::make(clock.now()), team).error().fault, base::Fault::not_found);
}

TEST_P(StoreTest, takes_away_what_is_too_old_and_gives_the_space_back) {
    clock.set(at(10));
    add(traffic(3000, at(0, 0, 1), 24 * 20, 8));
    auto const before = list().totals.sightings;
    Retention retention;
    retention.longest = std::chrono::days(10);
    if (GetParam() == storage::Dialect::sqlite) {
        EXPECT_LT(*database().used_bytes() / static_cast<std::int64_t>(before), bytes_per_sighting);
    }
    auto const gone = store->apply(retention);
    ASSERT_TRUE(gone.has_value()) << gone.error().detail;
    EXPECT_GT(*gone, 0u);
    EXPECT_EQ(*store->size(), before - *gone);
    EXPECT_GE(store->oldest_hour()->value(), at(10, 0, 11));
    auto const left = list().totals;
    restart();
    EXPECT_EQ(list().totals, left);
    EXPECT_EQ(*store->apply(retention), 0u);
}

TEST_P(StoreTest, takes_the_oldest_hours_away_when_there_is_too_much) {
    add(traffic(2000, at(0), 10, 9));
    Retention retention;
    retention.most_bytes = 700 * bytes_per_sighting;
    ASSERT_TRUE(store->apply(retention).has_value());
    EXPECT_LE(*store->size(), 700u);
    EXPECT_GT(*store->size(), 400u);
    EXPECT_GE(store->oldest_hour()->value(), at(5));
}

TEST_P(StoreTest, lets_a_removed_organisation_s_sightings_stay_unattributed) {
    add(traffic(300, at(8), 3, 10));
    SightingFilter of_one;
    of_one.organisation = organisation(4);
    auto const count = totals(of_one).sightings;
    ASSERT_GT(count, 0u);
    auto const all = totals({});
    ASSERT_TRUE(store->release_organisation(organisation(4)).has_value());
    EXPECT_EQ(totals(of_one).sightings, 0u);
    restart();
    EXPECT_EQ(totals(of_one).sightings, 0u);
    EXPECT_EQ(totals({}).sightings, all.sightings);
    EXPECT_EQ(totals({}).organisations, all.organisations - 1);
}

TEST_P(StoreTest, tells_listeners_what_a_batch_brought) {
    std::vector<News> told;
    store->on_news([&told](News const& news) { told.push_back(news); });
    add({sighting(observation("198.51.100.7", "192.0.2.1"))});
    add({sighting(observation("198.51.100.7", "192.0.2.1")), sighting(observation("198.51.100.7", "192.0.2.2"))});
    add({});
    ASSERT_EQ(told.size(), 2u);
    EXPECT_EQ(told[1].count, 2u);
    EXPECT_EQ(told[1].begun, 1u);
    EXPECT_EQ(told[1].ids.size(), 2u);
    EXPECT_EQ(told[1].flows[0], 2u);
    EXPECT_EQ(told[1].bytes, 2000u);
}

TEST_P(StoreTest, brings_every_earlier_schema_up_to_date) {
    auto const& all = events_migrations();
    auto const kept = sighting(observation());
    for (std::size_t count = 1; count <= all.scripts.size(); ++count) {
        store.reset();
        renew();
        ASSERT_TRUE(database().migrate(storage::testing::first_scripts(all, count)).has_value());
        auto const filled = database().write(storage::Priority::interactive, [&kept](storage::Session& session) {
            session.execute(
                "insert into sighting (id, hour, indicator, kind, matched, peer, direction, side, protocol, port, flows, "
                "packets, bytes, first_seen, last_seen, sources, national_address, foreign_address, country, organisation, "
                "network, sector, " KULA_RECORD_COLUMNS
                ") values (?, ?, '198.51.100.7', 'address', '198.51.100.7', '192.0.2.9', 'outbound', "
                "'destination', 6, 443, 3, 30, 3000, 1, 2, 'list', '192.0.2.9', '198.51.100.7', null, null, null, null, "
                "'00000000-0000-0000-0000-000000000000', 'amber', 'amber', '', 1, 'x', 1, 'x', 1)",
                kept.id, kept.hour);
        });
        ASSERT_TRUE(filled.has_value()) << filled.error().detail;
        start();
        EXPECT_EQ(totals({}).flows, 3u);
        EXPECT_EQ(store->find(kept.id, team)->seen.port, 443);
    }
}

TEST_P(StoreTest, shows_an_outsider_only_what_was_seen_at_its_own_organisations) {
    auto const own = sighting(observation("198.51.100.7", "192.0.2.9", at(9)));
    auto const others = sighting(observation("198.51.100.7", "192.0.2.17", at(9)));
    auto const nobodys = sighting(observation("198.51.100.7", "203.0.113.9", at(9)));
    auto for_named_persons = observation("198.51.100.8", "192.0.2.9", at(9));
    for_named_persons.marking.tlp = base::Tlp::red;
    auto const red = sighting(for_named_persons);
    add({own, others, nobodys, red});
    auto const outsider = base::Clearance::of({organisation(0).uuid()});
    for (int round = 0; round < 2; ++round) {
        SightingFilter filter;
        filter.window = {at(0), at(0, 0, 22)};
        filter.clearance = outsider;
        EXPECT_EQ(totals(filter).sightings, 1U);
        EXPECT_EQ(store->picture(filter, 10)->totals.sightings, 1U);
        auto const page = store->list(filter, SightingSort::last, SortOrder::descending, {}, 50).value();
        ASSERT_EQ(page.items.size(), 1U);
        EXPECT_EQ(page.items[0].id, own.id);
        EXPECT_TRUE(store->find(own.id, outsider).has_value());
        EXPECT_EQ(store->related(own.id, outsider)->same_indicator, 1U);
        auto const absent = store->find(SightingId::make(clock.now()), outsider).error();
        for (auto const& hidden : {others, nobodys, red}) {
            EXPECT_EQ(store->find(hidden.id, outsider).error().detail, absent.detail);
            EXPECT_EQ(store->hours(hidden.id, outsider).error().fault, base::Fault::not_found);
            EXPECT_EQ(store->related(hidden.id, outsider).error().fault, base::Fault::not_found);
        }
        filter.clearance = base::Clearance::of({});
        EXPECT_EQ(totals(filter).sightings, 0U);
        restart();
    }
}

TEST_P(StoreTest, shows_what_is_red_to_its_readers_only) {
    auto const person = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000000a");
    auto const other = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000000b");
    auto seen = observation("198.51.100.8", "192.0.2.9", at(9));
    seen.marking.tlp = base::Tlp::red;
    seen.readers = *base::Readers::of({person});
    auto const red = sighting(seen);
    auto const open = sighting(observation("198.51.100.7", "192.0.2.9", at(9)));
    std::vector<News> news;
    store->on_news([&news](News const& told) { news.push_back(told); });
    add({red, open});
    add({red});
    ASSERT_EQ(news.size(), 1U);  // The second batch held nothing that everybody may know.
    EXPECT_EQ(news[0].ids, std::vector{open.id});
    EXPECT_EQ(news[0].count, 1U);
    EXPECT_EQ(news[0].begun, 1U);
    EXPECT_EQ(news[0].bytes, open.seen.bytes);
    for (int round = 0; round < 2; ++round) {
        SightingFilter filter;
        filter.window = {at(0), at(0, 0, 22)};
        for (auto const& [clearance, sees] :
             {std::pair(base::Clearance::of_team(person), true), std::pair(base::Clearance::of_team(other), false),
              std::pair(base::Clearance::of_team(std::nullopt), false),
              std::pair(base::Clearance::of({organisation(0).uuid()}), false), std::pair(team, true)}) {
            filter.clearance = clearance;
            std::uint64_t const expected = sees ? 2 : 1;
            EXPECT_EQ(totals(filter).sightings, expected);
            EXPECT_EQ(store->picture(filter, 10)->indicators.size(), expected);
            EXPECT_EQ(store->list(filter, SightingSort::last, SortOrder::descending, {}, 50)->items.size(), expected);
            EXPECT_EQ(store->find(red.id, clearance).has_value(), sees);
            EXPECT_EQ(store->hours(red.id, clearance).has_value(), sees);
            EXPECT_EQ(store->related(red.id, clearance).has_value(), sees);
            EXPECT_EQ(store->related(open.id, clearance)->same_national_address, expected);
            EXPECT_EQ(store->activity(ActivitySubject::indicator, filter.window, clearance)->count("198.51.100.8"),
                      sees ? 1U : 0U);
            EXPECT_EQ(store->activity(ActivitySubject::organisation, filter.window, clearance)
                          ->at(organisation(0).text())
                          .sightings,
                      expected);
            EXPECT_EQ(store->holds_red(filter).value(), sees);
        }
        EXPECT_EQ(store->find(red.id, base::Clearance::of_team(person))->seen.readers, seen.readers);
        restart();
    }
}

TEST_P(StoreTest, knows_what_each_exporter_told_in_an_hour) {
    ASSERT_TRUE(store->note_collected({{at(10), "192.0.2.1", 100, 2, 1}, {at(10), "192.0.2.2", 5, 0, 1}}).has_value());
    ASSERT_TRUE(store->note_collected({{at(10), "192.0.2.1", 50, 1, 1}, {at(11), "192.0.2.1", 7, 0, 1}}).has_value());
    restart();
    auto const shares = store->collected({at(10), at(11)}).value();
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].exporter, "192.0.2.1");
    EXPECT_EQ(shares[0].came, 150U);
    EXPECT_EQ(shares[0].lost, 3U);
    EXPECT_EQ(shares[0].minutes, 2U);
    clock.advance(std::chrono::days(3650));
    ASSERT_TRUE(store->apply({.longest = std::chrono::days(1)}).has_value());
    EXPECT_TRUE(store->collected({at(0), at(23)})->empty()) << "they go with the sightings of their hour";
}

}  // namespace
