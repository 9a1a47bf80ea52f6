#include "formats/capture.hpp"

#include <gmock/gmock.h>

#include "capture_bytes.hpp"
#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Order = CaptureFile::Order;

constexpr std::uint32_t noon = 1'800'000'000;

Wire tcp_frame(std::uint16_t source_port = 1000, std::size_t payload = 60) {
    return ethernet(ipv4("192.0.2.1", "198.51.100.7", 6, tcp_segment(source_port, 443, payload)));
}

struct Replayed {
    ToldTraffic told;
    std::uint64_t packets = 0;
};

Replayed replay(std::span<std::byte const> bytes, InputEnd end = InputEnd::reached,
                CaptureOptions const& options = {}) {
    Replayed replayed;
    ExportDecoder exports;
    CaptureDecoder decoder(exports, options);
    EXPECT_TRUE(feed(decoder, bytes, replayed.told, end));
    replayed.packets = decoder.packets();
    return replayed;
}

TEST(Pcap, is_read_in_both_byte_orders_and_all_units) {
    for (auto const order : {Order::little, Order::big}) {
        for (std::uint32_t const magic : {0xa1b2c3d4u, 0xa1b23c4du}) {
            CaptureFile file(order);
            std::uint32_t const fraction = magic == 0xa1b23c4d ? 250'000'999 : 250'000;
            file.pcap_header(1, magic).pcap_packet(noon, fraction, tcp_frame().all());
            EXPECT_THAT(replay(file.all()).told.records,
                        ElementsAre("flow 192.0.2.1 1000 > 198.51.100.7 443 protocol 6 packets 1 bytes 100 "
                                    "2027-01-15T08:00:00.250000Z 2027-01-15T08:00:00.250000Z"));
        }
    }
}

TEST(Pcap, with_the_modified_header_is_read) {
    CaptureFile file;
    auto const frame = tcp_frame();
    file.pcap_header(1, 0xa1b2cd34);
    for (int i = 0; i < 2; ++i) {
        file.number(noon, 4).number(0, 4).number(frame.size(), 4).number(frame.size(), 4).number(0, 8).raw(frame.all());
    }
    auto const replayed = replay(file.all());
    EXPECT_EQ(replayed.packets, 2u);
    ASSERT_EQ(replayed.told.all_flows.size(), 1u);
    EXPECT_EQ(replayed.told.all_flows[0].packets, 2u);
}

TEST(Pcap, that_ends_within_a_packet_has_one_fault) {
    CaptureFile file;
    file.pcap_header().pcap_packet(noon, 0, tcp_frame().all()).pcap_packet(noon, 1, tcp_frame().all());
    for (std::size_t size = 24 + 16 + 114 + 1; size < file.size(); ++size) {
        auto const replayed = replay(file.all().first(size));
        EXPECT_EQ(replayed.packets, 1u);
        EXPECT_THAT(replayed.told.faults, ElementsAre("packet 2: capture ends within a packet"));
    }
}

TEST(Pcap, that_was_cut_with_notice_has_no_fault_of_its_own) {
    CaptureFile file;
    file.pcap_header().pcap_packet(noon, 0, tcp_frame().all()).pcap_packet(noon, 1, tcp_frame().all());
    auto const replayed = replay(file.all().first(file.size() - 7), InputEnd::cut);
    EXPECT_EQ(replayed.packets, 1u);
    EXPECT_THAT(replayed.told.faults, IsEmpty());
    EXPECT_EQ(replayed.told.all_flows.size(), 1u);
}

