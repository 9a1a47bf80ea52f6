#include "export_fixture.hpp"

namespace kula::formats {
namespace {

using testing::fields4;
using testing::ipfix;
using testing::ipfix_template;
using testing::record4;
using testing::shape;
using testing::Wire;
using testing::WireField;

class Ipfix : public testing::ExportTest {
protected:
    /// The one record of a template with a source address and these fields, whose values stand in `values`.
    Flow told(std::vector<WireField> const& fields, Wire const& values) {
        std::vector<WireField> all{{8, 4}};
        all.insert(all.end(), fields.begin(), fields.end());
        hear(ipfix(Wire().set(2, shape(256, all)).set(256, Wire().address("198.51.100.7").add(values))));
        EXPECT_TRUE(traffic.faults.empty());
        return traffic.records.at(traffic.records.size() - 1);
    }
};

/// A template for options of the observation domain, with these fields.
Wire domain_options(std::uint16_t id, std::vector<WireField> const& fields) {
    Wire body;
    body.u16(id).u16(fields.size() + 1).u16(1).u16(149).u16(4);
    for (auto const& field : fields) body.u16(field.element).u16(field.length);
    return Wire().set(3, body);
}

TEST_F(Ipfix, tells_the_records_of_a_template) {
    hear(ipfix(ipfix_template().set(256, record4("198.51.100.7", "192.0.2.9", 3, 180, 17).add(record4()))));
    ASSERT_EQ(traffic.records.size(), 2U);
    EXPECT_EQ(traffic.records[0].source.text(), "198.51.100.7");
    EXPECT_EQ(traffic.records[0].destination_port, 443);
    EXPECT_EQ(traffic.records[0].protocol, 17);
    EXPECT_EQ(traffic.records[0].bytes, 180U);
    EXPECT_TRUE(traffic.faults.empty());
    EXPECT_EQ(state().protocol, ExportProtocol::ipfix);
}

TEST_F(Ipfix, steps_over_enterprise_elements) {
    auto const fields =
        Wire().u16(256).u16(3).u16(0x8000 | 8).u16(4).u32(9).u16(8).u16(4).u16(0x8000 | 1).u16(2).u32(35632);
    hear(ipfix(Wire().set(2, fields).set(256, Wire().u32(0xFFFFFFFF).address("10.0.0.1").u16(1))));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.records[0].source.text(), "10.0.0.1");
    EXPECT_EQ(traffic.records[0].bytes, 0U);
}

TEST_F(Ipfix, tells_a_biflow_as_one_record_with_its_forward_counters) {
    auto const fields = Wire()
                            .u16(256)
                            .u16(6)
                            .u16(8)
                            .u16(4)
                            .u16(12)
                            .u16(4)
                            .u16(0x8000 | 2)
                            .u16(4)
                            .u32(29305)
                            .u16(2)
                            .u16(4)
                            .u16(1)
                            .u16(4)
                            .u16(0x8000 | 1)
                            .u16(4)
                            .u32(29305);
    hear(ipfix(Wire().set(2, fields).set(256, Wire().u32(1).u32(2).u32(900).u32(3).u32(180).u32(99'000))));
    ASSERT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.records[0].packets, 3U);
    EXPECT_EQ(traffic.records[0].bytes, 180U);
}

TEST_F(Ipfix, steps_over_fields_of_variable_length) {
    auto const fields = shape(256, {{82, 0xFFFF}, {8, 4}, {83, 0xFFFF}, {2, 2}, {1, 0xFFFF}});
    auto const record = [](std::size_t name, std::uint32_t address) {
        Wire wire;
        if (name < 255) wire.u8(name);
        if (name >= 255) wire.u8(255).u16(name);
        return wire.zeros(name).u32(address).u8(255).u16(3).zeros(3).u16(name).u8(3).u8(1).u8(0).u8(0);
    };
    auto const body = record(0, 1).add(record(5, 2)).add(record(254, 3)).add(record(255, 4)).add(record(300, 5));
    hear(ipfix(Wire().set(2, fields).set(256, body)));
    EXPECT_TRUE(traffic.faults.empty());
    ASSERT_EQ(traffic.records.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(traffic.records[i].source.number4(), i + 1);
    EXPECT_EQ(traffic.records[4].packets, 300U);
    EXPECT_EQ(traffic.records[4].bytes, 65'536U);
}

TEST_F(Ipfix, stops_at_a_variable_field_that_runs_beyond_its_set) {
    hear(ipfix(Wire()
                   .set(2, shape(256, {{8, 4}, {82, 0xFFFF}}))
                   .set(256, Wire().u32(1).u8(2).u16(0).u32(2).u8(200).u16(0))
                   .set(256, Wire().u32(3).u8(0))));
    EXPECT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.faults.size(), 1U);
}

TEST_F(Ipfix, forgets_a_withdrawn_template) {
    hear(ipfix(ipfix_template(256).add(ipfix_template(257)).add(domain_options(258, {{34, 4}}))));
    EXPECT_EQ(state().templates, 3U);
    hear(ipfix(Wire().set(2, Wire().u16(256).u16(0)).set(256, record4()).set(257, record4())));
    EXPECT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(state().templates, 2U);
    decoder.finish(traffic);
    EXPECT_EQ(traffic.faults.size(), 1U);
    hear(ipfix(Wire().set(2, shape(256, {{12, 4}})).set(256, Wire().u32(9))));
    EXPECT_EQ(traffic.records.back().destination.text(), "0.0.0.9");
}

TEST_F(Ipfix, forgets_all_templates_of_a_kind) {
    hear(ipfix(ipfix_template(256).add(ipfix_template(257)).add(domain_options(258, {{34, 4}}))));
    hear(ipfix(Wire().set(2, Wire().u16(2).u16(0))));
    EXPECT_EQ(state().templates, 1U);
    hear(ipfix(Wire().set(3, Wire().u16(3).u16(0))));
    EXPECT_EQ(state().templates, 0U);
    EXPECT_TRUE(traffic.faults.empty());
}

TEST_F(Ipfix, keeps_observation_domains_apart) {
    hear(ipfix(ipfix_template(), 0, 1));
    hear(ipfix(Wire().set(256, record4()), 0, 2));
    EXPECT_TRUE(traffic.records.empty());
    hear(ipfix(Wire().set(256, record4()), 0, 1));
    EXPECT_EQ(traffic.records.size(), 1U);
}

TEST_F(Ipfix, scales_by_interval_and_space) {
    hear(ipfix(ipfix_template()
                   .add(domain_options(400, {{305, 4}, {306, 4}}))
                   .set(400, Wire().u32(7).u32(1).u32(99))
                   .set(256, record4(2))));
    hear(ipfix(Wire().set(400, Wire().u32(7).u32(10).u32(5)).set(256, record4(100)), 2));
    hear(ipfix(Wire().set(400, Wire().u32(7).u32(0).u32(5)).set(256, record4(100)), 4));
    ASSERT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.records[0].packets, 200U);
    EXPECT_EQ(traffic.records[1].packets, 150U);
    EXPECT_EQ(traffic.records[2].packets, 100U);
}

TEST_F(Ipfix, scales_by_elements_34_and_50) {
    for (auto const element : {std::uint16_t{34}, std::uint16_t{50}}) {
        hear(ipfix(ipfix_template()
                       .add(domain_options(400, {{element, 2}}))
                       .set(400, Wire().u32(7).u16(30))
                       .set(256, record4(2))));
        EXPECT_EQ(traffic.records.back().packets, 60U);
        hear(ipfix(Wire().set(400, Wire().u32(7).u16(1))));
    }
}

TEST_F(Ipfix, scales_without_overflow) {
    hear(ipfix(Wire()
                   .set(2, shape(256, {{8, 4}, {1, 8}}))
                   .add(domain_options(400, {{34, 8}}))
                   .set(400, Wire().u32(7).u64(0xFFFFFFFFFFFFFFFF))
                   .set(256, Wire().u32(1).u64(0xFFFFFFFFFFFFFFFF))));
    EXPECT_EQ(traffic.records.at(0).bytes, 0xFFFFFFFFFFFFFFFFU);
}

TEST_F(Ipfix, reads_seconds_and_milliseconds) {
    auto const flow = told({{150, 4}, {151, 4}}, Wire().u32(1'700'000'000).u32(1'700'000'060));
    EXPECT_EQ(base::to_text(flow.start), "2023-11-14T22:13:20.000000Z");
    EXPECT_EQ(base::to_text(flow.end), "2023-11-14T22:14:20.000000Z");
    auto const finer = told({{152, 8}, {153, 8}}, Wire().u64(1'700'000'000'001).u64(1'700'000'060'999));
    EXPECT_EQ(base::to_text(finer.start), "2023-11-14T22:13:20.001000Z");
    EXPECT_EQ(base::to_text(finer.end), "2023-11-14T22:14:20.999000Z");
}

TEST_F(Ipfix, reads_microseconds_and_nanoseconds_as_ntp_timestamps) {
    constexpr std::uint64_t since_1900 = 1'700'000'000 + 2'208'988'800;
    Wire const values = Wire().u32(since_1900).u32(0x80000000).u32(since_1900 + 1).u32(0x40000000);
    for (auto const element : {std::uint16_t{154}, std::uint16_t{156}}) {
        auto const flow = told({{element, 8}, {static_cast<std::uint16_t>(element + 1), 8}}, values);
        EXPECT_EQ(base::to_text(flow.start), "2023-11-14T22:13:20.500000Z");
        EXPECT_EQ(base::to_text(flow.end), "2023-11-14T22:13:21.250000Z");
    }
    auto const full = told({{156, 8}}, Wire().u32(since_1900).u32(0xFFFFFFFF));
    EXPECT_EQ(base::to_text(full.start), "2023-11-14T22:13:20.999999Z");
    auto const next_era = told({{156, 8}}, Wire().u32(0).u32(0));
    EXPECT_EQ(base::to_text(next_era.start), "2036-02-07T06:28:16.000000Z");
}

TEST_F(Ipfix, reads_microseconds_before_the_export) {
    auto const flow = told({{158, 4}, {159, 4}}, Wire().u32(2'500'000).u32(500'000));
    EXPECT_EQ(base::to_text(flow.start), "2027-01-15T07:59:57.500000Z");
    EXPECT_EQ(base::to_text(flow.end), "2027-01-15T07:59:59.500000Z");
}

TEST_F(Ipfix, reckons_uptimes_from_the_start_that_the_record_or_an_option_tells) {
    auto const flow = told({{160, 8}, {22, 4}, {21, 4}}, Wire().u64(1'799'999'000'000).u32(1'000).u32(2'500));
    EXPECT_EQ(base::to_text(flow.start), "2027-01-15T07:43:21.000000Z");
    EXPECT_EQ(base::to_text(flow.end), "2027-01-15T07:43:22.500000Z");
    hear(ipfix(domain_options(400, {{160, 8}}).set(400, Wire().u32(7).u64(1'799'999'100'000))));
    auto const later = told({{22, 4}, {21, 4}}, Wire().u32(1'000).u32(2'500));
    EXPECT_EQ(base::to_text(later.start), "2027-01-15T07:45:01.000000Z");
}

TEST_F(Ipfix, reckons_with_uptimes_that_wrapped_since_the_start) {
    std::uint64_t const wrap = std::uint64_t{1} << 32;
    auto const flow = told({{160, 8}, {22, 4}}, Wire().u64(1'800'000'000'000 - 2 * wrap - 5'000).u32(1'000));
    EXPECT_EQ(base::to_text(flow.start), "2027-01-15T07:59:56.000000Z");
}

TEST_F(Ipfix, keeps_the_length_of_uptimes_without_a_start) {
    auto const flow = told({{22, 4}, {21, 4}}, Wire().u32(1'000).u32(2'500));
    EXPECT_EQ(base::to_text(flow.start), "2027-01-15T07:59:58.500000Z");
    EXPECT_EQ(base::to_text(flow.end), "2027-01-15T08:00:00.000000Z");
}

TEST_F(Ipfix, completes_times_by_the_duration) {
    auto const forward = told({{152, 8}, {161, 4}}, Wire().u64(1'700'000'000'000).u32(1'500));
    EXPECT_EQ(base::to_text(forward.end), "2023-11-14T22:13:21.500000Z");
    auto const backward = told({{153, 8}, {162, 4}}, Wire().u64(1'700'000'000'000).u32(500'000));
    EXPECT_EQ(base::to_text(backward.start), "2023-11-14T22:13:19.500000Z");
    auto const from_export = told({{161, 4}}, Wire().u32(1'000));
    EXPECT_EQ(base::to_text(from_export.start), "2027-01-15T07:59:59.000000Z");
    EXPECT_EQ(base::to_text(from_export.end), "2027-01-15T08:00:00.000000Z");
}

TEST_F(Ipfix, goes_by_the_export_time_where_a_time_cannot_be) {
    auto const flow = told({{152, 8}, {162, 8}}, Wire().u64(0xFFFFFFFFFFFFFFFF).u64(0xFFFFFFFFFFFFFFFF));
    EXPECT_EQ(base::to_text(flow.start), "2027-01-15T08:00:00.000000Z");
    EXPECT_EQ(base::to_text(flow.end), "2027-01-15T08:00:00.000000Z");
}

TEST_F(Ipfix, picks_the_family_of_a_template_with_room_for_both) {
    std::vector<WireField> const both{{8, 4}, {12, 4}, {27, 16}, {28, 16}};
    auto with_version = both;
    with_version.push_back({60, 1});
    Wire const as4 = Wire().u32(1).u32(2).zeros(32);
    Wire const as6 = Wire().zeros(8).address("2001:db8::1").address("2001:db8::2");
    hear(ipfix(Wire().set(2, shape(256, both)).set(256, Wire(as4).add(as6))));
    hear(ipfix(Wire().set(2, shape(257, with_version)).set(257, Wire(as4).u8(4).add(as6).u8(6)), 2));
    ASSERT_EQ(traffic.records.size(), 4U);
    for (std::size_t i = 0; i < 4; i += 2) {
        EXPECT_EQ(traffic.records[i].source.text(), "0.0.0.1");
        EXPECT_EQ(traffic.records[i + 1].destination.text(), "2001:db8::2");
    }
}

TEST_F(Ipfix, takes_the_ports_of_tcp_and_udp_elements) {
    auto const flow = told({{4, 1}, {180, 2}, {181, 2}}, Wire().u8(17).u16(5353).u16(53));
    EXPECT_EQ(flow.source_port, 5353);
    EXPECT_EQ(flow.destination_port, 53);
}

TEST_F(Ipfix, counts_lost_data_records_options_among_them) {
    hear(ipfix(ipfix_template().add(domain_options(400, {{34, 4}})), 50));
    hear(ipfix(Wire().set(400, Wire().u32(7).u32(1)).set(256, record4().add(record4())), 50));
    hear(ipfix(Wire().set(256, record4()), 53));
    EXPECT_EQ(state().lost, 0U);
    hear(ipfix(Wire().set(256, record4()), 64));
    EXPECT_EQ(state().lost, 10U);
}

TEST_F(Ipfix, loses_nothing_while_data_waits) {
    hear(ipfix(Wire().set(256, record4().add(record4())), 0));
    hear(ipfix(ipfix_template(), 2));
    hear(ipfix(Wire().set(256, record4()), 2));
    EXPECT_EQ(state().lost, 0U);
    EXPECT_EQ(traffic.records.size(), 3U);
}

TEST_F(Ipfix, tells_a_message_whose_length_is_wrong) {
    auto const cut = ipfix(ipfix_template().set(256, record4(1).add(record4(2))));
    hear(cut.first(cut.size() - 1));
    EXPECT_EQ(traffic.records.size(), 1U);
    EXPECT_EQ(traffic.faults.size(), 1U);
    hear(Wire(cut).u32(0));
    EXPECT_EQ(traffic.records.size(), 3U);
    EXPECT_EQ(traffic.faults.size(), 2U);
    hear(Wire().u16(10).u16(15).zeros(12));
    EXPECT_EQ(traffic.faults.size(), 3U);
}

TEST_F(Ipfix, is_recognised_where_its_length_and_sets_fit) {
    auto const whole = ipfix(ipfix_template().set(256, record4()));
    EXPECT_TRUE(ExportDecoder::recognises(whole.all()));
    EXPECT_FALSE(ExportDecoder::recognises(whole.first(whole.size() - 1)));
    EXPECT_FALSE(ExportDecoder::recognises(Wire(whole).u8(0).all()));
    EXPECT_FALSE(ExportDecoder::recognises(ipfix(Wire().set(9, record4())).all()));
    EXPECT_FALSE(ExportDecoder::recognises(ipfix({}).all()));
}

}  // namespace
}  // namespace kula::formats
