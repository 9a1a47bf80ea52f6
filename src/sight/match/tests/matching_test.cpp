// Proves the way from decoded traffic to sightings: both ends, names, warning lists, sums, and swapping while it goes
// on.
#include "match/matching.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <mutex>
#include <thread>

#include "match/sighting_table.hpp"

namespace kula::match {
namespace {

using base::Address;
using formats::Flow;
using formats::NameRole;
using formats::SeenName;
using indicators::Alerting;
using indicators::Value;

std::shared_ptr<Matcher const> matcher(std::vector<std::string> const& listed,
                                       std::vector<std::string> const& warned = {}) {
    indicators::SnapshotBuilder builder;
    auto const source = builder.source("test");
    for (auto const& text : listed) builder.add(Value::parse(text).value(), source);
    for (auto const& text : warned) builder.add(Value::parse(text).value(), source, Alerting::warned);
    std::vector<base::AddressRange> const national{base::AddressRange::of(*base::Prefix::parse("192.0.2.0/24")),
                                                   base::AddressRange::of(*base::Prefix::parse("2001:db8::/48"))};
    return std::make_shared<Matcher>(builder.compile(), national);
}

Flow flow(char const* source, char const* destination, std::uint16_t port = 443) {
    auto const start = *base::parse_instant("2026-11-21T10:00:00Z");
    return {.source = *Address::parse(source),
            .destination = *Address::parse(destination),
            .source_port = 50000,
            .destination_port = port,
            .protocol = 6,
            .packets = 3,
            .bytes = 300,
            .start = start,
            .end = start + std::chrono::seconds(5),
            .connection = 0};
}

/// Matches and adds up.
class Bench {
public:
    explicit Bench(std::shared_ptr<Matcher const> by)
        : by_(std::move(by)),
          matching_([this] { return by_; }, [this](Matcher const& m, Hit const& hit) { table_.add(m, hit); }) {}
    Matching& sink() { return matching_; }
    std::vector<events::Observation> sightings() {
        matching_.flush();
        return table_.take();
    }
    void swap(std::shared_ptr<Matcher const> by) { by_ = std::move(by); }

private:
    std::shared_ptr<Matcher const> by_;
    SightingTable table_;
    Matching matching_;
};

TEST(Matching, reports_both_listed_ends_of_a_flow_with_each_other_as_peer) {
    Bench bench(matcher({"198.51.100.7", "203.0.113.0/24"}));
    bench.sink().flows(std::array{flow("198.51.100.7", "203.0.113.9")});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].indicator, "198.51.100.7");
    EXPECT_EQ(found[0].side, Side::source);
    EXPECT_EQ(found[0].peer, "203.0.113.9");
    EXPECT_EQ(found[0].direction, Direction::transit);
    EXPECT_EQ(found[1].indicator, "203.0.113.0/24");
    EXPECT_EQ(found[1].matched, "203.0.113.9");
    EXPECT_EQ(bench.sink().counts().matched, 1u);
}

TEST(Matching, adds_equal_sightings_up_over_batches) {
    Bench bench(matcher({"198.51.100.7"}));
    std::vector<Flow> const many(3000, flow("192.0.2.1", "198.51.100.7"));
    bench.sink().flows(many);
    auto later = flow("192.0.2.1", "198.51.100.7");
    later.end += std::chrono::hours(1);
    bench.sink().flows(std::array{later, flow("192.0.2.1", "198.51.100.7", 80)});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 2u);
    auto const& sum = found[0].port == 443 ? found[0] : found[1];
    EXPECT_EQ(sum.flows, 3001u);
    EXPECT_EQ(sum.packets, 3001u * 3);
    EXPECT_EQ(sum.last, later.end);
    EXPECT_EQ(sum.direction, Direction::outbound);
    EXPECT_EQ(bench.sink().counts().records, 3002u);
    EXPECT_EQ(bench.sink().counts().flows[Direction::outbound], 3002u);
}

TEST(Matching, keeps_hours_apart_where_that_is_asked_for) {
    auto const by = matcher({"198.51.100.7"});
    SightingTable table(SightingTable::Hours::apart);
    Matching matching([&] { return by; }, [&](Matcher const& m, Hit const& hit) { table.add(m, hit); });
    auto later = flow("192.0.2.1", "198.51.100.7");
    later.start += std::chrono::hours(2);
    later.end += std::chrono::hours(2);
    matching.flows(std::array{flow("192.0.2.1", "198.51.100.7"), later, later});
    matching.flush();
    auto const found = table.take();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].flows, 1u);
    EXPECT_EQ(found[1].flows, 2u);
    EXPECT_EQ(found[1].first, later.start);
}

