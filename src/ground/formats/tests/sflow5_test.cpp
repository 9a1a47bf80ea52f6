#include <gtest/gtest.h>

#include "capture_bytes.hpp"
#include "formats/exports.hpp"
#include "heard_traffic.hpp"

namespace kula::formats {
namespace {

using testing::ethernet;
using testing::HeardTraffic;
using testing::Wire;

Exporter const agent{base::Address::v4(0x0A000001), 6343};
auto const received = base::parse_instant("2026-11-21T10:00:00.5Z").value();

Wire part(std::uint32_t format, Wire const& body) { return Wire().u32(format).u32(body.size()).add(body); }

Wire datagram_of(std::uint32_t samples, Wire const& parts, std::uint32_t sequence = 1) {
    return Wire().u32(5).u32(1).address("10.0.0.1").u32(0).u32(sequence).u32(60'000).u32(samples).add(parts);
}

Wire flow_sample(std::uint32_t rate, std::uint32_t records, Wire const& parts) {
    return part(1, Wire().u32(1).u32(2).u32(rate).u32(1000).u32(0).u32(1).u32(2).u32(records).add(parts));
}

Wire expanded_flow_sample(std::uint32_t rate, std::uint32_t records, Wire const& parts) {
    return part(
        3, Wire().u32(1).u32(0).u32(2).u32(rate).u32(1000).u32(0).u32(0).u32(1).u32(0).u32(2).u32(records).add(parts));
}

Wire tcp4(std::uint16_t total_length) {
    return Wire()
        .u8(0x45)
        .u8(0)
        .u16(total_length)
        .u32(0)
        .u8(64)
        .u8(6)
        .u16(0)
        .address("198.51.100.7")
        .address("192.0.2.9")
        .u16(1025)
        .u16(443)
        .zeros(16);
}

Wire tcp6(std::uint16_t payload_length) {
    return Wire()
        .u32(0x60000000)
        .u16(payload_length)
        .u8(6)
        .u8(64)
        .address("2001:db8::7")
        .address("2001:db8::9")
        .u16(1025)
        .u16(443)
        .zeros(16);
}

Wire raw_header(std::uint32_t protocol, std::uint32_t frame_length, Wire const& header) {
    auto const padding = (4 - header.size() % 4) % 4;
    return part(1, Wire().u32(protocol).u32(frame_length).u32(4).u32(header.size()).add(header).zeros(padding));
}

HeardTraffic heard(Wire const& datagram) {
    ExportDecoder decoder;
    HeardTraffic traffic;
    decoder.decode(agent, datagram.all(), received, {Place::Unit::packet, 4}, traffic);
    return traffic;
}

TEST(Sflow5, makes_a_scaled_flow_of_a_sampled_ethernet_frame) {
    auto const traffic = heard(datagram_of(1, flow_sample(512, 1, raw_header(1, 1518, ethernet(0x0800, tcp4(1500))))));
    ASSERT_EQ(traffic.records.size(), 1U);
    auto const& flow = traffic.records[0];
    EXPECT_EQ(flow.source.text(), "198.51.100.7");
    EXPECT_EQ(flow.destination.text(), "192.0.2.9");
    EXPECT_EQ(flow.source_port, 1025);
    EXPECT_EQ(flow.destination_port, 443);
    EXPECT_EQ(flow.protocol, 6);
    EXPECT_EQ(flow.packets, 512U);
    EXPECT_EQ(flow.bytes, 512U * 1500U);
    EXPECT_EQ(flow.start, received);
    EXPECT_EQ(flow.end, received);
    EXPECT_TRUE(traffic.faults.empty());
}

TEST(Sflow5, looks_through_a_vlan_tag_to_ipv6) {
    Wire const tagged = ethernet(0x8100, Wire().u16(100).u16(0x86DD).add(tcp6(60)));
    auto const traffic = heard(datagram_of(1, expanded_flow_sample(10, 1, raw_header(1, 118, tagged))));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.records[0].source.text(), "2001:db8::7");
    EXPECT_EQ(traffic.records[0].bytes, 1000U);
}

TEST(Sflow5, reads_raw_ip_headers) {
    auto const parts =
        flow_sample(1, 1, raw_header(11, 100, tcp4(100))).add(flow_sample(1, 1, raw_header(12, 100, tcp6(60))));
    EXPECT_EQ(heard(datagram_of(2, parts)).records.size(), 2U);
}

TEST(Sflow5, reads_sampled_ip_records_where_no_header_is_sampled) {
    Wire const ip4 =
        part(3, Wire().u32(84).u32(17).address("198.51.100.7").address("192.0.2.9").u32(5353).u32(53).u32(0).u32(0));
    Wire const ip6 =
        part(4, Wire().u32(84).u32(58).address("2001:db8::7").address("2001:db8::9").u32(128).u32(0).u32(0).u32(0));
    auto const traffic = heard(datagram_of(2, flow_sample(100, 1, ip4).add(flow_sample(100, 1, ip6))));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].destination_port, 53);
    EXPECT_EQ(traffic.records[0].protocol, 17);
    EXPECT_EQ(traffic.records[0].bytes, 8400U);
    EXPECT_EQ(traffic.records[1].source.text(), "2001:db8::7");
    EXPECT_EQ(traffic.records[1].source_port, 0);
}

