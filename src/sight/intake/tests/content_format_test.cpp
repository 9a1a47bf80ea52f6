// What a content's beginning tells of it.

#include "content_format.hpp"

#include <gtest/gtest.h>

namespace kula::intake {
namespace {

TEST(ContentFormat, knows_reports_of_abuse) {
    EXPECT_EQ(content_format(R"({"xarf_version": "4.2.0"})"), "xarf");
    EXPECT_EQ(content_format("\xef\xbb\xbf\n [ {\"Version\": \"3\", \"ReporterInfo\": {"), "xarf");
    EXPECT_EQ(content_format("---\nReported-From: a@example.org\nCategory: abuse\nReport-Type: login-attack\n"),
              "xarf");
    EXPECT_EQ(content_format(R"({"Report": 1})"), "") << "one word of theirs is not enough";
    EXPECT_EQ(content_format(R"({"a": {"xarf_version": "4"}})"), "") << "what stands deeper is something else's";
    EXPECT_EQ(content_format("report-id,schema-url\n1,2\n"), "");
}

TEST(ContentFormat, knows_events_of_misp) {
    EXPECT_EQ(content_format(R"({"Event": {"info")"), "misp");
    EXPECT_EQ(content_format(R"([{"Event": {}}])"), "misp");
    EXPECT_EQ(content_format(R"({ "response" : [ {"Event": {}}]})"), "misp");
    EXPECT_EQ(content_format(R"({"response": {"Attribute": []}})"), "misp");
    EXPECT_EQ(content_format(R"({"Attribute": [{"to_ids": false}], "info": ""})"), "misp");
    EXPECT_EQ(content_format(R"({"5a3c2fcd-8328-42bb-a95e-4f4402de0b81": {"Orgc": {}}})"), "misp");
    EXPECT_EQ(content_format("d41d8cd98f00b204e9800998ecf8427e,5a3c2fcd-8328-42bb-a95e-4f4402de0b81\n"), "misp");
    EXPECT_EQ(content_format(R"({"response": []})"), "");
    EXPECT_EQ(content_format(R"({"Attribute": 1})"), "");
    EXPECT_EQ(content_format("{}"), "");
    EXPECT_EQ(content_format(""), "");
}

TEST(ContentFormat, knows_what_is_known_of_vulnerabilities) {
    EXPECT_EQ(content_format(R"({"title": "", "catalogVersion": "2026.01.03", "vulnerabilities": [)"), "kev");
    EXPECT_EQ(content_format("\"cveID\",\"vendorProject\",\"product\"\n"), "kev_csv");
    EXPECT_EQ(content_format("#model_version:v1,score_date:2026-03-15\ncve,epss,percentile\n"), "epss");
    EXPECT_EQ(content_format("cve,epss\r\n"), "epss");
    EXPECT_EQ(content_format("cve,epss,more\n"), "");
    EXPECT_EQ(content_format(R"({"vulnerabilities": []})"), "");
}

TEST(ContentFormat, tells_names_of_cells_of_rows_of_json) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(cell_names(R"({"a": {"b": 1, "c": {"d": "e: "}}, "f": [{"g": 1}], "h\"": 2)"),
              (Names{"a", "a.b", "a.c", "a.c.d", "f", "h\\\""}));
    EXPECT_EQ(cell_names("[{\"a\": 1}, {\"b\": {\"c\""), (Names{"a", "b"})) << "a name has come when its colon has";
    EXPECT_EQ(cell_names("{\"a\": 1}\n{\"b\": 2}"), (Names{"a", "b"}));
    EXPECT_EQ(cell_names("}]{\"a\": 1}"), (Names{"a"}));
    EXPECT_EQ(cell_names(std::string(1000, '[') + "{\"a\": 1}"), Names()) << "what lies so deep is no row";
    EXPECT_EQ(cell_names("text \"a\": 1"), Names());
}

}  // namespace
}  // namespace kula::intake
