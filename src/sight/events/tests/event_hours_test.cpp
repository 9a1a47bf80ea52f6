// What is rare is found in the hours in which a feed told of it, without looking at what is between.

#include "event_hours.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "event_filters.hpp"
#include "events/event_search.hpp"
#include "events/event_store.hpp"
#include "events_migrations.hpp"
#include "storage_testing/twins.hpp"

namespace kula::events {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::chrono::minutes patience{1};

std::string on_day(int day, int hour = 12) { return fmt::format("2026-11-{:02}T{:02}:30:00Z", day, hour); }

/// Of everything that has marks something else than the many have.
Json rare_event(int day) {
    return {{"classification.taxonomy", "availability"},
            {"classification.type", "ddos"},
            {"classification.identifier", "flood"},
            {"severity", "critical"},
            {"time.source", on_day(day)},
            {"source.ip", fmt::format("192.0.2.{}", day)},
            {"source.asn", 64999},
            {"source.geolocation.cc", "IS"},
            {"destination.port", 4444},
            {"extra.tag", "rare;Very-Rare"}};
}

class EventsByHour : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        start();
    }
    void start() { store = EventStore::open(database(), clock).value(); }
    void tell(std::string const& source, std::vector<Json> const& all, std::string const& delivery = "common",
              std::optional<Folding> folding = {}) {
        std::vector<ToldEvent> told;
        for (auto const& fields : all) {
            Event event;
            for (auto const& [name, value] : fields.items()) EXPECT_TRUE(event.set(name, value).has_value());
            told.push_back({std::move(event), ++row});
        }
        auto const added = database().write(storage::Priority::bulk, [&](storage::Session& session) {
            return store->add(session, {source, delivery, clock.now(), {}, std::move(folding)}, told, attribution);
        });
        ASSERT_TRUE(added.has_value()) << added.error().detail;
    }
    /// More than the first piece of a look, of the days 2 to 19.
    void tell_many() {
        std::vector<Json> many;
        for (int number = 0; number < 3000; ++number)
            many.push_back({{"classification.taxonomy", "vulnerable"},
                            {"classification.type", "vulnerable-system"},
                            {"classification.identifier", "open-dns"},
                            {"severity", "low"},
                            {"time.source", fmt::format("2026-11-{:02}T{:02}:00:{:02}Z", 2 + number % 18,
                                                        number / 18 % 24, number / 432)},
                            {"source.ip", "198.51.100.7"},
                            {"source.asn", 64500},
                            {"source.geolocation.cc", "MK"},
                            {"source.port", 53}});
        tell("many", many);
    }
    std::vector<std::string> addresses(EventFilter const& filter, SortOrder order = SortOrder::descending) {
        std::vector<std::string> out;
        auto const page = EventSearch(database(), patience).list({filter, order, {}, 10}).value();
        for (auto const& event : page.items) out.push_back(event.source_address.value_or(""));
        return out;
    }
    void change(char const* sql) {
        ASSERT_TRUE(database()
                        .write(storage::Priority::bulk, [sql](storage::Session& session) { session.execute(sql); })
                        .has_value());
    }
    std::int64_t number_of(char const* sql) {
        return database()
            .read([sql](storage::Session const& session) { return session.value<std::int64_t>(sql); })
            .value();
    }

    registry::Attribution const attribution{{}};
    std::unique_ptr<EventStore> store;
    std::uint64_t row = 0;
};
KULA_ON_BOTH_DATABASES(EventsByHour);

std::vector<EventFilter> each_rare() {
    return {with([](auto& f) { f.rsit_class = "availability"; }),
            with([](auto& f) { f.identifier = "flood"; }),
            with([](auto& f) { f.severity = "critical"; }),
            with([](auto& f) { f.as_number = 64999; }),
            with([](auto& f) { f.country = "IS"; }),
            with([](auto& f) { f.port = std::uint16_t{4444}; }),
            with([](auto& f) { f.tag = "VERY-rare"; }),
            with([](auto& f) { f.delivery = "single"; }),
            with([](auto& f) { f.tag = "flood", f.port = std::uint16_t{4444}, f.severity = "critical"; })};
}

TEST_P(EventsByHour, are_found_in_both_orders_whatever_is_between) {
    tell_many();
    tell("few", {rare_event(1), rare_event(5)}, "single");
    tell("other", {rare_event(3)}, "single");
    for (auto const& filter : each_rare()) {
        EXPECT_THAT(addresses(filter), ElementsAre("192.0.2.5", "192.0.2.3", "192.0.2.1"));
        EXPECT_THAT(addresses(filter, SortOrder::ascending), ElementsAre("192.0.2.1", "192.0.2.3", "192.0.2.5"));
        auto const summary = EventSearch(database(), patience).summary(filter, 10).value();
        EXPECT_EQ(summary.total, 3);
        EXPECT_FALSE(summary.is_more);
    }
    auto filter = each_rare().back();
    filter.from = *base::parse_instant(on_day(2));
    filter.to = *base::parse_instant(on_day(5));
    EXPECT_THAT(addresses(filter), ElementsAre("192.0.2.3"));
    filter.source = "few";
    EXPECT_THAT(addresses(filter), IsEmpty());
    change("delete from event_hour");
    EXPECT_THAT(addresses(each_rare().front()), IsEmpty()) << "nothing but the hours led there";
}

