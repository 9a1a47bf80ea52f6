#include "formats/csv_flows.hpp"

#include <gmock/gmock.h>

#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ToldTraffic read_table(std::string_view text, std::string_view map = {}) {
    CsvFlowDecoder decoder(map.empty() ? CsvColumns() : CsvColumns::parse(map).value());
    ToldTraffic told;
    EXPECT_TRUE(feed(decoder, bytes_of(text), told));
    return told;
}

TEST(CsvColumns, are_read_from_a_map) {
    auto const columns = CsvColumns::parse("source=client, destination = \"the server\",start=first seen").value();
    EXPECT_EQ(columns.name(CsvColumn::source), "client");
    EXPECT_EQ(columns.name(CsvColumn::destination), "the server");
    EXPECT_EQ(columns.name(CsvColumn::start), "first seen");
    EXPECT_EQ(columns.name(CsvColumn::end), "");
    EXPECT_FALSE(columns.is_empty());
    EXPECT_TRUE(CsvColumns().is_empty());
}

TEST(CsvColumns, refuse_a_map_that_is_wrong) {
    for (auto const* const wrong : {"", "source", "source=", "colour=red", "source=a,source=b", "source=a\nport=b"}) {
        auto const columns = CsvColumns::parse(wrong);
        ASSERT_FALSE(columns) << wrong;
        EXPECT_EQ(columns.error().fault, base::Fault::invalid);
    }
}

TEST(CsvFlows, are_found_by_the_map_before_the_known_names) {
    auto const told =
        read_table("src,dst,real source,volume\n192.0.2.1,192.0.2.2,192.0.2.3,77\n", "source=real source,bytes=Volume");
    ASSERT_EQ(told.all_flows.size(), 1u);
    EXPECT_EQ(told.all_flows[0].source.text(), "192.0.2.3");
    EXPECT_EQ(told.all_flows[0].bytes, 77u);
}

TEST(CsvFlows, of_a_table_that_lacks_a_column_are_one_fault) {
    EXPECT_THAT(read_table("src,dst\n192.0.2.1,192.0.2.2\n", "bytes=volume").faults,
                ElementsAre("line 1: table's header lacks columns"));
    EXPECT_THAT(read_table("").faults, IsEmpty());
    EXPECT_THAT(read_table("\n\n").faults, IsEmpty());
}

TEST(CsvFlows, are_read_behind_remarks_and_broken_lines) {
    auto const told = read_table("# made by hand\noops\n\nsrc;dst\n192.0.2.1;192.0.2.2\n");
    EXPECT_THAT(told.records, ::testing::SizeIs(1));
    EXPECT_THAT(told.faults, ElementsAre("line 2: line stands before the table's header"));
    std::string lines;
    for (int i = 0; i < 40; ++i) lines += "oops\n";
    auto const none = read_table(lines + "src,dst\n192.0.2.1,192.0.2.2\n");
    EXPECT_THAT(none.records, IsEmpty());
    EXPECT_THAT(none.faults, ::testing::SizeIs(CsvFlowDecoder::most_lines_before_header));
    EXPECT_EQ(none.faults.back(), "line 16: table's header lacks columns");
}

TEST(CsvFlows, with_names_and_counts_are_one_connection) {
    auto const told = read_table("sa,da,pkts,sni\n192.0.2.1,192.0.2.2,5,a.example\n192.0.2.1,192.0.2.2,6,\n");
    EXPECT_THAT(told.records, ElementsAre(HasSubstr("packets 5"), HasSubstr("packets 0"), "  sni a.example",
                                          HasSubstr("packets 6"), HasSubstr("packets 0")));
    ASSERT_EQ(told.connections.size(), 4u);
    EXPECT_NE(told.connections[0], 0u);
    EXPECT_EQ(told.connections[0], told.connections[1]);
    EXPECT_NE(told.connections[0], told.connections[2]);
}

TEST(CsvFlows, may_name_only_the_client) {
    auto const told =
        read_table("when,client,domain\n2026-11-21 10:00:00,192.0.2.1,bad.example\n", "query=domain,start=when");
    EXPECT_THAT(told.records, ElementsAre(HasSubstr("192.0.2.1 0 > 0.0.0.0 0"), "  query bad.example"));
}

TEST(CsvFlows, recognise_headers_of_common_tools) {
    for (auto const* const header :
         {"ts,te,td,sa,da,sp,dp,pr,flg,fwd,stos,ipkt,ibyt", "sIP|dIP|sPort|dPort|pro|packets|bytes",
          "sourceIPv4Address,destinationIPv4Address,octetDeltaCount", "\"src_ip\";\"dst_ip\"", "Source\tDestination",
          "ts,uid,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto", "\xef\xbb\xbfsrc,dst"}) {
        EXPECT_TRUE(CsvFlowDecoder::reads_header(header, {})) << header;
    }
    for (auto const* const other : {"", "hello", "a,b,c", "source", "{\"src\":1,\"dst\":2}", "\"src,dst"}) {
        EXPECT_FALSE(CsvFlowDecoder::reads_header(other, {})) << other;
    }
}

}  // namespace
}  // namespace kula::formats
