#include "formats/export_encoder.hpp"

#include <random>

#include "export_fixture.hpp"

namespace kula::formats {
namespace {

using testing::HeardTraffic;

auto const now = base::parse_instant("2026-11-21T10:00:00Z").value();
auto const booted = base::parse_instant("2026-11-01T00:00:00Z").value();

bool operator==(Flow const& a, Flow const& b) {
    return a.source == b.source && a.destination == b.destination && a.source_port == b.source_port &&
           a.destination_port == b.destination_port && a.protocol == b.protocol && a.packets == b.packets &&
           a.bytes == b.bytes && a.start == b.start && a.end == b.end;
}

std::vector<Flow> some_flows(std::size_t count, bool with_ipv6, std::uint32_t sampling) {
    std::mt19937_64 random(1);
    std::vector<Flow> flows(count);
    for (auto& flow : flows) {
        bool const is_v6 = with_ipv6 && random() % 3 == 0;
        auto const address = [&] {
            return is_v6 ? base::Address::v6(base::Uint128{random()} << 64 | random())
                         : base::Address::v4(static_cast<std::uint32_t>(random()));
        };
        flow.source = address();
        flow.destination = address();
        flow.source_port = static_cast<std::uint16_t>(random());
        flow.destination_port = static_cast<std::uint16_t>(random());
        flow.protocol = random() % 2 == 0 ? 6 : 17;
        flow.packets = (random() % 100'000) * sampling;
        flow.bytes = (random() % 1'000'000) * sampling;
        flow.end = now - std::chrono::milliseconds(random() % 60'000);
        flow.start = flow.end - std::chrono::milliseconds(random() % 60'000);
    }
    return flows;
}

class RoundTrip : public ::testing::TestWithParam<ExportProtocol> {};

TEST_P(RoundTrip, tells_what_was_written_and_loses_nothing) {
    for (std::uint32_t const sampling : {1U, 1000U}) {
        ExportEncoder encoder({.protocol = GetParam(),
                               .source_id = 5,
                               .sampling = sampling,
                               .booted = booted,
                               .first_sequence = 0xFFFFFFF0});
        ExportDecoder decoder;
        HeardTraffic traffic;
        auto const flows = some_flows(500, GetParam() != ExportProtocol::netflow5, sampling);
        std::size_t datagrams = 0;
        auto const send = [&](std::span<std::byte const> datagram) {
            ++datagrams;
            EXPECT_LE(datagram.size(), 1464U);
            EXPECT_TRUE(ExportDecoder::recognises(datagram));
            decoder.decode({}, datagram, now, {}, traffic);
        };
        encoder.encode(std::span(flows).first(200), now, send);
        encoder.encode(std::span(flows).subspan(200), now, send);
        EXPECT_TRUE(traffic.faults.empty());
        ASSERT_EQ(traffic.records.size(), flows.size());
        for (std::size_t i = 0; i < flows.size(); ++i) EXPECT_TRUE(traffic.records[i] == flows[i]) << i;
        ASSERT_EQ(decoder.exporters().size(), 1U);
        auto const state = decoder.exporters()[0];
        EXPECT_EQ(state.lost, 0U);
        EXPECT_EQ(state.datagrams, datagrams);
        EXPECT_EQ(state.source_id, 5U);
        EXPECT_EQ(state.sampling, sampling);
    }
}

INSTANTIATE_TEST_SUITE_P(Protocols, RoundTrip,
                         ::testing::Values(ExportProtocol::netflow5, ExportProtocol::netflow9, ExportProtocol::ipfix));

TEST(ExportEncoder, sends_templates_first_and_again_after_the_interval) {
    ExportEncoder encoder({.protocol = ExportProtocol::netflow9, .booted = booted});
    std::size_t datagrams = 0;
    auto const send = [&](std::span<std::byte const>) { ++datagrams; };
    auto const flows = some_flows(1, false, 1);
    encoder.encode(flows, now, send);
    EXPECT_EQ(datagrams, 2U);
    encoder.encode(flows, now + std::chrono::seconds(59), send);
    EXPECT_EQ(datagrams, 3U);
    encoder.encode(flows, now + std::chrono::seconds(60), send);
    EXPECT_EQ(datagrams, 5U);
    encoder.encode({}, now + std::chrono::seconds(61), send);
    EXPECT_EQ(datagrams, 5U);
}

TEST(ExportEncoder, leaves_ipv6_out_of_netflow5) {
    ExportEncoder encoder({.protocol = ExportProtocol::netflow5, .booted = booted});
    std::size_t records = 0;
    auto const flows = some_flows(100, true, 1);
    encoder.encode(flows, now,
                   [&](std::span<std::byte const> datagram) { records += Netflow5::read(datagram)->size(); });
    auto const all4 = std::count_if(flows.begin(), flows.end(), [](Flow const& flow) { return flow.source.is_v4(); });
    EXPECT_EQ(records, static_cast<std::size_t>(all4));
}

TEST(ExportEncoder, says_a_packet_at_least_of_a_flow_that_sampling_hardly_saw) {
    ExportEncoder encoder({.protocol = ExportProtocol::ipfix, .sampling = 100});
    auto flows = some_flows(1, false, 1);
    flows[0].packets = 3;
    ExportDecoder decoder;
    HeardTraffic traffic;
    encoder.encode(flows, now, [&](auto datagram) { decoder.decode({}, datagram, now, {}, traffic); });
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.records[0].packets, 100U);
}

}  // namespace
}  // namespace kula::formats
