#include "formats/input.hpp"

#include <gmock/gmock.h>

#include "capture_bytes.hpp"
#include "compressed_bytes.hpp"
#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Decoded {
    ToldTraffic told;
    InputKind kind{};
    std::uint64_t packets = 0;
};

Decoded decode(std::span<std::byte const> bytes, InputOptions const& options = {}) {
    Decoded decoded;
    ExportDecoder exports;
    TrafficDecoder decoder(exports, options);
    EXPECT_TRUE(feed(decoder, bytes, decoded.told));
    decoded.kind = decoder.kind();
    decoded.packets = decoder.packets();
    return decoded;
}

CaptureFile some_capture() {
    CaptureFile file;
    file.pcap_header();
    for (std::uint32_t i = 0; i < 500; ++i) {
        file.pcap_packet(1'800'000'000 + i, 0,
                         ethernet(udp({.destination_port = 2055}, netflow5_datagram(30, 30 * i))).all());
        file.pcap_packet(1'800'000'000 + i, 1,
                         ethernet(udp({.source_port = static_cast<std::uint16_t>(i)}, Wire().zeros(40))).all());
    }
    return file;
}

constexpr std::string_view zeek_log =
    "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\torig_pkts\n"
    "1800000000.0\tC1\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t3\n";
constexpr std::string_view eve_log =
    "{\"timestamp\":\"2026-11-21T10:00:00.000000+0000\",\"event_type\":\"dns\",\"src_ip\":\"192.0.2.1\",\"dest_ip\":"
    "\"192.0.2.2\",\"proto\":\"UDP\",\"dns\":{\"type\":\"query\",\"rrname\":\"bad.example\"}}\n";
constexpr std::string_view table = "src,dst\n192.0.2.1,192.0.2.2\n";

TEST(Input, is_recognised_by_content) {
    EXPECT_EQ(decode(some_capture().all()).kind, InputKind::capture);
    EXPECT_EQ(decode(bytes_of(zeek_log)).kind, InputKind::zeek);
    EXPECT_EQ(decode(bytes_of("{\"ts\":1,\"uid\":\"C\"}")).kind, InputKind::zeek);
    EXPECT_EQ(decode(bytes_of("{broken\n{\"_path\":\"conn\"}")).kind, InputKind::zeek);
    EXPECT_EQ(decode(bytes_of(eve_log)).kind, InputKind::eve);
    EXPECT_EQ(decode(bytes_of(table)).kind, InputKind::csv);
    EXPECT_EQ(decode(bytes_of("\xef\xbb\xbfsrc,dst\n")).kind, InputKind::csv);
}

TEST(Input, is_recognised_behind_a_broken_line_or_a_byte_order_mark) {
    std::string const mark = "\xef\xbb\xbf";
    std::string const junk = "Nov 21 10:00:00 probe suricata: rotated\n";
    for (auto const log : {zeek_log, eve_log, table}) {
        auto const text = std::string(log);
        auto const plain = decode(bytes_of(text));
        auto const marked = decode(bytes_of(mark + text));
        EXPECT_EQ(marked.kind, plain.kind);
        EXPECT_EQ(marked.told.records, plain.told.records);
        EXPECT_THAT(marked.told.faults, IsEmpty());
        auto const behind = decode(bytes_of(junk + text));
        EXPECT_EQ(behind.kind, plain.kind);
        EXPECT_EQ(behind.told.records, plain.told.records);
        EXPECT_THAT(behind.told.faults, ElementsAre(::testing::StartsWith("line 1: ")));
    }
    EXPECT_EQ(decode(bytes_of(junk + junk)).kind, InputKind::unrecognised);
}

TEST(Input, keeps_a_json_line_with_bytes_that_are_no_utf8) {
    std::string text(eve_log);
    text.insert(text.find("bad.example"), "caf\xe9-\xc3\xa9.");
    auto const decoded = decode(bytes_of(text));
    EXPECT_THAT(decoded.told.faults, IsEmpty());
    ASSERT_EQ(decoded.told.records.size(), 2u);
    EXPECT_EQ(decoded.told.records[1], "  query caf\xc3\xa9-\xc3\xa9.bad.example");
}

TEST(Input, that_is_empty_or_blank_is_no_fault) {
    for (auto const* const blank : {"", "\n", " \r\n\t\n"}) {
        auto const decoded = decode(bytes_of(blank));
        EXPECT_THAT(decoded.told.faults, IsEmpty());
        EXPECT_THAT(decoded.told.records, IsEmpty());
    }
    EXPECT_THAT(decode(gzip({})).told.faults, IsEmpty());
    EXPECT_THAT(decode(zstd({})).told.faults, IsEmpty());
}

