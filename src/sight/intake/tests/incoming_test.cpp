// Which mapping reads a file.

#include "intake/incoming.hpp"

#include <gtest/gtest.h>

namespace kula::intake {
namespace {

std::string mapping_of(FileTold const& told, std::string_view beginning = {}) {
    auto const incoming = incoming_of(told, beginning);
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
              "neither its name nor its columns tell one report type of Shadowserver");
    auto const none = mapping_of({.name = "a.csv", .source = "no.parser"});
    EXPECT_TRUE(none.starts_with("there is no mapping `no.parser`: there are shadowserver, ")) << none;
}

constexpr std::string_view rdpeudp =
    "timestamp,ip,protocol,port,hostname,tag,asn,geo,region,city,naics,sessionid,response_size,amplification\n"
    "2026-01-31 00:00:00,192.0.2.1,udp,3389,,rdpeudp,64500,ZZ,,,0,05b28c0c,1232,77.00\n";
constexpr std::string_view plainest = "timestamp,ip,protocol,port,hostname,tag,asn,geo,region,city,naics\n";

TEST(Incoming, of_shadowserver_is_told_by_its_name_also_without_a_date) {
    for (auto const* const name : {"scan_rdp.csv", "scan_rdp-example-asn.csv", "scan_rdp-2023-01-01.csv",
                                   "2026-01-01-scan_rdp-example.csv", "scan_rdp.csv.gz"}) {
        EXPECT_EQ(mapping_of({.name = name}, plainest), "shadowserver/scan_rdp of shadowserver/scan_rdp") << name;
        EXPECT_EQ(mapping_of({.name = name, .format = "shadowserver"}, plainest),
                  "shadowserver/scan_rdp of shadowserver/scan_rdp")
            << name;
    }
    EXPECT_EQ(mapping_of({.name = "blocklist.csv"}, "source.ip\n192.0.2.1\n"), "csv of csv") << "none of theirs";
}

TEST(Incoming, of_shadowserver_is_told_by_its_columns_where_these_are_one_types) {
    for (auto const* const format : {"auto", "shadowserver"})
        EXPECT_EQ(mapping_of({.name = "report.csv", .format = format}, rdpeudp),
                  "shadowserver/scan_rdpeudp of shadowserver/scan_rdpeudp");
    std::string const vnc =
        "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo,region,city,naics,hostname_source,sector,product,"
        "banner\n2026-01-31 00:00:00,high,";
    EXPECT_EQ(mapping_of({.name = "a.csv"}, vnc + "192.0.2.1\n"), "shadowserver/scan_vnc of shadowserver/scan_vnc");
    EXPECT_EQ(mapping_of({.name = "a.csv"}, vnc + "2001:db8::1\n"), "shadowserver/scan6_vnc of shadowserver/scan6_vnc");
}

TEST(Incoming, of_which_nothing_tells_what_it_is_has_no_mapping) {
    auto const fault = [](FileTold const& told, std::string_view beginning) {
        auto const incoming = incoming_of(told, beginning);
        return incoming                                           ? incoming->mapping.name()
               : incoming.error().fault == base::Fault::not_found ? "none"
                                                                  : "wrong";
    };
    EXPECT_EQ(fault({.name = "report.csv", .format = "shadowserver"}, plainest), "none");
    EXPECT_EQ(fault({.name = "report.csv"}, plainest), "none");
    EXPECT_EQ(fault({.name = "true"}, std::string_view("\x7f"
                                                       "ELF\0\0\1,\n\"\n",
                                                       12)),
              "none");
    EXPECT_EQ(fault({.name = "README.md"}, "# Data\n\nWhat lies here\n"), "none");
    EXPECT_EQ(fault({.name = "a.csv"}, "source.ip;colour\n192.0.2.1;red\n"), "csv");
    EXPECT_EQ(fault({.name = "a.csv"}, ""), "csv") << "an empty one is empty";
    EXPECT_EQ(fault({.name = "README.md", .format = "csv"}, "# Data\n"), "csv") << "who says so is believed";
    EXPECT_EQ(fault({.name = "x.csv", .format = "shadowserver/scan_dns"}, "a\n"), "shadowserver/scan_dns");
    EXPECT_EQ(fault({.name = "x.csv", .format = "xml"}, "a\n"), "wrong");
}

TEST(Incoming, json_is_read_by_itself_where_something_in_it_is_named_like_a_field) {
    auto const read = [](FileTold const& told, std::string_view beginning) {
        auto const incoming = incoming_of(told, beginning);
        return incoming ? incoming->mapping.name() : incoming.error().detail;
    };
    constexpr auto none = "nothing tells how it is to be read: nothing in it is named like a field as source.ip";
    for (auto const* const theirs :
         {R"({"source.ip": "192.0.2.1"})", R"([{"source": {"ip": "192.0.2.1", "port")",
          "{\"status\": 1}\n{\"time\": {\"source\": 0}}\n", "\xef\xbb\xbf [{\"malware.name\":"})
        EXPECT_EQ(read({.name = "a.json"}, theirs), "json") << theirs;
    EXPECT_EQ(read({.name = "-"}, R"({"source.ip": "192.0.2.1"})"), "json") << "also without that name";
    for (auto const* const others :
         {"{}", "[]", R"({"name": "a-program", "status": "ok", "count": 3})", R"(["source.ip"])",
          R"({"a": "source.ip"})", R"({"rows": [{"source.ip": "192.0.2.1"}]})"})
        EXPECT_EQ(read({.name = "a.json"}, others), none) << others;
    EXPECT_EQ(read({.name = "a.json"}, ""), "json") << "an empty one is empty";
    EXPECT_EQ(read({.name = "a.json", .format = "json"}, "{}"), "json") << "who says so is believed";
}

TEST(Incoming, of_a_feed_in_several_forms_is_read_by_the_form_that_it_has) {
    auto const read = [](char const* source, std::string_view beginning) {
        return incoming_of({.name = "x", .source = source}, beginning)->mapping.name();
    };
    for (auto const* const feodo : {"abusech.parser_feodotracker", "feodotracker"}) {
        EXPECT_EQ(read(feodo, "[\n {\"ip_address\": \"192.0.2.1\"}]"), "feodotracker");
        EXPECT_EQ(read(feodo, "# Feodo\n\"first_seen_utc\",\"dst_ip\"\n"), "feodotracker_csv");
    }
    for (auto const* const drop : {"spamhaus.parser_drop", "spamhaus_drop"}) {
        EXPECT_EQ(read(drop, "; Spamhaus DROP List\n192.0.2.0/24 ; SBL1\n"), "spamhaus_drop");
        EXPECT_EQ(read(drop, "\xef\xbb\xbf{\"cidr\":\"192.0.2.0/24\"}\n"), "spamhaus_drop_json");
    }
    EXPECT_EQ(read("threatfox", "# ThreatFox\n\"2026-01-30\", \"1\""), "threatfox");
    EXPECT_EQ(read("threatfox", R"({"1000001": [{"ioc_value": "192.0.2.1:80"}]})"), "threatfox_json");
    EXPECT_EQ(read("threatfox", R"({"query_status": "ok", "data": [{"ioc": "192.0.2.1:80"}]})"), "threatfox_api");
    EXPECT_EQ(read("phishtank.parser", "[{}]"), "phishtank_json");
    EXPECT_EQ(read("phishtank.parser", "phish_id,url\n"), "phishtank");
    EXPECT_EQ(read("feodotracker_csv", "[{}]"), "feodotracker_csv") << "who names one form is believed";
    EXPECT_EQ(read("spamhaus.parser_drop", ""), "spamhaus_drop");
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
