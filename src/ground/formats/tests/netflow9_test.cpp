#include "export_fixture.hpp"

namespace kula::formats {
namespace {

using testing::fields4;
using testing::netflow9;
using testing::netflow9_template;
using testing::record4;
using testing::shape;
using testing::Wire;

class Netflow9 : public testing::ExportTest {};

/// RFC 3954 §6.1: a template for options of the system, with these fields.
Wire system_options(std::uint16_t id, std::vector<testing::WireField> const& fields) {
    Wire body;
    body.u16(id).u16(4).u16(4 * fields.size()).u16(1).u16(4);
    for (auto const& field : fields) body.u16(field.element).u16(field.length);
    return Wire().set(1, body);
}

TEST_F(Netflow9, tells_the_records_of_a_template) {
    hear(netflow9(netflow9_template().set(
        256, record4("198.51.100.7", "192.0.2.9").add(record4("192.0.2.9", "203.0.113.4")).zeros(2))));
    ASSERT_EQ(traffic.records.size(), 2U);
    auto const& flow = traffic.records[0];
    EXPECT_EQ(flow.source.text(), "198.51.100.7");
    EXPECT_EQ(flow.destination.text(), "192.0.2.9");
    EXPECT_EQ(flow.source_port, 1025);
    EXPECT_EQ(flow.destination_port, 443);
    EXPECT_EQ(flow.protocol, 6);
    EXPECT_EQ(flow.packets, 3U);
    EXPECT_EQ(flow.bytes, 180U);
    EXPECT_EQ(traffic.records[1].destination.text(), "203.0.113.4");
    EXPECT_TRUE(traffic.faults.empty());
    EXPECT_EQ(state().records, 2U);
    EXPECT_EQ(state().templates, 1U);
    EXPECT_EQ(state().source_id, 7U);
}

TEST_F(Netflow9, tells_ipv6) {
    hear(netflow9(Wire()
                      .set(0, shape(300, {{27, 16}, {28, 16}, {11, 2}}))
                      .set(300, Wire().address("2001:db8::1").address("2001:db8::2").u16(53).zeros(2))));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.records[0].source.text(), "2001:db8::1");
    EXPECT_EQ(traffic.records[0].destination.text(), "2001:db8::2");
    EXPECT_EQ(traffic.records[0].destination_port, 53);
}

TEST_F(Netflow9, reckons_times_from_the_uptime_also_where_it_wrapped) {
    auto const sets = Wire()
                          .set(0, shape(256, {{8, 4}, {22, 4}, {21, 4}}))
                          .set(256, Wire().u32(1).u32(0xFFFFFFFFU - 4'999).u32(1'000));
    hear(netflow9(sets, 0, 7, 1'800'000'000, 5'000));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(base::to_text(traffic.records[0].start), "2027-01-15T07:59:50.000000Z");
    EXPECT_EQ(base::to_text(traffic.records[0].end), "2027-01-15T07:59:56.000000Z");
}

TEST_F(Netflow9, prefers_the_uptime_to_other_times_and_goes_by_the_export_without_any) {
    hear(netflow9(Wire()
                      .set(0, shape(256, {{8, 4}, {152, 8}, {22, 4}, {21, 4}}))
                      .set(256, Wire().u32(1).u64(1).u32(99'000).u32(100'000))));
    hear(netflow9(Wire().set(0, shape(257, {{8, 4}})).set(257, Wire().u32(1)), 1));
    hear(netflow9(Wire()
                      .set(0, shape(258, {{8, 4}, {152, 8}, {153, 8}}))
                      .set(258, Wire().u32(1).u64(1'700'000'000'123).u64(1'700'000'001'456)),
                  2));
    ASSERT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(base::to_text(traffic.records[0].start), "2027-01-15T07:59:59.000000Z");
    EXPECT_EQ(base::to_text(traffic.records[1].start), "2027-01-15T08:00:00.000000Z");
    EXPECT_EQ(base::to_text(traffic.records[1].end), "2027-01-15T08:00:00.000000Z");
    EXPECT_EQ(base::to_text(traffic.records[2].start), "2023-11-14T22:13:20.123000Z");
    EXPECT_EQ(base::to_text(traffic.records[2].end), "2023-11-14T22:13:21.456000Z");
}

TEST_F(Netflow9, takes_numbers_of_any_length_from_one_to_eight) {
    for (std::uint16_t length = 1; length <= 8; ++length) {
        hear(netflow9(Wire()
                          .set(0, shape(256, {{8, 4}, {2, length}, {1, length}, {4, length}, {7, length}}))
                          .set(256, Wire().u32(1).put(200, length).put(210, length).put(17, length).put(53, length))));
        ASSERT_EQ(traffic.records.size(), length);
        EXPECT_EQ(traffic.records.back().packets, 200U);
        EXPECT_EQ(traffic.records.back().bytes, 210U);
        EXPECT_EQ(traffic.records.back().protocol, 17);
        EXPECT_EQ(traffic.records.back().source_port, 53);
    }
    hear(netflow9(Wire().set(0, shape(256, {{8, 4}, {1, 8}})).set(256, Wire().u32(1).u64(0xFFFFFFFFFFFFFFFF))));
    EXPECT_EQ(traffic.records.back().bytes, 0xFFFFFFFFFFFFFFFFU);
    EXPECT_TRUE(traffic.faults.empty());
}

TEST_F(Netflow9, counts_by_the_best_counter_that_a_template_has) {
    hear(netflow9(Wire()
                      .set(0, shape(256, {{8, 4}, {24, 4}, {23, 4}, {86, 4}, {85, 4}}))
                      .set(256, Wire().u32(1).u32(11).u32(12).u32(13).u32(14))));
    hear(netflow9(Wire().set(0, shape(257, {{8, 4}, {24, 4}, {23, 4}})).set(257, Wire().u32(1).u32(11).u32(12)), 1));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].packets, 13U);
    EXPECT_EQ(traffic.records[0].bytes, 14U);
    EXPECT_EQ(traffic.records[1].packets, 11U);
    EXPECT_EQ(traffic.records[1].bytes, 12U);
}