TEST_P(EventsByHour, come_in_pages_each_once) {
    tell_many();
    std::vector<Json> some;
    for (int number = 0; number < 12; ++number) {
        some.push_back(rare_event(3 + number / 3));
        some.back()["source.ip"] = fmt::format("192.0.2.{}", number);
    }
    tell("few", some, "single");
    for (auto const order : {SortOrder::ascending, SortOrder::descending}) {
        EventQuery query{with([](auto& f) { f.as_number = 64999; }), order, {}, 5};
        std::vector<std::string> found;
        do {
            auto const page = EventSearch(database(), std::chrono::milliseconds(0)).list(query).value();
            for (auto const& event : page.items) found.push_back(event.source_address.value());
            query.behind = page.next;
        } while (query.behind);
        std::sort(found.begin(), found.end());
        EXPECT_EQ(found.size(), 12u);
        EXPECT_EQ(std::unique(found.begin(), found.end()), found.end());
    }
}

TEST_P(EventsByHour, do_not_lead_to_what_holds_one_value_but_not_the_other) {
    tell_many();
    auto const other_port = [](int day) {
        auto out = rare_event(day);
        out["destination.port"] = 5555;
        return out;
    };
    tell("few", {other_port(2), rare_event(4)}, "single");
    EXPECT_THAT(addresses(with([](auto& f) { f.as_number = 64999, f.port = std::uint16_t{5555}; })),
                ElementsAre("192.0.2.2"));
    EXPECT_THAT(addresses(with([](auto& f) { f.as_number = 64500, f.port = std::uint16_t{5555}; })), IsEmpty());
}

TEST_P(EventsByHour, name_the_event_where_it_is_the_only_one) {
    constexpr auto named = "select count(*) from event_hour where single is not null";
    auto const all = [this] { return number_of("select count(*) from event_hour"); };
    tell_many();
    auto const of_many = number_of(named);
    auto const many = all();
    EXPECT_EQ(of_many, 0);
    tell("few", {rare_event(1)}, "single");
    EXPECT_EQ(number_of(named), all() - many);
    auto same_hour = rare_event(1);
    same_hour["source.ip"] = "192.0.2.99";
    same_hour["source.asn"] = 64998;
    tell("few", {same_hour}, "single");
    EXPECT_EQ(number_of(named), 2) << "an AS number each";
    tell("few", {rare_event(1)}, "again");
    EXPECT_EQ(number_of(named), 2);
    EXPECT_THAT(addresses(with([](auto& f) { f.as_number = 64999; })), ElementsAre("192.0.2.1"));
    EXPECT_THAT(addresses(with([](auto& f) { f.as_number = 64998; })), ElementsAre("192.0.2.99"));
    EXPECT_THAT(addresses(with([](auto& f) { f.country = "IS"; })),
                ::testing::UnorderedElementsAre("192.0.2.1", "192.0.2.99"));
}

TEST_P(EventsByHour, follow_an_event_to_the_hour_to_which_it_moves) {
    tell_many();
    Folding const folding{Folding::Within::day, {}};
    auto later = rare_event(3), earlier = rare_event(3);
    earlier["time.source"] = on_day(3, 1);
    tell("log", {later}, "first", folding);
    tell("log", {earlier}, "second", folding);
    EXPECT_THAT(addresses(with([](auto& f) { f.as_number = 64999; })), ElementsAre("192.0.2.3"));
    EXPECT_THAT(addresses(with([](auto& f) { f.delivery = "first"; })), ElementsAre("192.0.2.3"));
}

TEST_P(EventsByHour, are_written_for_what_an_older_kula_kept) {
    tell_many();
    tell("few", {rare_event(1)}, "single");
    auto const before = number_of("select count(*) from event_hour");
    change("delete from event_hour");
    change("insert into event_hour_written (event) values ('')");
    start();
    EXPECT_EQ(number_of("select count(*) from event_hour"), before);
    EXPECT_EQ(number_of("select count(*) from event_hour_written"), 0);
    start();
    for (auto const& filter : each_rare()) EXPECT_THAT(addresses(filter), ElementsAre("192.0.2.1"));
}

TEST_P(EventsByHour, are_to_be_written_where_there_were_events) {
    renew();
    ASSERT_TRUE(database().migrate(storage::testing::first_scripts(events_migrations(), 6)).has_value());
    change(
        "insert into event (id, delivery, row, part, source, moment, observed, class, type, content_key, "
        "happening_key, fields, owner, tlp, pap, lineage, created_at, created_by, changed_at, changed_by, version) "
        "values ('01930b2e-6c00-7000-8000-000000000001', 'd', 1, 0, 'old', 0, 0, 'other', 'other', 1, 1, "
        "'{\"classification.identifier\":\"old\"}', '00000000-0000-0000-0000-000000000000', 'green', 'clear', '', 0, "
        "'', 0, '', 1)");
    start();
    EXPECT_GT(number_of("select count(*) from event_hour"), 0);
    EXPECT_EQ(number_of("select count(*) from event_hour_written"), 0);
}

TEST(EventMarks, stay_the_same) {
    EXPECT_EQ(mark_of(Marked::as_number, "64500"), 3120500785322651613) << "they are kept";
    EXPECT_NE(mark_of(Marked::as_number, "53"), mark_of(Marked::port, "53"));
}

}  // namespace
}  // namespace kula::events
