// What the own sensors saw becomes deliveries: which hours, which rows, and what says that an hour is whole.

#include "intake/sensors.hpp"

#include "events/aggregator.hpp"
#include "feeds_house.hpp"
#include "sensor_report.hpp"

namespace kula::intake {
namespace {

using events::CollectedShare;
using events::Direction;
using events::Side;
using std::chrono::hours;
using std::chrono::minutes;
using testing::analyst;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

base::Instant const noon = *base::parse_instant("2026-03-01T12:00:00Z");

CollectedShare share(std::string exporter, int hour = 0, std::uint64_t came = 1000, std::uint64_t lost = 0,
                     std::uint64_t listened = 60) {
    return {noon + hours(hour), std::move(exporter), came, lost, listened};
}

TEST(SensorCoverage, is_whole_where_every_usual_exporter_was_heard) {
    std::vector const shares{share("192.0.2.1", -3), share("192.0.2.1"), share("192.0.2.2")};
    auto const coverage = coverage_of(noon, shares);
    EXPECT_THAT(coverage.shares, SizeIs(2));
    EXPECT_THAT(coverage.short_of, IsEmpty());
    EXPECT_EQ(report_end(coverage), "# whole\n");
}

TEST(SensorCoverage, names_who_is_missing_or_of_whom_too_much_is) {
    std::vector const shares{share("192.0.2.1", -3),        share("192.0.2.2", -1),
                             share("192.0.2.2", 0, 0),      share("192.0.2.3", 0, 100, 6),
                             share("192.0.2.4", 0, 100, 5), share("192.0.2.5", 0, 9, 0, 49),
                             share("192.0.2.6", -1, 0),     share("192.0.2.6", 0, 0)};
    auto const coverage = coverage_of(noon, shares);
    EXPECT_THAT(coverage.short_of, ElementsAre("192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.5"))
        << "an exporter that has told nothing for a day is none";
    EXPECT_EQ(report_end(coverage), "# not whole: 192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.5\n");
}

TEST(SensorCoverage, is_nothing_where_nobody_looked) {
    EXPECT_THAT(coverage_of(noon, std::vector{share("192.0.2.1", -1)}).shares, IsEmpty());
}

events::Sighting contact(Direction direction = Direction::outbound, Side side = Side::destination) {
    events::Sighting out;
    out.seen = {"198.51.100.9", "address", "198.51.100.9", "192.0.2.7", direction, side, 6, 443, 2, 12, 900};
    return out;
}

TEST(SensorRows, are_of_who_sought_contact) {
    EXPECT_EQ(seeker_of(contact()), "192.0.2.7");
    EXPECT_EQ(seeker_of(contact(Direction::internal)), "192.0.2.7");
    EXPECT_EQ(seeker_of(contact(Direction::outbound, Side::sni)), "192.0.2.7");
    EXPECT_EQ(seeker_of(contact(Direction::inbound, Side::source)), std::nullopt) << "the listed end began";
    EXPECT_EQ(seeker_of(contact(Direction::outbound, Side::source)), std::nullopt) << "it is listed itself";
    EXPECT_EQ(seeker_of(contact(Direction::outbound, Side::query)), std::nullopt) << "a resolver asks for others";
    auto answer = contact();
    answer.seen.port = 51'000;
    EXPECT_EQ(seeker_of(answer), std::nullopt) << "whoever scans is answered there";
    auto refused = contact();
    refused.seen.packets = 2;
    EXPECT_EQ(seeker_of(refused), std::nullopt) << "no connection";
    refused.seen.protocol = 17;
    EXPECT_TRUE(seeker_of(refused).has_value());
}

/// Sensors that saw something, and a feed that tells it.
class Sensors : public testing::FeedsHouse {
protected:
    void SetUp() override {
        FeedsHouse::SetUp();
        if (IsSkipped()) return;
        sightings = events::SightingStore::open(database(), clock).value();
        feeds = Feeds::open(*intake, database(), *journal, seals::SecretBox({}), clock, {},
                            OwnSensors{*sightings, *indicators})
                    .value();
        auto content = content_of(FeedKind::sightings, "sensors");
        content.format = "auto";
        feed = added(content);
        start_of_feed = std::chrono::floor<hours>(clock.now());
    }
    void TearDown() override {
        feeds.reset();
        sightings.reset();
        FeedsHouse::TearDown();
    }
    void list(std::string const& address, std::string const& type = "c2-server") {
        ASSERT_TRUE(indicators
                        ->import({.name = type, .confidence = 80, .rsit_class = "malicious-code", .rsit_type = type},
                                 address + "\n", analyst, {.reserved = indicators::ReservedSpace::allow})
                        .has_value());
    }
    void see(std::string const& from, std::string const& to, base::Instant at) {
        events::SightingAggregator aggregator(*sightings, [this] { return registry->attribution(); }, {}, clock,
                                              {.window = hours(1)});
        auto seen = contact().seen;
        seen.indicator = seen.matched = to;
        seen.peer = from;
        seen.first = at - minutes(1);
        seen.last = at;
        aggregator.add(std::vector{seen});
        ASSERT_TRUE(aggregator.flush().has_value());
    }
    void collect(int hour, std::uint64_t came = 1000, std::string const& exporter = "192.0.2.254") {
        ASSERT_TRUE(sightings->note_collected({{start_of_feed + hours(hour), exporter, came, 0, 60}}).has_value());
    }
    /// What was told, as `name: rows, whole or not`.
    std::vector<std::string> told() {
        std::vector<std::string> out;
        auto const page = intake->list({.clearance = base::Clearance::everything(), .limit = 100}).value();
        for (auto const& each : page.items)
            out.push_back(each.name.substr(each.name.find('T')) + ' ' + std::to_string(each.account.rows) +
                          (each.account.is_complete ? "" : " cut"));
        return out;
    }