TEST_F(Netflow9, tells_no_port_of_icmp) {
    hear(netflow9(netflow9_template().set(
        256, record4("198.51.100.7", "192.0.2.9", 1, 84, 1).add(record4("192.0.2.9", "192.0.2.8", 1, 84, 58)))));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].destination_port, 0);
    EXPECT_EQ(traffic.records[0].source_port, 0);
    EXPECT_EQ(traffic.records[1].destination_port, 0);
}

TEST_F(Netflow9, keeps_data_until_its_template_comes) {
    hear(netflow9(Wire().set(256, record4(1).add(record4(2)).zeros(2)), 0));
    EXPECT_TRUE(traffic.records.empty());
    EXPECT_GT(state().waiting, 0U);
    hear(netflow9(Wire().set(0, shape(300, {{8, 4}})).set(0, shape(256, fields4)).set(256, record4(3)), 1));
    ASSERT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.records[0].packets, 1U);
    EXPECT_EQ(traffic.records[1].packets, 2U);
    EXPECT_EQ(traffic.records[2].packets, 3U);
    EXPECT_EQ(state().waiting, 0U);
    decoder.finish(traffic);
    EXPECT_TRUE(traffic.faults.empty());
}

TEST_F(Netflow9, reckons_waiting_data_by_its_own_header) {
    hear(netflow9(Wire().set(256, Wire().u32(1).u32(99'000)), 0, 7, 1'800'000'000, 100'000));
    hear(netflow9(Wire().set(0, shape(256, {{8, 4}, {22, 4}})), 1, 7, 1'800'000'600, 700'000));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(base::to_text(traffic.records[0].start), "2027-01-15T07:59:59.000000Z");
}

TEST_F(Netflow9, tells_a_datagram_whose_template_never_came_once) {
    hear(netflow9(Wire().set(256, record4()).set(257, record4()), 0));
    hear(netflow9(Wire().set(256, record4()), 1));
    EXPECT_TRUE(traffic.faults.empty());
    decoder.finish(traffic);
    ASSERT_EQ(traffic.faults.size(), 2U);
    EXPECT_EQ(traffic.faults[0].first, 1U);
    EXPECT_EQ(traffic.faults[1].first, 2U);
    EXPECT_EQ(state().undecodable, 2U);
    decoder.finish(traffic);
    EXPECT_EQ(traffic.faults.size(), 2U);
}

TEST_F(Netflow9, replaces_a_template) {
    hear(netflow9(netflow9_template().set(256, record4())));
    hear(netflow9(Wire().set(0, shape(256, {{12, 4}, {8, 4}})).set(256, Wire().address("10.0.0.1").address("10.0.0.2")),
                  1));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[1].source.text(), "10.0.0.2");
    EXPECT_EQ(traffic.records[1].packets, 0U);
    EXPECT_EQ(state().templates, 1U);
}

TEST_F(Netflow9, keeps_templates_of_source_ids_apart) {
    hear(netflow9(netflow9_template(), 0, 1));
    hear(netflow9(Wire().set(0, shape(256, {{12, 4}, {8, 4}})), 0, 2));
    hear(netflow9(Wire().set(256, record4()), 1, 1));
    hear(netflow9(Wire().set(256, Wire().u32(1).u32(2)), 1, 2));
    hear(netflow9(Wire().set(256, record4()), 0, 3));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].packets, 3U);
    EXPECT_EQ(traffic.records[1].source.text(), "0.0.0.2");
}

TEST_F(Netflow9, takes_several_templates_of_one_set_and_pads_it) {
    hear(netflow9(Wire()
                      .set(0, shape(256, {{8, 4}}).add(shape(257, {{12, 4}})).zeros(4))
                      .set(257, Wire().u32(9))
                      .set(256, Wire().u32(8))));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].destination.text(), "0.0.0.9");
    EXPECT_EQ(traffic.records[1].source.text(), "0.0.0.8");
    EXPECT_TRUE(traffic.faults.empty());
}