TEST(Pcap, goes_on_behind_a_damaged_record) {
    CaptureFile file;
    file.pcap_header();
    for (std::uint32_t i = 0; i < 5; ++i) file.pcap_packet(noon + i, 0, tcp_frame().all());
    auto const damaged = [&](std::size_t at, std::uint32_t captured) {
        std::vector<std::byte> bytes(file.all().begin(), file.all().end());
        std::memcpy(bytes.data() + at, &captured, sizeof captured);
        return replay(bytes);
    };
    std::size_t const third = 24 + 2 * (16 + 114) + 8;
    auto const impossible = damaged(third, 0xfffffff0);
    EXPECT_EQ(impossible.packets, 4u);
    EXPECT_THAT(impossible.told.faults, ElementsAre("packet 3: packet record is damaged"));
    // A length that could be true hides the packet behind it, and is found out there.
    auto const plausible = damaged(third, 150);
    EXPECT_GE(plausible.packets, 4u);
    EXPECT_EQ(plausible.told.faults.size(), 1u);
    auto const beyond_the_end = damaged(third, 100'000);
    EXPECT_EQ(beyond_the_end.packets, 4u);
    EXPECT_THAT(beyond_the_end.told.faults, ElementsAre("packet 3: capture ends within a packet"));
}

TEST(Pcap, written_behind_another_is_read_on) {
    CaptureFile file;
    file.pcap_header().pcap_packet(noon, 0, tcp_frame().all());
    CaptureFile second(Order::big);
    second.pcap_header(101, 0xa1b23c4d)
        .pcap_packet(noon + 1, 5000, ipv4("192.0.2.9", "192.0.2.8", 1, Wire().u16(0x0800).zeros(6)).all());
    CaptureFile both;
    both.raw(file.all()).raw(second.all());
    EXPECT_EQ(replay(both.all()).packets, 2u);
    EXPECT_THAT(replay(both.all()).told.faults, IsEmpty());
}

TEST(Pcap, written_behind_one_that_was_cut_is_found) {
    CaptureFile first;
    first.pcap_header().pcap_packet(noon, 0, tcp_frame(1).all());
    CaptureFile second;
    second.pcap_header().pcap_packet(noon, 0, tcp_frame(2).all()).pcap_packet(noon + 1, 0, tcp_frame(2).all());
    CaptureFile both;
    both.raw(first.all().first(first.size() - 10)).raw(second.all());
    auto const replayed = replay(both.all());
    EXPECT_EQ(replayed.packets, 3u);
    EXPECT_EQ(replayed.told.faults.size(), 1u);
}

TEST(Pcap, header_alone_is_an_empty_capture) {
    auto const replayed = replay(CaptureFile().pcap_header().all());
    EXPECT_THAT(replayed.told.faults, IsEmpty());
    EXPECT_THAT(replayed.told.records, IsEmpty());
    EXPECT_THAT(replay(CaptureFile().pcap_header().all().first(20)).told.faults, ElementsAre(HasSubstr("packet 1")));
}

TEST(Capture, that_is_none_is_one_fault) {
    EXPECT_THAT(replay(Wire().u32(0x12345678).zeros(100).all()).told.faults,
                ElementsAre("byte 0: input is no capture"));
    EXPECT_THAT(replay({}).told.faults, IsEmpty());
}

TEST(Capture, of_an_unknown_link_has_a_fault_a_packet) {
    CaptureFile file;
    file.pcap_header(105).pcap_packet(noon, 0, tcp_frame().all()).pcap_packet(noon, 0, tcp_frame().all());
    EXPECT_THAT(replay(file.all()).told.faults,
                ElementsAre("packet 1: link type is not known", "packet 2: link type is not known"));
}

std::vector<std::byte> option(Order order, std::uint16_t code, std::uint64_t value, int length) {
    CaptureFile bytes(order);
    bytes.number(code, 2).number(static_cast<std::uint64_t>(length), 2).number(value, length);
    while (bytes.size() % 4 != 0) bytes.number(0, 1);
    return {bytes.all().begin(), bytes.all().end()};
}

TEST(Pcapng, is_read_in_both_byte_orders_with_the_units_of_its_interfaces) {
    for (auto const order : {Order::little, Order::big}) {
        CaptureFile file(order);
        auto offset = option(order, 14, 100, 8);
        auto const nanoseconds = option(order, 9, 9, 1);
        offset.insert(offset.end(), nanoseconds.begin(), nanoseconds.end());
        file.section().interface(1).interface(101, option(order, 9, 0x80 | 10, 1)).interface(113, offset);
        auto const cooked = Wire().u16(0).u16(1).u16(6).zeros(8).u16(0x0800).add(
            ipv4("192.0.2.3", "198.51.100.7", 6, tcp_segment(3, 443)));
        file.enhanced(0, noon * 1'000'000ull + 500'000, tcp_frame(1, 1).all());
        file.enhanced(1, noon * 1024ull + 512, ipv4("192.0.2.2", "198.51.100.7", 6, tcp_segment(2, 443)).all());
        file.enhanced(2, (noon - 100) * 1'000'000'000ull + 500'000'999, cooked.all());
        auto const replayed = replay(file.all());
        EXPECT_THAT(replayed.told.faults, IsEmpty());
        ASSERT_EQ(replayed.told.all_flows.size(), 3u);
        for (auto const& flow : replayed.told.all_flows) {
            EXPECT_EQ(base::to_text(flow.start), "2027-01-15T08:00:00.500000Z");
        }
        EXPECT_EQ(replayed.told.all_flows[2].source.text(), "192.0.2.3");
    }
}

TEST(Pcapng, steps_over_unknown_blocks_and_reads_simple_and_obsolete_ones) {
    CaptureFile file;
    auto const frame = tcp_frame();
    file.section().interface(1, {}, 80).block(0x0bad, Wire().zeros(33).all()).block(5, Wire().zeros(8).all());
    file.block(3, CaptureFile().number(frame.size(), 4).raw(frame.first(80)).all());
    CaptureFile obsolete;
    obsolete.number(0, 2).number(0, 2).number(0, 8).number(frame.size(), 4).number(frame.size(), 4).raw(frame.all());
    file.block(2, obsolete.all());
    auto const replayed = replay(file.all());
    EXPECT_EQ(replayed.packets, 2u);
    EXPECT_THAT(replayed.told.faults, IsEmpty());
    ASSERT_EQ(replayed.told.all_flows.size(), 1u);
    EXPECT_EQ(replayed.told.all_flows[0].bytes, 200u);
}

TEST(Pcapng, describes_interfaces_anew_in_every_section) {
    CaptureFile file;
    file.section().interface(1).enhanced(0, 0, tcp_frame(1).all());
    CaptureFile second(Order::big);
    second.section().interface(101).enhanced(0, 1, ipv4("192.0.2.1", "192.0.2.2", 6, tcp_segment(2, 3)).all());
    second.enhanced(1, 1, tcp_frame().all());
    file.raw(second.all());
    auto const replayed = replay(file.all());
    EXPECT_EQ(replayed.told.all_flows.size(), 2u);
    EXPECT_THAT(replayed.told.faults, ElementsAre("packet 3: packet names an interface that was not described"));
}

TEST(Pcapng, goes_on_behind_a_damaged_block) {
    CaptureFile file;
    file.section().interface(1);
    auto const begin = file.size();
    for (std::uint64_t i = 0; i < 4; ++i) file.enhanced(0, i, tcp_frame().all());
    auto const block = (file.size() - begin) / 4;
    for (std::uint32_t const length : {0u, 7u, 16u, 148u - 4u, 0x7fffffffu, 1024u * 1024u}) {
        std::vector<std::byte> bytes(file.all().begin(), file.all().end());
        std::memcpy(bytes.data() + begin + block + 4, &length, sizeof length);
        auto const replayed = replay(bytes);
        EXPECT_EQ(replayed.packets, 3u) << length;
        ASSERT_EQ(replayed.told.faults.size(), 1u) << length;
        EXPECT_THAT(replayed.told.faults[0], HasSubstr("packet 2:")) << length;
    }
}

TEST(Pcapng, that_ends_within_a_block_has_one_fault) {
    CaptureFile file;
    file.section().interface(1).enhanced(0, 0, tcp_frame().all());
    auto const whole = file.size();
    file.enhanced(0, 1, tcp_frame().all());
    for (auto size = whole + 1; size < file.size(); ++size) {
        EXPECT_THAT(replay(file.all().first(size)).told.faults, ElementsAre("packet 2: capture ends within a packet"));
    }
}

TEST(Capture, decodes_exports_on_their_ports_and_recognises_them_elsewhere) {
    CaptureFile file;
    file.pcap_header();
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 2055}, netflow5_datagram(3))).all());
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 12345}, netflow5_datagram(2, 3))).all());
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 53}, Wire().u32(0x00050001).zeros(8))).all());
    auto const replayed = replay(file.all());
    EXPECT_THAT(replayed.told.faults, IsEmpty());
    EXPECT_EQ(replayed.told.datagrams5, 2u);
    ASSERT_EQ(replayed.told.all_flows.size(), 6u);
    EXPECT_EQ(replayed.told.all_flows[0].destination.text(), "203.0.113.9");
    EXPECT_EQ(replayed.told.all_flows[5].destination_port, 53);
}