TEST(Matching, keeps_what_is_on_a_warning_list_from_being_told) {
    Bench bench(matcher({"198.51.100.7"}, {"203.0.113.9"}));
    bench.sink().flows(std::array{flow("192.0.2.1", "203.0.113.9"), flow("198.51.100.7", "203.0.113.9")});
    EXPECT_EQ(bench.sightings().size(), 1u);
    EXPECT_EQ(bench.sink().counts().matched, 1u);
    EXPECT_EQ(bench.sink().counts().warned, 1u);
}

TEST(Matching, finds_ipv6_ends) {
    Bench bench(matcher({"2001:db8:f::/48"}));
    bench.sink().flows(std::array{flow("2001:db8:f::1", "2001:db8::9")});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].direction, Direction::inbound);
    EXPECT_EQ(found[0].matched, "2001:db8:f::1");
}

TEST(Matching, finds_names_with_the_client_as_peer) {
    Bench bench(matcher({"bad.example", "http://host.example/x", "d41d8cd98f00b204e9800998ecf8427e"}));
    auto const line = flow("192.0.2.1", "203.0.113.53", 53);
    bench.sink().names(line, std::array{SeenName{NameRole::query, "WWW.bad.example."}});
    bench.sink().names(line, std::array{SeenName{NameRole::host, "host.example", "/x?y"},
                                        SeenName{NameRole::file, "D41D8CD98F00B204E9800998ECF8427E"}});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 3u);
    for (auto const& sighting : found) {
        EXPECT_EQ(sighting.peer, "192.0.2.1");
        EXPECT_EQ(sighting.direction, Direction::outbound);
        if (sighting.side == Side::query) {
            EXPECT_EQ(sighting.matched, "www.bad.example");
        }
        if (sighting.side == Side::host) {
            EXPECT_EQ(sighting.matched, "http://host.example/x?y");
        }
        if (sighting.side == Side::file) {
            EXPECT_EQ(sighting.matched, "d41d8cd98f00b204e9800998ecf8427e");
        }
    }
}

TEST(Matching, sums_the_spellings_of_one_url) {
    Bench bench(matcher({"http://host.example/x"}));
    auto const line = flow("192.0.2.1", "203.0.113.53", 80);
    bench.sink().names(line, std::array{SeenName{NameRole::host, "host.example", "/x"}});
    bench.sink().names(line, std::array{SeenName{NameRole::host, "HOST.example:80", "/x"}});
    bench.sink().names(line, std::array{SeenName{NameRole::host, "proxy.example", "HTTP://Host.example/x#part"}});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].matched, "http://host.example/x");
    EXPECT_EQ(found[0].flows, 3u);
}

TEST(Matching, counts_a_connection_that_several_log_lines_tell_of_once) {
    Bench bench(matcher({"198.51.100.7"}));
    auto connection = flow("192.0.2.1", "198.51.100.7");
    connection.connection = 42;
    auto line = connection;
    line.packets = line.bytes = 0;
    bench.sink().names(line, {});
    bench.sink().flows(std::array{connection});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].flows, 1u);
    EXPECT_EQ(found[0].packets, 3u);
}

TEST(Matching, tells_sightings_of_two_sets_of_indicators_apart) {
    Bench bench(matcher({"198.51.100.7"}));
    bench.sink().flows(std::array{flow("192.0.2.1", "198.51.100.7")});
    bench.sink().flush();
    bench.swap(matcher({"192.0.2.1"}));  // the same number, another indicator
    bench.sink().flows(std::array{flow("192.0.2.1", "198.51.100.7")});
    auto const found = bench.sightings();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_NE(found[0].indicator, found[1].indicator);
}

TEST(Matching, goes_on_while_the_set_is_swapped) {
    std::mutex mutex;
    auto current = matcher({"198.51.100.7"});
    auto const now = [&] {
        std::lock_guard const lock(mutex);
        return current;
    };
    std::atomic<bool> is_done{false};
    std::thread swapping([&] {
        while (!is_done) {
            auto fresh = matcher({"198.51.100.7", "203.0.113.9"});
            std::lock_guard const lock(mutex);
            current.swap(fresh);
        }
    });
    std::uint64_t hits = 0;
    Matching matching(now, [&](Matcher const&, Hit const&) { ++hits; });
    std::vector<Flow> const many(5000, flow("192.0.2.1", "198.51.100.7"));
    for (int i = 0; i < 200; ++i) matching.flows(many);
    matching.flush();
    is_done = true;
    swapping.join();
    EXPECT_EQ(hits, 1'000'000u);
}

}  // namespace
}  // namespace kula::match