TEST_F(Netflow9, scales_from_the_option_record_on) {
    for (auto const element : {std::uint16_t{34}, std::uint16_t{50}}) {
        decoder.finish(traffic);
        traffic.records.clear();
        exporter.port = element;
        hear(netflow9(netflow9_template()
                          .set(256, record4(3))
                          .add(system_options(400, {{element, 4}, {35, 1}}))
                          .set(400, Wire().u32(0).u32(100).u8(1).zeros(3))
                          .set(256, record4(4))));
        hear(netflow9(Wire().set(256, record4(5)), 1));
        ASSERT_EQ(traffic.records.size(), 3U);
        EXPECT_EQ(traffic.records[0].packets, 3U);
        EXPECT_EQ(traffic.records[1].packets, 400U);
        EXPECT_EQ(traffic.records[1].bytes, 18'000U);
        EXPECT_EQ(traffic.records[2].packets, 500U);
    }
    EXPECT_TRUE(traffic.faults.empty());
    EXPECT_EQ(state().sampling, 100U);
}

TEST_F(Netflow9, scales_each_source_id_by_its_own_rate) {
    auto const all = netflow9_template().add(system_options(400, {{34, 2}}));
    hear(netflow9(Wire(all).set(400, Wire().u32(0).u16(10)), 0, 1));
    hear(netflow9(Wire(all).set(400, Wire().u32(0).u16(20)), 0, 2));
    hear(netflow9(Wire(all), 0, 3));
    for (auto const source_id : {1U, 2U, 3U}) hear(netflow9(Wire().set(256, record4(1)), 1, source_id));
    ASSERT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.records[0].packets, 10U);
    EXPECT_EQ(traffic.records[1].packets, 20U);
    EXPECT_EQ(traffic.records[2].packets, 1U);
}

TEST_F(Netflow9, follows_a_rate_that_changes) {
    hear(netflow9(netflow9_template().add(system_options(400, {{34, 4}})).set(400, Wire().u32(0).u32(10))));
    hear(netflow9(Wire().set(256, record4(1)).set(400, Wire().u32(0).u32(7)).set(256, record4(1)), 1));
    hear(netflow9(Wire().set(400, Wire().u32(0).u32(0)).set(256, record4(1)), 2));
    ASSERT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.records[0].packets, 10U);
    EXPECT_EQ(traffic.records[1].packets, 7U);
    EXPECT_EQ(traffic.records[2].packets, 1U);
}

TEST_F(Netflow9, scales_waiting_data_by_the_rate_of_its_time) {
    hear(netflow9(Wire().set(256, record4(1)), 0));
    hear(netflow9(system_options(400, {{34, 4}}).set(400, Wire().u32(0).u32(10)).set(256, record4(1)), 1));
    hear(netflow9(netflow9_template(), 2));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].packets, 1U);
    EXPECT_EQ(traffic.records[1].packets, 10U);
}

TEST_F(Netflow9, scales_a_record_by_the_interval_that_it_tells_itself) {
    hear(netflow9(Wire()
                      .set(0, shape(256, {{8, 4}, {2, 4}, {34, 4}}))
                      .set(256, Wire().u32(1).u32(2).u32(50).u32(1).u32(2).u32(0))));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].packets, 100U);
    EXPECT_EQ(traffic.records[1].packets, 2U);
}

TEST_F(Netflow9, takes_scopes_for_no_elements) {
    hear(netflow9(netflow9_template()
                      .set(1, Wire().u16(400).u16(4).u16(4).u16(34).u16(4).u16(42).u16(4))
                      .set(400, Wire().u32(1000).u32(5))
                      .set(256, record4(1))));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.records[0].packets, 1U);
}

TEST_F(Netflow9, tells_nothing_of_data_without_addresses) {
    hear(netflow9(Wire().set(0, shape(256, {{1, 4}, {2, 4}})).set(256, Wire().u32(1).u32(2))));
    EXPECT_TRUE(traffic.records.empty());
    EXPECT_TRUE(traffic.faults.empty());
    EXPECT_EQ(state().records, 0U);
}

