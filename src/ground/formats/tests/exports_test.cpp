#include "formats/exports.hpp"

#include <thread>

#include "export_fixture.hpp"

namespace kula::formats {
namespace {

using testing::fields4;
using testing::HeardTraffic;
using testing::ipfix;
using testing::netflow9;
using testing::netflow9_template;
using testing::record4;
using testing::shape;
using testing::Wire;

class Exports : public testing::ExportTest {};

Wire netflow5(std::uint16_t count, std::uint32_t sequence, std::uint16_t sampling = 0) {
    return Wire()
        .u16(5)
        .u16(count)
        .u32(100'000)
        .u32(1'800'000'000)
        .u32(0)
        .u32(sequence)
        .u16(3)
        .u16(sampling)
        .zeros(std::size_t{48} * count);
}

TEST_F(Exports, tells_netflow5_that_announces_fewer_records_than_it_holds) {
    auto longer = netflow5(1, 0);
    hear(longer.zeros(96));
    EXPECT_EQ(traffic.records.size(), 1U);
    ASSERT_EQ(traffic.faults.size(), 1U);
    EXPECT_EQ(traffic.faults[0].second, "bytes follow the last NetFlow v5 record");
}

TEST_F(Exports, tells_netflow5_in_place) {
    hear(netflow5(2, 0, 100));
    hear(netflow5(30, 2, 100));
    hear(netflow5(1, 42, 100));
    EXPECT_EQ(traffic.records.size(), 33U);
    EXPECT_EQ(state().protocol, ExportProtocol::netflow5);
    EXPECT_EQ(state().source_id, 3U);
    EXPECT_EQ(state().records, 33U);
    EXPECT_EQ(state().datagrams, 3U);
    EXPECT_EQ(state().lost, 10U);
    EXPECT_EQ(state().sampling, 100U);
    EXPECT_EQ(state().last_seen, received);
}

TEST_F(Exports, tells_the_whole_records_of_a_cut_netflow5_datagram_and_one_fault) {
    auto const datagram = netflow5(3, 0);
    hear(datagram.first(datagram.size() - 1));
    EXPECT_EQ(traffic.records.size(), 2U);
    ASSERT_EQ(traffic.faults.size(), 1U);
    EXPECT_EQ(traffic.faults[0].first, 1U);
    hear(netflow5(1, 3));
    EXPECT_EQ(state().lost, 0U);
    EXPECT_EQ(state().undecodable, 1U);
    hear(datagram.first(23));
    EXPECT_EQ(traffic.faults.size(), 2U);
}

TEST_F(Exports, recognises_netflow5_of_exact_length) {
    EXPECT_TRUE(ExportDecoder::recognises(netflow5(2, 0).all()));
    EXPECT_FALSE(ExportDecoder::recognises(netflow5(2, 0).u8(0).all()));
    EXPECT_FALSE(ExportDecoder::recognises(netflow5(2, 0).first(119)));
    EXPECT_FALSE(ExportDecoder::recognises(netflow5(0, 0).all()));
    EXPECT_FALSE(ExportDecoder::recognises({}));
    EXPECT_FALSE(ExportDecoder::recognises(Wire().u16(7).zeros(100).all()));
}

TEST_F(Exports, tells_what_is_no_export_as_one_fault) {
    hear(Wire().u16(1).zeros(60));
    hear(Wire().u8(0));
    hear(Wire());
    hear(Wire().u16(9).zeros(17));
    hear(Wire().u16(10).zeros(13));
    hear(Wire().u32(5).zeros(20));
    EXPECT_EQ(traffic.faults.size(), 6U);
    EXPECT_TRUE(decoder.exporters().empty());
}

TEST_F(Exports, prefers_the_template_of_the_same_port_and_else_takes_the_newest_of_the_address) {
    auto const other = Exporter{exporter.address, 40'000};
    auto const third = Exporter{exporter.address, 50'000};
    hear(netflow9(netflow9_template()));
    hear_from(other, netflow9(Wire().set(0, shape(256, {{12, 4}, {8, 4}}))).all());
    hear(netflow9(Wire().set(256, record4()), 1));
    hear_from(third, netflow9(Wire().set(256, Wire().u32(1).u32(2))).all());
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].packets, 3U);
    EXPECT_EQ(traffic.records[1].source.text(), "0.0.0.2");
}

TEST_F(Exports, keeps_the_sampling_of_a_port_that_tells_its_own_templates) {
    auto const other = Exporter{exporter.address, 40'000};
    auto const third = Exporter{exporter.address, 50'000};
    auto const options = Wire().set(1, Wire().u16(400).u16(4).u16(4).u16(1).u16(4).u16(34).u16(4));
    hear(netflow9(netflow9_template().add(options).set(400, Wire().u32(0).u32(10))));
    hear_from(other, netflow9(netflow9_template().set(256, record4(1))).all());
    hear_from(third, netflow9(Wire().set(256, record4(1))).all());
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].packets, 1U);
    EXPECT_EQ(traffic.records[1].packets, 10U);
}

TEST_F(Exports, keeps_addresses_apart) {
    hear(netflow9(netflow9_template()));
    hear_from({base::Address::v4(1), exporter.port}, netflow9(Wire().set(256, record4())).all());
    hear_from({base::Address::v6(exporter.address.number()), exporter.port},
              netflow9(Wire().set(256, record4())).all());
    EXPECT_TRUE(traffic.records.empty());
    EXPECT_EQ(decoder.exporters().size(), 3U);
}

TEST_F(Exports, lists_exporters_in_order) {
    hear_from({base::Address::v4(2), 1}, netflow9(netflow9_template(), 0, 9).all());
    hear_from({base::Address::v4(1), 2}, netflow9(netflow9_template(), 0, 9).all());
    hear_from({base::Address::v4(1), 2}, netflow9(netflow9_template(), 0, 1).all());
    auto const states = decoder.exporters();
    ASSERT_EQ(states.size(), 3U);
    EXPECT_EQ(states[0].source_id, 1U);
    EXPECT_EQ(states[1].source_id, 9U);
    EXPECT_EQ(states[2].exporter.address, base::Address::v4(2));
}

TEST(ExportBounds, forgets_the_exporter_seen_least_recently_but_not_what_it_lost) {
    ExportDecoder decoder({.exporters = 2});
    HeardTraffic traffic;
    auto const hear = [&](std::uint32_t address, std::uint32_t sequence, std::int64_t moment) {
        decoder.decode({base::Address::v4(address), 1}, netflow5(1, sequence).all(), base::from_microseconds(moment),
                       {}, traffic);
    };
    hear(1, 0, 1);
    hear(1, 11, 2);
    hear(2, 0, 3);
    hear(1, 12, 4);
    hear(3, 0, 5);
    auto const states = decoder.exporters();
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].exporter.address, base::Address::v4(1));
    EXPECT_EQ(states[1].exporter.address, base::Address::v4(3));
    hear(2, 0, 6);
    EXPECT_EQ(decoder.exporters().size(), 2U);
    EXPECT_EQ(decoder.lost(), 10U);
}

TEST(ExportBounds, refuses_templates_beyond_the_bound_and_keeps_the_others) {
    ExportDecoder decoder({.templates_an_exporter = 2});
    HeardTraffic traffic;
    auto const sets =
        Wire(netflow9_template(256)).add(netflow9_template(257)).add(netflow9_template(258)).set(256, record4());
    decoder.decode({}, netflow9(sets).all(), {}, {}, traffic);
    EXPECT_EQ(traffic.faults.size(), 1U);
    EXPECT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(decoder.exporters().at(0).templates, 2U);
    decoder.decode({}, netflow9(Wire().set(0, shape(257, {{8, 4}})).set(257, Wire().u32(1)), 1).all(), {}, {}, traffic);
    EXPECT_EQ(traffic.faults.size(), 1U);
    EXPECT_EQ(traffic.records.size(), 2U);
}

TEST(ExportBounds, makes_room_for_new_templates_among_all_exporters) {
    ExportDecoder decoder({.exporters = 64, .template_bytes = 5'000});
    HeardTraffic traffic;
    for (std::uint32_t address = 0; address < 64; ++address) {
        decoder.decode({base::Address::v4(address), 1}, netflow9(netflow9_template().set(256, record4())).all(),
                       base::from_microseconds(address), {}, traffic);
    }
    EXPECT_EQ(traffic.records.size(), 64U);
    EXPECT_LT(decoder.exporters().size(), 64U);
}

TEST(ExportBounds, lets_the_oldest_waiting_data_go_first) {
    ExportDecoder decoder({.waiting_bytes = 300});
    HeardTraffic traffic;
    for (std::uint64_t packet = 1; packet <= 5; ++packet) {
        decoder.decode({}, netflow9(Wire().set(256, record4(static_cast<std::uint32_t>(packet)))).all(), {},
                       {Place::Unit::packet, packet}, traffic);
    }
    ASSERT_EQ(traffic.faults.size(), 2U);
    EXPECT_EQ(traffic.faults[0].first, 1U);
    EXPECT_EQ(traffic.faults[1].first, 2U);
    decoder.decode({}, netflow9(netflow9_template()).all(), {}, {}, traffic);
    ASSERT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.records[0].packets, 3U);
    decoder.decode({}, netflow9(Wire().set(300, Wire().zeros(400)), 1).all(), {}, {Place::Unit::packet, 9}, traffic);
    EXPECT_EQ(traffic.faults.back().first, 9U);
    EXPECT_EQ(decoder.exporters().at(0).waiting, 0U);
}

TEST(ExportBounds, lets_data_wait_for_an_exporter_that_was_forgotten_meanwhile) {
    ExportDecoder decoder({.exporters = 1});
    HeardTraffic traffic;
    Exporter const exporter{base::Address::v4(1), 1};
    decoder.decode(exporter, netflow9(Wire().set(256, record4())).all(), base::from_microseconds(1), {}, traffic);
    decoder.decode({base::Address::v4(2), 1}, netflow5(1, 0).all(), base::from_microseconds(2), {}, traffic);
    decoder.decode(exporter, netflow9(netflow9_template()).all(), base::from_microseconds(3), {}, traffic);
    EXPECT_EQ(traffic.records.size(), 2U);
    decoder.finish(traffic);
    EXPECT_TRUE(traffic.faults.empty());
}

TEST(ExportThreads, share_templates_and_count_together) {
    ExportDecoder decoder({.exporters = 8, .waiting_bytes = 4096});
    std::vector<HeardTraffic> heard(4);
    std::vector<std::thread> threads;
    constexpr std::uint32_t rounds = 500;
    for (std::uint16_t thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (std::uint32_t round = 0; round < rounds; ++round) {
                auto const moment = base::from_microseconds(round);
                Exporter const own{base::Address::v4(1), thread};
                Exporter const passing{base::Address::v4(100 + round % 20), thread};
                decoder.decode(own, netflow9(netflow9_template().set(256, record4()), round).all(), moment, {},
                               heard[thread]);
                decoder.decode(own, netflow5(1, round).all(), moment, {}, heard[thread]);
                decoder.decode(passing, ipfix(Wire().set(400, record4()), round).all(), moment, {}, heard[thread]);
                if (round % 50 == 0) static_cast<void>(decoder.exporters());
            }
        });
    }
    for (auto& thread : threads) thread.join();
    HeardTraffic rest;
    decoder.finish(rest);
    auto faults = rest.faults.size();
    for (auto const& traffic : heard) {
        EXPECT_EQ(traffic.records.size(), 2 * rounds);
        faults += traffic.faults.size();
    }
    EXPECT_EQ(faults, 4 * rounds);
}

}  // namespace
}  // namespace kula::formats
