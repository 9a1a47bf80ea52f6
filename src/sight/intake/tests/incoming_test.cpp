// Which mapping reads a file.

#include "intake/incoming.hpp"

#include <gtest/gtest.h>

namespace kula::intake {
namespace {

std::string mapping_of(FileTold const& told) {
    auto const incoming = incoming_of(told);
    return incoming ? incoming->mapping.name() + " of " + incoming->source : incoming.error().detail;
}

TEST(Incoming, is_read_by_what_is_told_first) {
    std::string const own = R"({"name": "sensor", "reads": {"form": "csv"}, "columns": {"who": "source.ip: address"}})";
    std::string const dns = "2026-01-31-scan_dns-example.csv";
    EXPECT_EQ(mapping_of({.name = dns, .source = "dataplane", .format = "json", .mapping = own}),
              "sensor of dataplane");
    EXPECT_EQ(mapping_of({.name = dns, .source = "dataplane", .format = "json"}), "json of dataplane");
    EXPECT_EQ(mapping_of({.name = dns, .source = "dataplane"}), "dataplane of dataplane");
    EXPECT_EQ(mapping_of({.name = dns, .source = "our-own"}), "shadowserver/scan_dns of our-own");
    EXPECT_EQ(mapping_of({.name = dns}), "shadowserver/scan_dns of shadowserver/scan_dns");
    EXPECT_EQ(mapping_of({.name = "a.json.gz", .format = "auto"}), "json of json");
    EXPECT_EQ(mapping_of({.name = "a.txt"}), "csv of csv");
}

TEST(Incoming, names_what_is_wrong) {
    EXPECT_EQ(mapping_of({.name = "a.csv", .mapping = "{}"}), "name: is missing, and 1 more");
    EXPECT_EQ(mapping_of({.name = "a.csv", .source = "shadowserver"}),
              "its name tells no report type of Shadowserver (2026-01-31-scan_dns-….csv)");
    auto const none = mapping_of({.name = "a.csv", .source = "no.parser"});
    EXPECT_TRUE(none.starts_with("there is no mapping `no.parser`: there are shadowserver, ")) << none;
}

TEST(Incoming, tells_of_a_report_type_that_is_not_known) {
    auto const told = incoming_of({.name = "2026-01-31-scan_teapot-example.csv"}).value();
    EXPECT_EQ(told.remark, "the report type `scan_teapot` is not known; it was read by the usual columns");
    EXPECT_FALSE(incoming_of({.name = "2026-01-31-scan_dns-example.csv"}).value().remark);
}

TEST(Incoming, says_all_that_its_mapping_says) {
    auto const json = incoming_of({.name = "2026-01-31-scan_dns-example.json"}).value().mapping;
    EXPECT_EQ(json.reading().form, Reading::Form::json);
    auto const again = Mapping::parse(json.text()).value();
    EXPECT_EQ(again.fingerprint(), json.fingerprint());
    EXPECT_EQ(again.reading().form, Reading::Form::json);
}

}  // namespace
}  // namespace kula::intake