TEST_F(Netflow9, skips_sets_with_reserved_ids) {
    hear(netflow9(Wire().set(2, Wire().u32(1)).set(255, Wire().u32(1)).add(netflow9_template()).set(256, record4())));
    EXPECT_EQ(traffic.records.size(), 1U);
    EXPECT_TRUE(traffic.faults.empty());
}

TEST_F(Netflow9, keeps_whole_records_before_a_set_that_runs_beyond) {
    hear(netflow9(netflow9_template()));
    auto const datagram = netflow9(Wire().set(256, record4(1).add(record4(2)).zeros(2)).set(256, record4(3)), 1);
    hear(datagram.first(datagram.size() - 1));
    EXPECT_EQ(traffic.records.size(), 2U);
    ASSERT_EQ(traffic.faults.size(), 1U);
    EXPECT_EQ(traffic.faults[0].first, 2U);
    hear(datagram.first(20 + 4 + 21 + 20));
    EXPECT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.faults.size(), 2U);
    EXPECT_EQ(state().undecodable, 2U);
}

TEST_F(Netflow9, stops_at_a_set_shorter_than_its_header) {
    for (auto const length : {std::uint16_t{0}, std::uint16_t{3}}) {
        hear(netflow9(netflow9_template().set(256, record4()).u16(256).u16(length).set(256, record4())));
    }
    EXPECT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.faults.size(), 2U);
}

TEST_F(Netflow9, tells_every_cut_of_a_datagram_as_one_fault) {
    auto const whole = netflow9(netflow9_template().set(256, record4(1).add(record4(2)).zeros(2)));
    for (std::size_t size = 4; size < whole.size(); ++size) {
        if (size == 20 || size == 20 + netflow9_template().size()) continue;  // between sets
        ExportDecoder fresh;
        testing::HeardTraffic heard;
        fresh.decode(exporter, whole.first(size), received, {}, heard);
        EXPECT_EQ(heard.faults.size(), 1U) << size;
    }
}

TEST_F(Netflow9, tells_broken_templates_as_faults) {
    hear(netflow9(Wire().set(0, Wire().u16(256).u16(9).u16(8).u16(4))));
    hear(netflow9(Wire().set(0, Wire().u16(255).u16(1).u16(8).u16(4))));
    hear(netflow9(Wire().set(0, Wire().u16(256).u16(0))));
    hear(netflow9(Wire().set(0, shape(256, {{8, 0}, {12, 0}}))));
    hear(netflow9(Wire().set(0, shape(256, {{8, 4}, {100, 65'535}}))));
    hear(netflow9(Wire().set(1, Wire().u16(256).u16(3).u16(4).u32(0).u32(0))));
    hear(netflow9(Wire().set(1, Wire().u16(256).u16(4).u16(400).u32(0).u32(0))));
    EXPECT_EQ(traffic.faults.size(), 7U);
    EXPECT_EQ(state().templates, 0U);
}

TEST_F(Netflow9, takes_a_cut_record_for_no_padding) {
    hear(netflow9(netflow9_template().set(256, record4().u32(1))));
    EXPECT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.faults.size(), 1U);
}

TEST_F(Netflow9, counts_lost_datagrams) {
    hear(netflow9(netflow9_template(), 10));
    hear(netflow9(Wire().set(256, record4()), 11));
    hear(netflow9(Wire().set(256, record4()), 15));
    EXPECT_EQ(state().lost, 3U);
    hear(netflow9(Wire().set(256, record4()), 13));
    EXPECT_EQ(state().lost, 2U);
    hear(netflow9(Wire().set(256, record4()), 0, 7, 1'800'000'060, 1'000));
    EXPECT_EQ(state().lost, 2U);
    EXPECT_EQ(decoder.lost(), 2U);
}

TEST_F(Netflow9, is_recognised_where_its_sets_fill_the_datagram) {
    auto const whole = netflow9(netflow9_template().set(256, record4().zeros(3)));
    EXPECT_TRUE(ExportDecoder::recognises(whole.all()));
    EXPECT_TRUE(ExportDecoder::recognises(netflow9(Wire().set(256, record4())).all()));
    EXPECT_FALSE(ExportDecoder::recognises(whole.first(whole.size() - 1)));
    EXPECT_FALSE(ExportDecoder::recognises(Wire(whole).u8(0).all()));
    EXPECT_FALSE(ExportDecoder::recognises(netflow9({}).all()));
    EXPECT_FALSE(ExportDecoder::recognises(netflow9(Wire().set(7, record4())).all()));
    EXPECT_FALSE(ExportDecoder::recognises(netflow9(Wire().set(0, Wire().u16(1).u16(1).u32(0))).all()));
}

}  // namespace
}  // namespace kula::formats
