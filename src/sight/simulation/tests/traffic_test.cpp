// Proves that invented traffic has a day's rhythm, is the same every time, and stays within its country and abroad.
#include "simulation/traffic.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kula::simulation {
namespace {

using base::Address;
using base::Prefix;

Country country() {
    return {.networks = {*Prefix::parse("198.18.0.0/22"), *Prefix::parse("2001:db8:1000::/48")},
            .abroad = {*Prefix::parse("203.0.113.0/24"), *Prefix::parse("2001:db8:f000::/48")},
            .command_servers = {*Address::parse("203.0.113.9"), *Address::parse("2001:db8:f001::53")},
            .scanners = {*Address::parse("198.51.100.7"), *Address::parse("198.51.100.8")},
            .spam_sources = {*Address::parse("198.19.16.3")},
            .hijacked = {*Prefix::parse("198.19.200.0/22")}};
}

auto const midnight = *base::parse_instant("2026-11-20T00:00:00Z");

TEST(Traffic, is_busier_at_noon_than_at_four_in_the_morning) {
    auto const night = traffic(country(), {}, 1, midnight + std::chrono::hours(3), midnight + std::chrono::hours(4));
    auto const noon = traffic(country(), {}, 1, midnight + std::chrono::hours(11), midnight + std::chrono::hours(12));
    EXPECT_GT(night.size(), 1000u);
    EXPECT_GT(noon.size(), 2 * night.size());
}

TEST(Traffic, calls_listed_servers_more_by_day) {
    auto const all = country();
    auto const calls = [&](int hour) {
        auto const flows =
            traffic(all, {}, 1, midnight + std::chrono::hours(hour), midnight + std::chrono::hours(hour + 2));
        return std::count_if(flows.begin(), flows.end(), [&](auto const& f) {
            auto const& servers = all.command_servers;
            return std::find(servers.begin(), servers.end(), f.destination) != servers.end();
        });
    };
    EXPECT_GT(calls(3), 10);
    EXPECT_GT(calls(10), 3 * calls(3));
}

TEST(Traffic, does_not_depend_on_how_a_day_is_cut) {
    auto const whole = traffic(country(), {}, 7, midnight, midnight + std::chrono::minutes(20));
    std::size_t parts = 0;
    for (int minute = 0; minute < 20; ++minute) {
        auto const from = midnight + std::chrono::minutes(minute);
        parts += traffic(country(), {}, 7, from, from + std::chrono::minutes(1)).size();
    }
    EXPECT_EQ(whole.size(), parts);
}

TEST(Traffic, ends_within_the_minutes_that_were_asked_for_in_order) {
    auto const until = midnight + std::chrono::hours(24);
    auto const flows = traffic(country(), {}, 3, midnight, until);
    EXPECT_TRUE(std::is_sorted(flows.begin(), flows.end(), [](auto const& a, auto const& b) { return a.end < b.end; }));
    for (auto const& flow : flows) {
        ASSERT_GE(flow.end, midnight);
        ASSERT_LT(flow.end, until);
        ASSERT_LE(flow.start, flow.end);
        ASSERT_GT(flow.packets, 0u);
        ASSERT_EQ(flow.source.family(), flow.destination.family());
    }
}

TEST(Traffic, shows_every_kind_of_trouble_within_a_day) {
    auto const all = country();
    auto const flows = traffic(all, {}, 3, midnight, midnight + std::chrono::hours(24));
    auto const seen = [&](auto const& address) {
        return std::any_of(flows.begin(), flows.end(),
                           [&](auto const& f) { return f.source == address || f.destination == address; });
    };
    for (auto const& server : all.command_servers) EXPECT_TRUE(seen(server)) << server.text();
    for (auto const& scanner : all.scanners) EXPECT_TRUE(seen(scanner)) << scanner.text();
    for (auto const& source : all.spam_sources) EXPECT_TRUE(seen(source)) << source.text();
    EXPECT_TRUE(std::any_of(flows.begin(), flows.end(),
                            [&](auto const& f) { return all.hijacked.front().contains(f.source); }));
}

}  // namespace
}  // namespace kula::simulation