TEST(Sflow5, tells_one_flow_for_a_sample_with_several_records) {
    Wire const ip4 =
        part(3, Wire().u32(84).u32(17).address("203.0.113.1").address("192.0.2.9").u32(5353).u32(53).u32(0).u32(0));
    Wire const header = raw_header(1, 1518, ethernet(0x0800, tcp4(1500)));
    for (auto const& parts : {Wire(ip4).add(header), Wire(header).add(ip4)}) {
        auto const traffic = heard(datagram_of(1, flow_sample(1, 2, parts)));
        ASSERT_EQ(traffic.records.size(), 1U);
        EXPECT_EQ(traffic.records[0].source.text(), "198.51.100.7");
    }
}

TEST(Sflow5, skips_counters_other_vendors_and_frames_without_ip) {
    auto const parts = part(2, Wire().zeros(40))
                           .add(part(4, Wire().zeros(44)))
                           .add(part(0x12345001, Wire().zeros(8)))
                           .add(flow_sample(1, 1, raw_header(1, 64, ethernet(0x0806, Wire().zeros(28)))))
                           .add(flow_sample(1, 1, part(1001, Wire().zeros(16))));
    auto const traffic = heard(datagram_of(5, parts));
    EXPECT_TRUE(traffic.records.empty());
    EXPECT_TRUE(traffic.faults.empty());
}

TEST(Sflow5, keeps_what_stands_before_a_fault) {
    auto const sample = flow_sample(1, 1, raw_header(11, 100, tcp4(100)));
    auto const datagram = datagram_of(2, Wire(sample).add(sample));
    auto const traffic = heard(Wire().add(Wire(datagram)).u8(1));
    EXPECT_EQ(traffic.records.size(), 2U);
    ASSERT_EQ(traffic.faults.size(), 1U);
    for (std::size_t cut = 1; cut < sample.size(); ++cut) {
        ExportDecoder decoder;
        HeardTraffic heard_of_it;
        decoder.decode(agent, datagram.first(datagram.size() - cut), received, {Place::Unit::packet, 4}, heard_of_it);
        EXPECT_EQ(heard_of_it.records.size(), 1U);
        ASSERT_EQ(heard_of_it.faults.size(), 1U);
        EXPECT_EQ(heard_of_it.faults[0].first, 4U);
    }
}

TEST(Sflow5, counts_lost_datagrams_of_a_sub_agent) {
    ExportDecoder decoder;
    HeardTraffic traffic;
    for (auto const sequence : {1U, 2U, 6U}) {
        decoder.decode(agent, datagram_of(1, flow_sample(64, 0, {}), sequence).all(), received, {}, traffic);
    }
    ASSERT_EQ(decoder.exporters().size(), 1U);
    EXPECT_EQ(decoder.exporters()[0].lost, 3U);
    EXPECT_EQ(decoder.exporters()[0].sampling, 64U);
    EXPECT_EQ(decoder.lost(), 3U);
}

TEST(Sflow5, is_recognised_as_a_whole_only) {
    auto const datagram = datagram_of(1, flow_sample(1, 1, raw_header(11, 100, tcp4(100))));
    EXPECT_TRUE(ExportDecoder::recognises(datagram.all()));
    for (std::size_t size = 0; size < datagram.size(); ++size) {
        EXPECT_FALSE(ExportDecoder::recognises(datagram.first(size)));
    }
    EXPECT_FALSE(ExportDecoder::recognises(Wire(datagram).u8(0).all()));
}

}  // namespace
}  // namespace kula::formats
