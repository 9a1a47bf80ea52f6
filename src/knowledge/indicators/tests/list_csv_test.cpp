// Proves: CSV lists are told from plain ones, their columns found by map or by name, and their rows' attributes kept.
#include "list_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "indicators/list.hpp"

namespace kula::indicators {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Row {
    std::string value;
    Attributes attributes;
    std::string rsit_class, rsit_type, comment;
};

struct CsvTaken {
    std::vector<Row> rows;
    ImportReport report;
    [[nodiscard]] std::vector<std::string> values() const {
        std::vector<std::string> out;
        for (auto const& row : rows) out.push_back(row.value);
        return out;
    }
};

static CsvTaken read_csv(std::string_view content, ListOptions const& options = {}, std::size_t piece = 11) {
    CsvTaken out;
    ListReader reader(options, [&](Value const& value, Attributes const& attributes) {
        out.rows.push_back({value.text(), attributes, std::string(attributes.rsit_class),
                            std::string(attributes.rsit_type), std::string(attributes.comment)});
    });
    for (; !content.empty(); content.remove_prefix(std::min(piece, content.size())))
        reader.feed(content.substr(0, piece));
    out.report = reader.finish().value();
    return out;
}

static ListOptions mapped(std::string_view map) {
    ListOptions options;
    options.columns = ColumnMap::parse(map).value();
    return options;
}

TEST(ListCsv, is_recognised_by_a_header_with_a_well_known_name) {
    auto const taken = read_csv(
        "\"first_seen_utc\",\"dst_ip\",\"dst_port\"\r\n\"2026-11-20 10:00:00\",\"192.0.2.1\",\"443\"\r\n\"x\",\"192.0.2.2\",\"80\"\r\n");
    EXPECT_THAT(taken.values(), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_EQ(taken.rows[0].attributes.first_seen, base::parse_instant("2026-11-20T10:00:00Z"));
    EXPECT_EQ(taken.rows[1].attributes.first_seen, std::nullopt);
    EXPECT_EQ(taken.report.read, 2U);
}

TEST(ListCsv, finds_a_header_that_stands_in_a_comment) {
    auto const taken = read_csv(
        "# made today\n# id,dateadded,url,status\n\"1\",\"x\",\"http://bad.example/a,b\",\"online\"\n\"2\",\"y\",\"http://bad.example/c\",\"online\"\n");
    EXPECT_THAT(taken.values(), ElementsAre("http://bad.example/a,b", "http://bad.example/c"));
    EXPECT_EQ(taken.report.read, 2U);
}

TEST(ListCsv, takes_no_remark_for_a_header) {
    auto const taken = read_csv("# ip, domain and url\n# ip,domain\n192.0.2.1\nbad.example # url,ip\n");
    EXPECT_THAT(taken.values(), ElementsAre("192.0.2.1", "bad.example"));
    EXPECT_EQ(taken.report.skipped, 0U);
}

TEST(ListCsv, reads_bare_numbers_in_a_column_of_as_numbers) {
    EXPECT_THAT(read_csv("asn,name\n64501,Example\nAS64502,Example\n").values(), ElementsAre("AS64501", "AS64502"));
    EXPECT_THAT(read_csv("number,asn\n1,64501\n", mapped("value=asn")).values(), ElementsAre("AS64501"));
}

TEST(ListCsv, reads_every_mapped_column) {
    auto const taken = read_csv(
        "who;What;Sure;From;Until;Label;Act;Kl;Ty;Why\n"
        "a;192.0.2.1;80;2026-11-01;2026-12-01T00:00:00+01:00;TLP:GREEN;red;malicious-code;c2-server;\"seen; twice\"\n"
        "b;192.0.2.2;;;;;;;;\n",
        mapped(
            "value=what, confidence=sure,first_seen=from,valid_until=until,tlp=label,pap=act,class=kl,type=ty,comment=why"));
    ASSERT_THAT(taken.values(), ElementsAre("192.0.2.1", "192.0.2.2"));
    auto const& full = taken.rows[0];
    EXPECT_EQ(full.attributes.confidence, Confidence{80});
    EXPECT_EQ(full.attributes.first_seen, base::parse_instant("2026-11-01T00:00:00Z"));
    EXPECT_EQ(full.attributes.valid_until, base::parse_instant("2026-11-30T23:00:00Z"));
    EXPECT_EQ(full.attributes.tlp, base::Tlp::green);
    EXPECT_EQ(full.attributes.pap, base::Pap::red);
    EXPECT_EQ(full.rsit_class, "malicious-code");
    EXPECT_EQ(full.rsit_type, "c2-server");
    EXPECT_EQ(full.comment, "seen; twice");
    EXPECT_EQ(taken.rows[1].attributes.confidence, std::nullopt);
    EXPECT_EQ(taken.rows[1].attributes.tlp, std::nullopt);
}

TEST(ListCsv, skips_rows_whose_mapped_attributes_cannot_be_read) {
    auto const taken = read_csv(
        "ip,c,t,k\n192.0.2.1,101,,\n192.0.2.2,,soon,\n192.0.2.3,,,no-class\n192.0.2.4,100,2026-11-21 10:00:00 UTC,other\n",
        mapped("value=ip,confidence=c,last_seen=t,class=k"));
    EXPECT_THAT(taken.values(), ElementsAre("192.0.2.4"));
    ASSERT_EQ(taken.report.first_skipped.size(), 3U);
    EXPECT_EQ(taken.report.first_skipped[0].line, 2U);
    EXPECT_THAT(taken.report.first_skipped[0].reason, HasSubstr("`101`"));
    EXPECT_THAT(taken.report.first_skipped[2].reason, HasSubstr("RSIT class"));
}

TEST(ListCsv, takes_a_label_that_it_cannot_read_as_the_strictest) {
    auto const taken = read_csv("ip,tlp,confidence\n192.0.2.1,TLP:EX:CHR,high\n");
    ASSERT_EQ(taken.rows.size(), 1U);
    EXPECT_EQ(taken.rows[0].attributes.tlp, base::Tlp::red);
    EXPECT_EQ(taken.rows[0].attributes.confidence, std::nullopt);
}

TEST(ListCsv, finds_the_first_column_that_holds_an_indicator_when_no_name_helps) {
    ListOptions options;
    options.layout = Layout::csv;
    auto const taken = read_csv("a,b,c\n1,x,y\n1,192.0.2.1,z.example\n2,192.0.2.2,w.example\n", options);
    EXPECT_THAT(taken.values(), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_EQ(taken.report.skipped, 1U);
}

TEST(ListCsv, names_the_lines_of_skipped_rows) {
    auto const taken = read_csv(
        "# remark\nip,comment\n192.0.2.1,\"two\nlines\"\nnothing,here\n10.0.0.1,x\n\"broken\"x,y\n192.0.2.9,\n");
    EXPECT_THAT(taken.values(), ElementsAre("192.0.2.1", "192.0.2.9"));
    ASSERT_EQ(taken.report.first_skipped.size(), 3U);
    EXPECT_EQ(taken.report.first_skipped[0].line, 5U);
    EXPECT_EQ(taken.report.first_skipped[0].text, "nothing,here");
    EXPECT_EQ(taken.report.first_skipped[1].line, 6U);
    EXPECT_EQ(taken.report.first_skipped[2].line, 7U);
}

TEST(ListCsv, says_when_a_mapped_column_is_missing) {
    auto const told = read_list("a,b\n192.0.2.1,x\n", mapped("value=ip"), [](auto const&, auto const&) {
        ADD_FAILURE() << "no value is taken from a list that is not understood";
    });
    ASSERT_TRUE(told.has_error());
    EXPECT_THAT(told.error().detail, HasSubstr("no column `ip`"));
}

TEST(ListCsv, reads_tables_whose_header_is_missing_or_unknown) {
    EXPECT_THAT(read_csv("192.0.2.1,seen twice\n192.0.2.2,\"once, really\"\n").values(),
                ElementsAre("192.0.2.1", "192.0.2.2"));
    auto const unknown = read_csv("what;why\nscan;192.0.2.1\nspam;192.0.2.2\nspam;none\n");
    EXPECT_THAT(unknown.values(), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_EQ(unknown.report.skipped, 2U);
}

TEST(ListCsv, refuses_a_faulty_map) {
    for (auto const* text : {"what=x", "value", "value=", "value=a,value=b", "=x", "value=a,,"}) {
        EXPECT_TRUE(ColumnMap::parse(text).has_error()) << text;
    }
    EXPECT_TRUE(ColumnMap::parse(""));
}

TEST(ListCsv, reads_times_in_the_ways_lists_write_them) {
    auto const expected = base::parse_instant("2026-11-21T10:00:00Z");
    for (auto const* text :
         {"2026-11-21T10:00:00Z", "2026-11-21 10:00:00", "2026-11-21 10:00:00 UTC", "1795255200", "1795255200000"}) {
        EXPECT_EQ(parse_list_time(text), expected) << text;
    }
    EXPECT_EQ(parse_list_time("2026-11-21"), base::parse_instant("2026-11-21T00:00:00Z"));
    for (auto const* text : {"", "21.11.2026", "soon", "12", "99999999999999999999"})
        EXPECT_EQ(parse_list_time(text), std::nullopt) << text;
}

}  // namespace kula::indicators