TEST(Capture, tells_netflow5_in_place) {
    class Places final : public TrafficSink {
    public:
        void flows(std::span<Flow const>) override {}
        void netflow5(Netflow5 const& datagram) override { places.push_back(datagram.records()); }
        void names(Flow const&, std::span<SeenName const>) override {}
        void undecodable(Place, std::string_view) override {}
        std::vector<std::byte const*> places;
    };
    CaptureFile file;
    file.pcap_header().pcap_packet(noon, 0, ethernet(udp({.destination_port = 9995}, netflow5_datagram(1))).all());
    Places places;
    ExportDecoder exports;
    CaptureDecoder decoder(exports);
    feed(decoder, file.all(), places);
    EXPECT_THAT(places.places, ElementsAre(file.all().data() + 24 + 16 + 14 + 20 + 8 + 24));
}

TEST(Capture, counts_a_broken_packet_on_an_export_port_once_and_never_as_a_flow) {
    CaptureFile file;
    file.pcap_header();
    auto const whole = ethernet(udp({.destination_port = 2055}, netflow5_datagram(3)));
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 4739}, Wire().u32(0x12345678))).all());
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 4739}, Wire())).all());
    file.pcap_packet(noon, 0, whole.first(whole.size() - 48), whole.size());
    file.pcap_packet(noon, 0, whole.first(14 + 20 + 6), whole.size());
    auto const replayed = replay(file.all());
    ASSERT_EQ(replayed.told.faults.size(), 4u);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_THAT(replayed.told.faults[i], HasSubstr("packet " + std::to_string(i + 1) + ":"));
    }
    EXPECT_EQ(replayed.told.all_flows.size(), 2u);  // the whole records before the cut
}