TEST(Input, that_is_not_recognised_is_one_fault) {
    std::vector<std::byte> const zeros(1 << 20);
    for (auto const bytes : {bytes_of("hello\nworld\n"), bytes_of("x"), bytes_of("{\"a\":1}\n"), bytes_of("[1,2]"),
                             std::span<std::byte const>(zeros)}) {
        auto const decoded = decode(bytes);
        EXPECT_EQ(decoded.kind, InputKind::unrecognised);
        EXPECT_THAT(decoded.told.faults, ElementsAre("byte 0: unrecognised input"));
    }
}

TEST(Input, with_a_column_map_is_a_table_whatever_its_header) {
    InputOptions options;
    options.columns = CsvColumns::parse("source=from here,destination=to there").value();
    auto const decoded = decode(bytes_of("from here;to there\n192.0.2.1;192.0.2.2\n"), options);
    EXPECT_EQ(decoded.told.all_flows.size(), 1u);
    EXPECT_THAT(decode(bytes_of("a;b\n1;2\n"), options).told.faults,
                ElementsAre("line 1: table's header lacks columns"));
}

TEST(Input, tells_the_same_compressed_once_or_twice) {
    auto const capture = some_capture();
    for (auto const bytes : {capture.all(), bytes_of(zeek_log), bytes_of(eve_log), bytes_of(table)}) {
        std::vector<std::byte> const plain(bytes.begin(), bytes.end());
        auto const expected = decode(plain);
        for (auto const& packed : {gzip(plain), zstd(plain), gzip(zstd(plain)), zstd(gzip(plain))}) {
            auto const decoded = decode(packed);
            EXPECT_TRUE(decoded.told.records == expected.told.records);
            EXPECT_THAT(decoded.told.faults, IsEmpty());
            EXPECT_EQ(decoded.kind, expected.kind);
            EXPECT_EQ(decoded.packets, expected.packets);
        }
        EXPECT_THAT(decode(gzip(gzip(gzip(plain)))).told.faults,
                    ElementsAre("byte 0: input is compressed too many times"));
    }
}

TEST(Input, that_is_compressed_and_cut_has_one_fault_and_keeps_what_came_before) {
    auto const capture = some_capture();
    for (auto const& packed : {gzip(capture.all()), gzip(gzip(capture.all()))}) {
        auto const cut = std::span(packed).first(packed.size() * 2 / 3);
        auto const decoded = decode(cut);
        EXPECT_THAT(decoded.told.faults,
                    ElementsAre("byte " + std::to_string(cut.size()) + ": compressed stream ends early"));
        EXPECT_GT(decoded.packets, 300u);
        EXPECT_LT(decoded.packets, 1000u);
    }
}

TEST(Input, that_is_compressed_and_damaged_is_told_and_keeps_what_came_before) {
    std::string log(zeek_log);
    std::mt19937 random(1);
    for (int i = 0; i < 50'000; ++i) {
        log += "18000" + std::to_string(10000 + random() % 1000) + ".0\tC" + std::to_string(random()) +
               "\t192.0.2.1\t1\t192.0.2.2\t2\ttcp\t3\n";
    }
    auto packed = gzip(bytes_of(log));
    for (std::size_t i = 0; i < 64; ++i) packed[packed.size() / 2 + i] = std::byte{0xff};
    auto const decoded = decode(packed);
    // Until zlib finds out, what it makes of the damage are lines like others.
    ASSERT_FALSE(decoded.told.faults.empty());
    EXPECT_THAT(decoded.told.faults.back(), ::testing::EndsWith("compressed stream is damaged"));
    EXPECT_GT(decoded.told.all_flows.size(), 10'000u);
}

TEST(Input, tells_the_same_however_it_is_split) {
    std::mt19937 random(9);
    auto const capture = some_capture();
    for (auto const& bytes : {std::vector<std::byte>(capture.all().begin(), capture.all().begin() + 60'000),
                              gzip(capture.all()), zstd(capture.all()), gzip(zstd(bytes_of(eve_log)))}) {
        auto const expected = decode(bytes);
        for (std::size_t const longest : {std::size_t{2}, std::size_t{5000}}) {
            ExportDecoder exports;
            TrafficDecoder decoder(exports, {});
            ToldTraffic told;
            ASSERT_TRUE(feed_in_pieces(decoder, bytes, random, told, InputEnd::reached, longest));
            EXPECT_TRUE(told.records == expected.told.records);
            EXPECT_EQ(told.faults, expected.told.faults);
        }
    }
}

TEST(Input, compressed_without_bound_takes_bounded_memory) {
    // 256 MiB of zeros, packed twice into some hundred bytes: recognised as nothing, and stepped over.
    std::vector<std::byte> const zeros(std::size_t{256} << 20);
    auto const decoded = decode(zstd(zstd(zeros)));
    EXPECT_THAT(decoded.told.faults, ElementsAre("byte 0: unrecognised input"));
}

}  // namespace
}  // namespace kula::formats