    std::unique_ptr<events::SightingStore> sightings;
    Feed feed{};
    base::Instant start_of_feed{};
};
KULA_ON_BOTH_DATABASES(Sensors);

TEST_P(Sensors, tell_each_hour_that_is_over_once) {
    list("198.51.100.9");
    list("198.51.100.10", "malware-distribution");
    collect(0);
    see("192.0.2.7", "198.51.100.9", start_of_feed + minutes(10));
    see("192.0.2.8", "198.51.100.10", start_of_feed + minutes(10));
    look_after(minutes(4));
    EXPECT_EQ(stored(), 0u) << "the hour is not over";
    look_after(hours(1) + minutes(5));
    EXPECT_EQ(stored(), 1u) << "what is fetched from where malware lies says little";
    EXPECT_EQ(last_run(feed).rows, 1u);
    EXPECT_EQ(health(feed), FeedHealth::ok);
    EXPECT_THAT(now(feed).state.etag, base::to_seconds_text(start_of_feed));
    EXPECT_TRUE(events
                    ->each({},
                           [&](events::StoredEvent const& stored) {
                               auto const& event = stored.event;
                               EXPECT_EQ(event.text("source.ip"), "192.0.2.7");
                               EXPECT_EQ(event.text("destination.ip"), "198.51.100.9");
                               EXPECT_EQ(event.integer("destination.port"), 443);
                               EXPECT_EQ(event.text("protocol.transport"), "tcp");
                               EXPECT_EQ(event.text("classification.type"), "infected-system");
                               EXPECT_EQ(event.moment("time.until"), start_of_feed + minutes(10));
                               return true;
                           })
                    .has_value());
    collect(1);
    look_after(hours(1));
    EXPECT_EQ(last_run(feed).rows, 0u);
    EXPECT_EQ(health(feed), FeedHealth::ok) << "an hour without any is a good one";
    EXPECT_THAT(told(), SizeIs(2));
    look_after(hours(1));
    EXPECT_THAT(told(), SizeIs(2)) << "nobody looked in that hour";
}

TEST_P(Sensors, say_that_an_hour_is_not_whole) {
    collect(0);
    collect(0, 500, "192.0.2.253");
    collect(1);
    look_after(hours(2) + minutes(6));
    auto const hours_told = told();
    ASSERT_THAT(hours_told, SizeIs(2));
    EXPECT_THAT(hours_told.at(0), HasSubstr("0 cut")) << "one of two exporters was not heard";
    EXPECT_THAT(hours_told.at(1), Not(HasSubstr("cut")));
    EXPECT_EQ(health(feed), FeedHealth::incomplete);
}

TEST_P(Sensors, begin_a_day_before_the_feed_and_tell_a_day_at_a_look) {
    for (int hour = -30; hour < 0; ++hour) collect(hour);
    clock.advance(minutes(6));
    EXPECT_TRUE(feeds->look({}).value());
    EXPECT_THAT(told(), SizeIs(24));
    for (int hour = 0; hour < 30; ++hour) collect(hour);
    look_after(hours(30));
    EXPECT_THAT(told(), SizeIs(48));
    EXPECT_LT(*now(feed).state.next_due, clock.now() + minutes(1)) << "more waits";
    look_after(minutes(1));
    EXPECT_THAT(told(), SizeIs(54));
}

TEST_P(Sensors, tell_nothing_twice_where_the_feed_is_made_anew) {
    list("198.51.100.9");
    collect(0);
    see("192.0.2.7", "198.51.100.9", start_of_feed + minutes(10));
    look_after(hours(1) + minutes(6));
    ASSERT_EQ(stored(), 1u);
    auto content = now(feed).content;
    content.title = "Our sensors";
    ASSERT_TRUE(feeds->replace(feed.id, now(feed).record.version, content, analyst).has_value());
    EXPECT_EQ(now(feed).state.etag, base::to_seconds_text(start_of_feed)) << "what was told stays told";
    look_after(minutes(1));
    EXPECT_EQ(stored(), 1u);
    EXPECT_THAT(told(), SizeIs(1));
}

TEST_P(Sensors, tell_with_the_next_hour_what_was_stored_late) {
    list("198.51.100.9");
    collect(0);
    look_after(hours(1) + minutes(6));
    ASSERT_EQ(stored(), 0u);
    see("192.0.2.7", "198.51.100.9", start_of_feed + minutes(50));  // A router whose clock is behind.
    collect(1);
    look_after(hours(1));
    EXPECT_EQ(stored(), 1u);
    collect(2);
    look_after(hours(1));
    EXPECT_EQ(stored(), 1u) << "and once";
    EXPECT_EQ(last_run(feed).rows, 0u);
}

TEST_P(Sensors, tell_of_what_was_matched_though_it_is_listed_no_more) {
    list("198.51.100.9");
    collect(0);
    see("192.0.2.7", "198.51.100.9", start_of_feed + minutes(10));
    EXPECT_THAT(watched(*indicators, {"198.51.100.9", "198.51.100.8"}).value(), ElementsAre("198.51.100.9"));
    ASSERT_TRUE(indicators
                    ->import({.name = "c2-server", .rsit_class = "malicious-code", .rsit_type = "c2-server"},
                             "198.51.100.8\n", analyst, {.reserved = indicators::ReservedSpace::allow})
                    .has_value());
    EXPECT_THAT(watched(*indicators, {"198.51.100.9", "198.51.100.8"}).value(), ElementsAre("198.51.100.8"))
        << "nobody looks out for the other any more";
    look_after(hours(1) + minutes(6));
    EXPECT_EQ(stored(), 1u);
}

TEST_P(Sensors, are_read_by_a_mapping_that_knows_when_an_hour_is_whole) {
    auto content = content_of(FeedKind::sightings, "others");
    EXPECT_THAT(feeds->add(content, analyst).error().detail, HasSubstr("format: is sightings of this kind"));
    content.format = "auto";
    content.mapping = R"({"name": "mine", "reads": {"form": "csv"}, "columns": {"address": "source.ip"}})";
    EXPECT_THAT(feeds->add(content, analyst).error().detail, HasSubstr("mapping: must be named sightings"));
    content.mapping = Mappings::shipped().find("sightings")->text();
    EXPECT_TRUE(feeds->add(content, analyst).has_value());
}

TEST_P(Sensors, are_missed_where_there_are_none) {
    open_feeds();
    look_after(minutes(1));
    EXPECT_THAT(last_run(feed).fault, HasSubstr("nothing collects flows here"));
}

}  // namespace
}  // namespace kula::intake