TEST(Capture, tells_a_cut_datagram_even_where_the_format_cannot) {
    // NetFlow v9 has no length: a template set alone, of a datagram that was longer.
    auto const datagram = netflow9(Wire().set(0, shape(256, {{8, 4}})));
    auto const frame = ethernet(udp({.destination_port = 2055}, Wire().add(datagram).zeros(40)));
    CaptureFile file;
    file.pcap_header().pcap_packet(noon, 0, frame.first(frame.size() - 40), frame.size());
    EXPECT_THAT(replay(file.all()).told.faults, ElementsAre("packet 1: flow export is cut short"));
}

TEST(Capture, tells_a_cut_datagram_whose_data_waits_once) {
    auto const datagram = netflow9(Wire().set(300, Wire().zeros(8)));
    auto const frame = ethernet(udp({.destination_port = 2055}, Wire().add(datagram).zeros(40)));
    CaptureFile file;
    file.pcap_header().pcap_packet(noon, 0, frame.first(frame.size() - 40), frame.size());
    EXPECT_THAT(replay(file.all()).told.faults, ElementsAre("packet 1: flow export is cut short"));
}

TEST(Capture, keeps_templates_for_the_next_file) {
    ExportDecoder exports;
    ToldTraffic told;
    auto const file_of = [](Wire const& sets, std::uint32_t sequence) {
        CaptureFile file;
        file.pcap_header().pcap_packet(noon, 0,
                                       ethernet(udp({.destination_port = 2055}, netflow9(sets, sequence))).all());
        return file;
    };
    auto const first = file_of(Wire().set(0, shape(256, {{8, 4}, {12, 4}})), 0);
    auto const second = file_of(Wire().set(256, Wire().address("192.0.2.1").address("192.0.2.2")), 1);
    CaptureDecoder one(exports);
    feed(one, first.all(), told);
    CaptureDecoder two(exports);
    feed(two, second.all(), told);
    ASSERT_EQ(told.all_flows.size(), 1u);
    EXPECT_EQ(told.all_flows[0].destination.text(), "192.0.2.2");
}

TEST(Capture, takes_other_export_ports) {
    CaptureOptions options;
    options.export_ports = {7777};
    CaptureFile file;
    file.pcap_header();
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 7777}, Wire().u32(1))).all());
    file.pcap_packet(noon, 0, ethernet(udp({.destination_port = 2055}, Wire().u32(1))).all());
    auto const replayed = replay(file.all(), InputEnd::reached, options);
    EXPECT_EQ(replayed.told.faults.size(), 1u);
    EXPECT_EQ(replayed.told.all_flows.size(), 1u);
}

/// Frames of one IPv4 packet, cut into fragments of at most `most` bytes (a multiple of eight).
std::vector<Wire> fragments_of(std::uint8_t protocol, Wire const& segment, std::size_t most, std::uint16_t id = 7) {
    std::vector<Wire> frames;
    for (std::size_t at = 0; at < segment.size(); at += most) {
        auto const size = std::min(most, segment.size() - at);
        Wire part;
        for (auto const byte : segment.all().subspan(at, size)) part.u8(std::to_integer<std::uint8_t>(byte));
        auto const more = at + size < segment.size() ? 0x2000u : 0u;
        auto const word = static_cast<std::uint16_t>(more | at / 8);
        frames.push_back(ethernet(ipv4("192.0.2.1", "198.51.100.7", protocol, part, {id, word})));
    }
    return frames;
}

