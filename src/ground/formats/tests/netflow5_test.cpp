#include "formats/netflow5.hpp"

#include <gtest/gtest.h>

#include "wire_bytes.hpp"

namespace kula::formats {
namespace {

using testing::Wire;

struct Header5 {
    std::uint16_t count = 1;
    std::uint32_t uptime = 100'000;
    std::uint32_t seconds = 1'800'000'000;
    std::uint32_t nanoseconds = 0;
    std::uint32_t sequence = 0;
    std::uint16_t engine = 0;
    std::uint16_t sampling = 0;
};

Wire header5(Header5 const& told) {
    return Wire()
        .u16(5)
        .u16(told.count)
        .u32(told.uptime)
        .u32(told.seconds)
        .u32(told.nanoseconds)
        .u32(told.sequence)
        .u16(told.engine)
        .u16(told.sampling);
}

Wire record5(std::uint32_t first, std::uint32_t last) {
    return Wire()
        .address("198.51.100.7")
        .address("192.0.2.9")
        .zeros(8)
        .u32(3)
        .u32(180)
        .u32(first)
        .u32(last)
        .u16(1025)
        .u16(443)
        .u16(0)
        .u8(6)
        .zeros(9);
}

std::string text(base::Instant instant) { return base::to_text(instant); }

TEST(Netflow5, tells_a_record_as_it_stands_in_the_datagram) {
    auto const datagram = header5({.nanoseconds = 250'000'000}).add(record5(40'000, 99'500));
    auto const view = Netflow5::read(datagram.all());
    ASSERT_TRUE(view);
    ASSERT_EQ(view->size(), 1U);
    auto const flow = view->flow(0);
    EXPECT_EQ(flow.source.text(), "198.51.100.7");
    EXPECT_EQ(flow.destination.text(), "192.0.2.9");
    EXPECT_EQ(flow.source_port, 1025);
    EXPECT_EQ(flow.destination_port, 443);
    EXPECT_EQ(flow.protocol, 6);
    EXPECT_EQ(flow.packets, 3U);
    EXPECT_EQ(flow.bytes, 180U);
    EXPECT_EQ(text(flow.start), "2027-01-15T07:59:00.250000Z");
    EXPECT_EQ(text(flow.end), "2027-01-15T07:59:59.750000Z");
}

TEST(Netflow5, scales_by_the_lower_fourteen_bits_of_the_interval) {
    auto const datagram = header5({.sampling = 0x4000 | 1000}).add(record5(0, 0));
    auto const view = Netflow5::read(datagram.all());
    ASSERT_TRUE(view);
    EXPECT_EQ(view->sampling_interval(), 1000U);
    EXPECT_EQ(view->flow(0).packets, 3000U);
    EXPECT_EQ(view->flow(0).bytes, 180'000U);
}

TEST(Netflow5, takes_no_interval_as_unsampled) {
    auto const datagram = header5({.sampling = 0xC000}).add(record5(0, 0));
    EXPECT_EQ(Netflow5::read(datagram.all())->sampling_interval(), 1U);
}

TEST(Netflow5, reckons_across_an_uptime_that_wrapped) {
    auto const datagram = header5({.uptime = 5'000}).add(record5(0xFFFFFFFFU - 4'999, 1'000));
    auto const flow = Netflow5::read(datagram.all())->flow(0);
    EXPECT_EQ(text(flow.start), "2027-01-15T07:59:50.000000Z");
    EXPECT_EQ(text(flow.end), "2027-01-15T07:59:56.000000Z");
}

TEST(Netflow5, lets_a_flow_end_after_its_export) {
    auto const datagram = header5({.uptime = 5'000}).add(record5(5'000, 6'000));
    EXPECT_EQ(text(Netflow5::read(datagram.all())->flow(0).end), "2027-01-15T08:00:01.000000Z");
}

TEST(Netflow5, keeps_the_port_of_icmp_as_received) {
    auto datagram = header5({}).add(Wire()
                                        .address("198.51.100.7")
                                        .address("192.0.2.9")
                                        .zeros(8)
                                        .u32(1)
                                        .u32(84)
                                        .u32(0)
                                        .u32(0)
                                        .u16(0)
                                        .u16(0x0800)
                                        .u16(0)
                                        .u8(1)
                                        .zeros(9));
    EXPECT_EQ(Netflow5::read(datagram.all())->flow(0).destination_port, 0x0800);
}

TEST(Netflow5, shows_whole_records_only) {
    auto datagram = header5({.count = 3}).add(record5(0, 0)).add(record5(0, 0)).add(record5(0, 0));
    auto const cut = Netflow5::read(datagram.first(datagram.size() - 1));
    ASSERT_TRUE(cut);
    EXPECT_EQ(cut->size(), 2U);
    EXPECT_EQ(cut->announced(), 3U);
    EXPECT_TRUE(cut->is_truncated());
}

TEST(Netflow5, shows_no_more_than_announced) {
    auto const datagram = header5({.count = 1}).add(record5(0, 0)).add(record5(0, 0));
    EXPECT_EQ(Netflow5::read(datagram.all())->size(), 1U);
    EXPECT_FALSE(Netflow5::read(datagram.all())->is_truncated());
}

TEST(Netflow5, refuses_what_is_no_whole_header) {
    auto const datagram = header5({});
    EXPECT_FALSE(Netflow5::read(datagram.first(23)));
    EXPECT_FALSE(Netflow5::read({}));
    EXPECT_FALSE(Netflow5::read(Wire().u16(9).zeros(22).all()));
    EXPECT_TRUE(Netflow5::read(datagram.all()));
}

TEST(Netflow5, tells_sequence_and_engine) {
    auto const datagram = header5({.sequence = 0xFFFFFFFEU, .engine = 0x0102});
    EXPECT_EQ(Netflow5::read(datagram.all())->sequence(), 0xFFFFFFFEU);
    EXPECT_EQ(Netflow5::read(datagram.all())->engine(), 0x0102);
}

}  // namespace
}  // namespace kula::formats
