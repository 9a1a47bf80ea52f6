#include "formats/packet.hpp"

#include <gtest/gtest.h>

#include "capture_bytes.hpp"

namespace kula::formats {
namespace {

using namespace testing;

Wire some_udp() { return udp({}, Wire().u32(0x01020304)); }

void expect_some_udp(Dissection const& found) {
    ASSERT_EQ(found.content, Content::ip);
    EXPECT_EQ(found.packet.source.text(), "192.0.2.1");
    EXPECT_EQ(found.packet.destination.text(), "198.51.100.7");
    EXPECT_EQ(found.packet.protocol, 17);
    EXPECT_EQ(found.packet.source_port, 40000);
    EXPECT_EQ(found.packet.destination_port, 53);
    EXPECT_EQ(found.packet.ip_bytes, 32u);
    EXPECT_EQ(found.packet.udp_payload.size(), 4u);
    EXPECT_FALSE(found.packet.is_cut);
}

TEST(Packet, is_found_behind_every_link_that_a_router_or_tcpdump_writes) {
    auto const packet = some_udp();
    std::vector<std::pair<LinkType, Wire>> const frames{
        {LinkType::ethernet, ethernet(packet)},
        {LinkType::raw, packet},
        {LinkType::raw_bsd, packet},
        {LinkType::raw_openbsd, packet},
        {LinkType::ipv4, packet},
        {LinkType::null, Wire().u32(0x02000000).add(packet)},
        {LinkType::null, Wire().u32(2).add(packet)},
        {LinkType::loop, Wire().u32(2).add(packet)},
        {LinkType::ppp, Wire().u16(0xff03).u16(0x0021).add(packet)},
        {LinkType::ppp, Wire().u16(0x0021).add(packet)},
        {LinkType::ppp, Wire().u8(0x21).add(packet)},
        {LinkType::ppp_hdlc, Wire().u16(0xff03).u16(0x0021).add(packet)},
        {LinkType::cisco_hdlc, Wire().u16(0x0f00).u16(0x0800).add(packet)},
        {LinkType::pppoe, Wire().u16(0x1100).u16(1).u16(34).u16(0x0021).add(packet)},
        {LinkType::linux_cooked, Wire().u16(0).u16(1).u16(6).zeros(8).u16(0x0800).add(packet)},
        {LinkType::linux_cooked_2, Wire().u16(0x0800).zeros(18).add(packet)},
    };
    for (auto const& [link, frame] : frames) {
        SCOPED_TRACE(static_cast<int>(link));
        expect_some_udp(dissect(link, frame.all()));
    }
}

TEST(Packet, is_found_behind_tags_labels_and_sessions) {
    auto const packet = some_udp();
    std::vector<Wire> const frames{
        ethernet(0x8100, Wire().u16(7).u16(0x0800).add(packet)),
        ethernet(0x88a8, Wire().u16(7).u16(0x8100).u16(8).u16(0x0800).add(packet)),
        ethernet(0x9100, Wire().u16(7).u16(0x8100).u16(8).u16(0x0800).add(packet)),
        ethernet(0x8847, Wire().u32(0x00010040).u32(0x00020140).add(packet)),
        ethernet(0x8864, Wire().u16(0x1100).u16(1).u16(34).u16(0x0021).add(packet)),
        ethernet(8 + 32, Wire().u16(0xaaaa).u8(3).zeros(3).u16(0x0800).add(packet)),
    };
    for (auto const& frame : frames) expect_some_udp(dissect(LinkType::ethernet, frame.all()));
    auto const tagged = Wire().u16(0x8100).zeros(18).u16(7).u16(0x0800).add(packet);
    expect_some_udp(dissect(LinkType::linux_cooked_2, tagged.all()));
}

TEST(Packet, that_is_not_ip_is_neither_traffic_nor_broken) {
    EXPECT_EQ(dissect(LinkType::ethernet, ethernet(0x0806, Wire().zeros(28)).all()).content, Content::other);
    EXPECT_EQ(dissect(LinkType::ethernet, ethernet(38, Wire().u16(0x4242).zeros(36)).all()).content, Content::other);
    EXPECT_EQ(dissect(LinkType::null, Wire().u32(0x07000000).zeros(20).all()).content, Content::other);
    EXPECT_EQ(dissect(LinkType::ppp, Wire().u16(0xff03).u16(0xc021).zeros(8).all()).content, Content::other);
}

TEST(Packet, that_is_cut_before_its_addresses_is_broken) {
    auto const frame = ethernet(some_udp());
    for (std::size_t size = 0; size < 14 + 20; ++size) {
        EXPECT_EQ(dissect(LinkType::ethernet, frame.first(size)).content, Content::broken) << size;
    }
    auto const other_version = ethernet(0x0800, Wire().u8(0x55).zeros(40));
    EXPECT_EQ(dissect(LinkType::ethernet, other_version.all()).content, Content::broken);
    auto const short_header = ethernet(0x0800, Wire().u8(0x44).zeros(40));
    EXPECT_EQ(dissect(LinkType::ethernet, short_header.all()).content, Content::broken);
    EXPECT_EQ(dissect(LinkType(147), frame.all()).content, Content::unknown_link);
}

TEST(Packet, that_is_cut_behind_its_addresses_counts_without_ports) {
    auto const frame = ethernet(some_udp());
    for (std::size_t size = 34; size < frame.size(); ++size) {
        auto const found = dissect(LinkType::ethernet, frame.first(size), frame.size());
        ASSERT_EQ(found.content, Content::ip);
        EXPECT_TRUE(found.packet.is_cut);
        EXPECT_EQ(found.packet.ip_bytes, 32u);
        EXPECT_EQ(found.packet.has_ports, size >= 38);
        EXPECT_EQ(found.packet.destination_port, size >= 38 ? 53 : 0);
    }
}

TEST(Packet, leaves_link_padding_out) {
    auto const padded = ethernet(some_udp()).zeros(14);
    expect_some_udp(dissect(LinkType::ethernet, padded.all()));
}

TEST(Packet, has_its_length_on_the_wire_where_segmentation_offload_says_0) {
    auto const segment = ipv4("192.0.2.1", "198.51.100.7", 6, tcp_segment(1, 2, 100), {.told_length = 0});
    EXPECT_EQ(dissect(LinkType::ethernet, ethernet(segment).all()).packet.ip_bytes, 140u);
    EXPECT_EQ(dissect(LinkType::ethernet, ethernet(segment).all(), 40014).packet.ip_bytes, 40000u);
    EXPECT_EQ(dissect(LinkType::ethernet, ethernet(segment).all(), 40014).packet.destination_port, 2);
    auto const jumbo = Wire()
                           .u32(0x60000000)
                           .u16(0)
                           .u8(6)
                           .u8(64)
                           .address("2001:db8::1")
                           .address("2001:db8::2")
                           .add(tcp_segment(1, 2, 10));
    EXPECT_EQ(dissect(LinkType::raw, jumbo.all(), 70000).packet.ip_bytes, 70000u);
}

TEST(Packet, walks_ipv4_options) {
    auto packet = Wire()
                      .u8(0x46)
                      .u8(0)
                      .u16(24 + 20)
                      .u16(1)
                      .u16(0)
                      .u8(64)
                      .u8(6)
                      .u16(0)
                      .address("192.0.2.1")
                      .address("192.0.2.2")
                      .u32(0x01010101)
                      .add(tcp_segment(1000, 443));
    auto const found = dissect(LinkType::raw, packet.all());
    EXPECT_EQ(found.packet.source_port, 1000);
    EXPECT_EQ(found.packet.destination_port, 443);
    EXPECT_EQ(found.packet.ip_bytes, 44u);
}

TEST(Packet, walks_ipv6_extension_headers) {
    auto const chain = Wire()
                           .u8(43)
                           .u8(0)
                           .zeros(6)  // hop by hop
                           .u8(60)
                           .u8(1)
                           .zeros(14)  // routing, 16 bytes
                           .u8(51)
                           .u8(0)
                           .zeros(6)  // destination options
                           .u8(6)
                           .u8(4)
                           .zeros(22)  // authentication, 24 bytes
                           .add(tcp_segment(1000, 443));
    auto const found = dissect(LinkType::ethernet, ethernet(ipv6("2001:db8::1", "2001:db8::2", 0, chain)).all());
    ASSERT_EQ(found.content, Content::ip);
    EXPECT_EQ(found.packet.protocol, 6);
    EXPECT_EQ(found.packet.destination_port, 443);
    EXPECT_EQ(found.packet.ip_bytes, 40u + chain.size());
}

TEST(Packet, gives_up_on_an_endless_chain_of_headers) {
    Wire chain;
    for (int i = 0; i < 100; ++i) chain.u8(60).u8(0).zeros(6);
    auto const found = dissect(LinkType::raw, ipv6("2001:db8::1", "2001:db8::2", 60, chain).all());
    EXPECT_EQ(found.content, Content::ip);
    EXPECT_FALSE(found.packet.has_ports);
}

TEST(Packet, has_ports_of_tcp_udp_sctp_dccp_and_udp_lite_only) {
    for (int const protocol : {6, 17, 33, 132, 136, 1, 47, 58, 50}) {
        auto const packet =
            ipv4("192.0.2.1", "192.0.2.2", static_cast<std::uint8_t>(protocol), Wire().u16(10).u16(20).zeros(8));
        auto const found = dissect(LinkType::raw, packet.all()).packet;
        bool const has_ports = protocol != 1 && protocol != 47 && protocol != 58 && protocol != 50;
        EXPECT_EQ(found.has_ports, has_ports) << protocol;
        EXPECT_EQ(found.destination_port, has_ports ? 20 : 0) << protocol;
    }
}

TEST(Packet, tells_fragments) {
    auto const first = ipv4("192.0.2.1", "192.0.2.2", 17, udp_segment(1, 2, Wire().zeros(8)), {9, 0x2000});
    auto const found = dissect(LinkType::raw, first.all()).packet;
    ASSERT_TRUE(found.fragment);
    EXPECT_TRUE(found.fragment->is_first());
    EXPECT_TRUE(found.fragment->more);
    EXPECT_EQ(found.fragment->id, 9u);
    EXPECT_EQ(found.destination_port, 2);

    auto const last = ipv4("192.0.2.1", "192.0.2.2", 17, Wire().u32(0x00010002), {9, 2});
    auto const later = dissect(LinkType::raw, last.all()).packet;
    ASSERT_TRUE(later.fragment);
    EXPECT_EQ(later.fragment->offset, 16u);
    EXPECT_FALSE(later.fragment->more);
    EXPECT_FALSE(later.has_ports);
    EXPECT_EQ(later.ip_payload.size(), 4u);
}

TEST(Packet, tells_ipv6_fragments_and_takes_an_atomic_one_as_whole) {
    auto const segment = udp_segment(1, 2, Wire().zeros(8));
    auto const first =
        dissect(LinkType::raw,
                ipv6("2001:db8::1", "2001:db8::2", 44, Wire().u8(17).u8(0).u16(1).u32(77).add(segment)).all())
            .packet;
    ASSERT_TRUE(first.fragment);
    EXPECT_EQ(first.fragment->id, 77u);
    EXPECT_EQ(first.protocol, 17);
    EXPECT_EQ(first.destination_port, 2);
    EXPECT_EQ(first.ip_payload.size(), 16u);

    auto const later =
        dissect(LinkType::raw,
                ipv6("2001:db8::1", "2001:db8::2", 44, Wire().u8(17).u8(0).u16(16).u32(77).add(segment)).all())
            .packet;
    ASSERT_TRUE(later.fragment);
    EXPECT_EQ(later.fragment->offset, 16u);
    EXPECT_FALSE(later.has_ports);

    auto const atomic =
        dissect(LinkType::raw,
                ipv6("2001:db8::1", "2001:db8::2", 44, Wire().u8(17).u8(0).u16(0).u32(77).add(segment)).all())
            .packet;
    EXPECT_FALSE(atomic.fragment);
    EXPECT_EQ(atomic.destination_port, 2);
}

TEST(Packet, whose_udp_length_is_wrong_is_cut) {
    auto const longer = ipv4("192.0.2.1", "192.0.2.2", 17, Wire().u16(1).u16(2).u16(100).u16(0).zeros(10));
    EXPECT_TRUE(dissect(LinkType::raw, longer.all()).packet.is_cut);
    auto const too_short = ipv4("192.0.2.1", "192.0.2.2", 17, Wire().u16(1).u16(2).u16(7).u16(0).zeros(10));
    EXPECT_TRUE(dissect(LinkType::raw, too_short.all()).packet.is_cut);
    auto const shorter = ipv4("192.0.2.1", "192.0.2.2", 17, Wire().u16(1).u16(2).u16(10).u16(0).zeros(10));
    EXPECT_EQ(dissect(LinkType::raw, shorter.all()).packet.udp_payload.size(), 2u);
    EXPECT_FALSE(dissect(LinkType::raw, shorter.all()).packet.is_cut);
}

}  // namespace
}  // namespace kula::formats