Replayed replay_frames(std::vector<Wire> const& frames, std::uint32_t seconds_apart = 0) {
    CaptureFile file;
    file.pcap_header();
    std::uint32_t time = noon;
    for (auto const& frame : frames) {
        file.pcap_packet(time, 0, frame.all());
        time += seconds_apart;
    }
    return replay(file.all());
}

TEST(Fragments, of_an_export_are_put_together_in_any_order) {
    auto frames = fragments_of(17, udp_segment(40000, 2055, netflow5_datagram(20)), 104);
    std::mt19937 random(3);
    for (int round = 0; round < 20; ++round) {
        auto const replayed = replay_frames(frames);
        EXPECT_THAT(replayed.told.faults, IsEmpty());
        EXPECT_EQ(replayed.told.all_flows.size(), 20u);
        std::shuffle(frames.begin(), frames.end(), random);
    }
}

TEST(Fragments, of_an_ipv6_export_are_put_together) {
    auto const segment = udp_segment(40000, 9995, netflow5_datagram(3));
    std::vector<Wire> frames;
    for (std::size_t at = 0; at < segment.size(); at += 64) {
        auto const size = std::min<std::size_t>(64, segment.size() - at);
        Wire part;
        part.u8(17).u8(0).u16(at | (at + size < segment.size() ? 1u : 0u)).u32(99);
        for (auto const byte : segment.all().subspan(at, size)) part.u8(std::to_integer<std::uint8_t>(byte));
        frames.push_back(ethernet(ipv6("2001:db8::1", "2001:db8::2", 44, part)));
    }
    std::reverse(frames.begin(), frames.end());
    auto const replayed = replay_frames(frames);
    EXPECT_THAT(replayed.told.faults, IsEmpty());
    EXPECT_EQ(replayed.told.all_flows.size(), 3u);
}

TEST(Fragments, that_overlap_do_not_change_what_came_first) {
    auto frames = fragments_of(17, udp_segment(40000, 2055, netflow5_datagram(3)), 64);
    auto const forged = ethernet(ipv4("192.0.2.1", "198.51.100.7", 17, Wire().zeros(64), {7, 0x2000 | 8}));
    frames.insert(frames.begin() + 2, forged);
    auto const replayed = replay_frames(frames);
    EXPECT_THAT(replayed.told.faults, IsEmpty());
    ASSERT_EQ(replayed.told.all_flows.size(), 3u);
    EXPECT_EQ(replayed.told.all_flows[1].source.text(), "192.0.2.1");
}

TEST(Fragments, that_were_captured_twice_count_twice_with_ports) {
    auto const twice = [](std::vector<Wire> const& frames) {
        std::vector<Wire> doubled;
        for (auto const& frame : frames) doubled.insert(doubled.end(), 2, frame);
        return replay_frames(doubled);
    };
    auto const ordinary = twice(fragments_of(17, udp_segment(1000, 443, Wire().zeros(400)), 104));
    ASSERT_EQ(ordinary.told.all_flows.size(), 1u);
    EXPECT_EQ(ordinary.told.all_flows[0].packets, 8u);
    EXPECT_EQ(ordinary.told.all_flows[0].destination_port, 443);
    auto const exported = twice(fragments_of(17, udp_segment(40000, 2055, netflow5_datagram(4)), 104));
    EXPECT_EQ(exported.told.all_flows.size(), 4u);
    EXPECT_THAT(exported.told.faults, IsEmpty());
}

TEST(Fragments, with_a_number_that_was_used_before_are_another_packet) {
    auto frames = fragments_of(17, udp_segment(40000, 2055, netflow5_datagram(4)), 104);
    auto const again = frames;
    frames.insert(frames.end(), again.begin(), again.end());
    EXPECT_EQ(replay_frames(frames).told.all_flows.size(), 8u);
}

TEST(Fragments, of_an_export_that_never_gets_whole_are_one_fault) {
    auto frames = fragments_of(17, udp_segment(40000, 2055, netflow5_datagram(20)), 104);
    frames.erase(frames.begin() + 3);
    auto const replayed = replay_frames(frames);
    EXPECT_THAT(replayed.told.faults, ElementsAre("packet 1: flow export lacks fragments"));
    EXPECT_THAT(replayed.told.records, IsEmpty());
}

