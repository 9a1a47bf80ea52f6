#include "flow_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;
using namespace std::chrono_literals;

base::Instant at(std::chrono::microseconds since) { return base::Instant(1'800'000'000s) + since; }

Packet packet_of(std::uint32_t source, std::uint16_t port = 443) {
    Packet packet;
    packet.source = base::Address::v4(0xC6336400u + source);
    packet.destination = base::Address::v4(0xC0000201u);
    packet.protocol = 6;
    packet.source_port = 1024;
    packet.destination_port = port;
    return packet;
}

void see(FlowTable& table, Packet const& packet, std::chrono::microseconds since, TrafficSink& sink) {
    table.add(packet, {1, 100, at(since), at(since)}, sink);
}

TEST(FlowTable, joins_packets_of_one_direction) {
    ToldTraffic told;
    FlowTable table(60s, 300s, 100);
    see(table, packet_of(1), 0s, told);
    see(table, packet_of(1), 2s, told);
    see(table, packet_of(1, 80), 1s, told);
    table.finish(told);
    ASSERT_EQ(told.all_flows.size(), 2u);
    EXPECT_EQ(told.all_flows[0].packets, 2u);
    EXPECT_EQ(told.all_flows[0].bytes, 200u);
    EXPECT_EQ(told.all_flows[0].start, at(0s));
    EXPECT_EQ(told.all_flows[0].end, at(2s));
    EXPECT_EQ(told.all_flows[1].packets, 1u);
}

TEST(FlowTable, ends_a_flow_that_was_idle_for_more_than_the_time_out) {
    ToldTraffic told;
    FlowTable table(60s, 300s, 100);
    see(table, packet_of(1), 0s, told);
    see(table, packet_of(1), 60s, told);
    see(table, packet_of(1), 120s + 1us, told);
    table.finish(told);
    ASSERT_EQ(told.all_flows.size(), 2u);
    EXPECT_EQ(told.all_flows[0].packets, 2u);
    EXPECT_EQ(told.all_flows[1].packets, 1u);
}

TEST(FlowTable, ends_a_flow_before_it_gets_longer_than_the_active_time_out) {
    ToldTraffic told;
    FlowTable table(60s, 300s, 100);
    for (int i = 0; i <= 70; ++i) see(table, packet_of(1), std::chrono::seconds(10 * i), told);
    table.finish(told);
    ASSERT_EQ(told.all_flows.size(), 3u);
    EXPECT_EQ(told.all_flows[0].packets, 31u);
    EXPECT_EQ(told.all_flows[0].end - told.all_flows[0].start, 300s);
    EXPECT_EQ(told.all_flows[1].start, at(310s));
    EXPECT_EQ(told.all_flows[2].packets, 9u);
}

TEST(FlowTable, tells_idle_flows_when_time_goes_on) {
    ToldTraffic told;
    FlowTable table(60s, 300s, 100);
    see(table, packet_of(1), 0s, told);
    see(table, packet_of(2), 30s, told);
    see(table, packet_of(3), 61s, told);
    table.tell(told);
    ASSERT_EQ(told.all_flows.size(), 1u);
    EXPECT_EQ(told.all_flows[0].source.text(), "198.51.100.1");
}

TEST(FlowTable, takes_packets_out_of_order_and_a_jump_back_in_time) {
    ToldTraffic told;
    FlowTable table(60s, 300s, 100);
    see(table, packet_of(1), 10s, told);
    see(table, packet_of(1), 9s, told);
    see(table, packet_of(1), -100000s, told);
    table.finish(told);
    ASSERT_EQ(told.all_flows.size(), 2u);
    EXPECT_EQ(told.all_flows[0].start, at(9s));
    EXPECT_EQ(told.all_flows[0].end, at(10s));
    EXPECT_EQ(told.all_flows[1].start, at(-100000s));
}

TEST(FlowTable, tells_the_longest_idle_flow_early_when_it_is_full) {
    ToldTraffic told;
    FlowTable table(60s, 300s, 3);
    see(table, packet_of(1), 1s, told);
    see(table, packet_of(2), 2s, told);
    see(table, packet_of(3), 3s, told);
    see(table, packet_of(1), 4s, told);
    see(table, packet_of(4), 5s, told);
    table.tell(told);
    ASSERT_EQ(told.all_flows.size(), 1u);
    EXPECT_EQ(told.all_flows[0].source.text(), "198.51.100.2");
    table.finish(told);
    EXPECT_EQ(told.all_flows.size(), 4u);
}

/// The same rules, written as plainly as possible.
class NaiveTable {
public:
    void see(Packet const& packet, base::Instant time) {
        auto const key = std::tuple(packet.source, packet.destination_port);
        auto& flow = open[key];
        bool const is_over =
            flow.packets > 0 && (time - flow.end > 60s || std::max(time, flow.end) - std::min(time, flow.start) > 300s);
        if (is_over) {
            closed.insert(to_line(flow));
            flow = {};
        }
        if (flow.packets == 0) {
            flow.source = packet.source;
            flow.destination = packet.destination;
            flow.protocol = packet.protocol;
            flow.source_port = packet.source_port;
            flow.destination_port = packet.destination_port;
            flow.start = flow.end = time;
        }
        ++flow.packets;
        flow.bytes += 100;
        flow.start = std::min(flow.start, time);
        flow.end = std::max(flow.end, time);
    }
    void finish() {
        for (auto const& [key, flow] : open) closed.insert(to_line(flow));
    }
    std::map<std::tuple<base::Address, std::uint16_t>, Flow> open;
    std::multiset<std::string> closed;
};

TEST(FlowTable, agrees_with_a_naive_table_on_random_packets) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        ToldTraffic told;
        FlowTable table(60s, 300s, 100'000);
        NaiveTable naive;
        std::uniform_int_distribution<std::uint32_t> addresses(1, seed % 2 == 0 ? 20 : 20'000);
        std::chrono::microseconds time{0};
        for (int i = 0; i < 20'000; ++i) {
            time += std::chrono::microseconds(random() % 2'000'000);
            auto const packet = packet_of(addresses(random), static_cast<std::uint16_t>(random() % 3));
            see(table, packet, time, told);
            naive.see(packet, at(time));
        }
        table.finish(told);
        naive.finish();
        std::multiset<std::string> lines;
        for (auto const& flow : told.all_flows) lines.insert(to_line(flow));
        EXPECT_EQ(lines, naive.closed) << seed;
    }
}

TEST(FlowTable, keeps_every_packet_when_it_is_always_full) {
    std::mt19937 random(1);
    ToldTraffic told;
    FlowTable table(60s, 300s, 17);
    for (int i = 0; i < 50'000; ++i)
        see(table, packet_of(static_cast<std::uint32_t>(random() % 100)), std::chrono::milliseconds(i), told);
    table.finish(told);
    std::uint64_t packets = 0;
    for (auto const& flow : told.all_flows) packets += flow.packets;
    EXPECT_EQ(packets, 50'000u);
}

}  // namespace
}  // namespace kula::formats