TEST(Fragments, of_ordinary_packets_count_with_the_ports_of_the_first) {
    for (int const protocol : {6, 17}) {
        auto frames = fragments_of(static_cast<std::uint8_t>(protocol), udp_segment(1000, 443, Wire().zeros(400)), 104);
        std::rotate(frames.begin(), frames.begin() + 2, frames.end());
        auto const replayed = replay_frames(frames);
        ASSERT_EQ(replayed.told.all_flows.size(), 1u);
        EXPECT_EQ(replayed.told.all_flows[0].packets, 4u);
        EXPECT_EQ(replayed.told.all_flows[0].bytes, 408u + 4 * 20);
        EXPECT_EQ(replayed.told.all_flows[0].destination_port, 443);
    }
}

TEST(Fragments, without_a_first_one_count_without_ports) {
    auto frames = fragments_of(17, udp_segment(1000, 443, Wire().zeros(400)), 104);
    frames.erase(frames.begin());
    auto const replayed = replay_frames(frames);
    ASSERT_EQ(replayed.told.all_flows.size(), 1u);
    EXPECT_EQ(replayed.told.all_flows[0].packets, 3u);
    EXPECT_EQ(replayed.told.all_flows[0].destination_port, 0);
}

TEST(Fragments, are_given_up_with_time_and_in_great_number) {
    auto const frames = fragments_of(17, udp_segment(40000, 2055, netflow5_datagram(4)), 104);
    auto const late = replay_frames(frames, 31);
    EXPECT_THAT(late.told.faults, ElementsAre("packet 1: flow export lacks fragments"));
    ASSERT_EQ(late.told.all_flows.size(), 1u);
    EXPECT_EQ(late.told.all_flows[0].destination_port, 0);

    std::vector<Wire> many;
    for (int id = 0; id < 10'000; ++id) {
        auto const word = std::uint16_t{0x2000 | 8000};
        many.push_back(
            ethernet(ipv4("192.0.2.1", "198.51.100.7", 17, Wire().zeros(8), {static_cast<std::uint16_t>(id), word})));
    }
    auto const replayed = replay_frames(many);
    ASSERT_EQ(replayed.told.all_flows.size(), 1u);
    EXPECT_EQ(replayed.told.all_flows[0].packets, 10'000u);
}

CaptureFile mixed_capture(bool is_pcapng) {
    CaptureFile file;
    if (is_pcapng) {
        file.section().interface(1);
    } else {
        file.pcap_header();
    }
    std::uint32_t time = noon;
    auto const add = [&](Wire const& frame) {
        ++time;
        if (is_pcapng) {
            file.enhanced(0, time * 1'000'000ull, frame.all());
        } else {
            file.pcap_packet(time, 0, frame.all());
        }
    };
    add(tcp_frame());
    add(ethernet(udp({.destination_port = 2055}, netflow5_datagram(3))));
    add(ethernet(udp({.destination_port = 2055}, Wire().u16(9))));
    for (auto const& frame : fragments_of(17, udp_segment(1, 4739, netflow5_datagram(5)), 104)) add(frame);
    add(ethernet(0x0806, Wire().zeros(28)));
    file.number(0xfffffff0, 4).number(0xfffffff0, 4).number(0xfffffff0, 4);  // damage
    add(tcp_frame(7));
    add(ethernet(udp({"2001:db8::1", "2001:db8::2", 1, 2}, Wire().zeros(5))));
    add(tcp_frame(7));
    return file;
}

TEST(Capture, tells_the_same_however_it_is_split) {
    for (bool const is_pcapng : {false, true}) {
        auto const file = mixed_capture(is_pcapng);
        std::mt19937 random(11);
        for (std::size_t cut = 0; cut < 40; ++cut) {
            auto const bytes = file.all().first(file.size() - cut);
            auto const whole = replay(bytes);
            EXPECT_GE(whole.told.records.size(), 10u);
            ExportDecoder exports;
            CaptureDecoder decoder(exports);
            ToldTraffic told;
            ASSERT_TRUE(feed_in_pieces(decoder, bytes, random, told));
            EXPECT_EQ(told.records, whole.told.records);
            EXPECT_EQ(told.faults, whole.told.faults);
        }
    }
}

}  // namespace
}  // namespace kula::formats
