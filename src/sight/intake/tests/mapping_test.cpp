// A mapping says what a row means; a faulty one says where it is faulty.

#include "intake/mapping.hpp"

#include <gmock/gmock.h>

#include "moments.hpp"
#include "row.hpp"

namespace kula::intake {
namespace {

using ::testing::HasSubstr;

Json const smallest{{"name", "example"}, {"reads", {{"form", "csv"}}}};

Json with(Json mapping, char const* member, Json value) {
    mapping[member] = std::move(value);
    return mapping;
}

Json told(Json const& mapping, Json const& object) {
    auto const parsed = Mapping::parse(mapping.dump());
    EXPECT_TRUE(parsed.has_value()) << parsed.error().detail;
    auto const events = parsed->events_of(Row(object));
    if (!events) return "refused: " + events.error().detail;
    auto fields = events->at(0).fields();
    fields.erase("extra.row");
    if (fields.value("classification.type", "") == "undetermined") {
        fields.erase("classification.type");
        fields.erase("classification.taxonomy");
        fields.erase("classification.subtype");
    }
    return fields;
}

/// Beside a cell that says something.
Json of_cell(Json target, Json value) {
    return told(with(smallest, "columns", {{"c", std::move(target)}}), {{"c", std::move(value)}, {"row", 1}});
}

TEST(MappingFields, come_from_columns) {
    EXPECT_EQ(of_cell("source.ip", "192.0.2.1"), (Json{{"source.ip", "192.0.2.1"}}));
    EXPECT_EQ(of_cell("extra", "x"), (Json{{"extra.c", "x"}}));
    EXPECT_EQ(of_cell({"source.ip: address", "source.network: prefix"}, "192.0.2.1"),
              (Json{{"source.ip", "192.0.2.1"}, {"source.network", "192.0.2.1/32"}}));
    EXPECT_EQ(of_cell(nullptr, "left out"), Json::object());
    EXPECT_EQ(of_cell("source.ip", ""), Json::object());
    EXPECT_EQ(of_cell("source.ip", "nonsense"), (Json{{"extra.c", "nonsense"}})) << "what does not fit is not lost";
    EXPECT_EQ(of_cell("source.ip: address", "nonsense"), Json::object()) << "a conversion may say that it says nothing";
}

TEST(MappingFields, are_told_once_by_the_first_column_that_says_something) {
    auto const mapping = with(smallest, "columns", {{"a", "source.fqdn: domain"}, {"b", "source.fqdn: domain"}});
    EXPECT_EQ(told(mapping, {{"a", "-"}, {"b", "b.example"}}), (Json{{"source.fqdn", "b.example"}}));
    EXPECT_EQ(told(mapping, {{"b", "b.example"}, {"a", "a.example"}}), (Json{{"source.fqdn", "b.example"}}));
}

TEST(MappingFields, may_be_set_where_no_column_tells) {
    auto const mapping =
        with(with(smallest, "columns", {{"p", "protocol.transport"}}), "set", {{"protocol.transport", "TCP"}});
    EXPECT_EQ(told(mapping, {{"x", 1}}), (Json{{"extra.x", 1}, {"protocol.transport", "tcp"}}));
    EXPECT_EQ(told(mapping, {{"p", "udp"}}), (Json{{"protocol.transport", "udp"}}));
}

TEST(MappingRest, is_kept_dropped_or_taken_by_its_name) {
    Json const row{{"source.ip", "192.0.2.1"}, {"my column", "x"}, {"tag;", "y"}, {"none", nullptr}};
    EXPECT_EQ(told(smallest, row),
              (Json{{"extra.source.ip", "192.0.2.1"}, {"extra.my column", "x"}, {"extra.tag_", "y"}}));
    EXPECT_EQ(told(with(smallest, "rest", "fields"), row),
              (Json{{"source.ip", "192.0.2.1"}, {"extra.my column", "x"}, {"extra.tag_", "y"}}));
    EXPECT_EQ(told(with(smallest, "rest", "drop"), row), "refused: the row tells nothing");
}

TEST(MappingRest, costs_no_event_for_a_field_that_something_else_identifies) {
    auto const of = [](Json row) { return told(with(smallest, "rest", "fields"), row); };
    EXPECT_EQ(of({{"source.ip", "192.0.2.1"}, {"source.port", "none"}, {"source.domain_suffix", "?"}}),
              (Json{{"source.ip", "192.0.2.1"}, {"extra.source.port", "none"}, {"extra.source.domain_suffix", "?"}}));
    EXPECT_EQ(of({{"source.ip", "192.0.2.999"}, {"source.fqdn", "a.example"}}),
              (Json{{"extra.source.ip", "192.0.2.999"}, {"source.fqdn", "a.example"}}));
    EXPECT_EQ(of({{"destination.ip", "?"}, {"source.asn", 64500}}),
              (Json{{"extra.destination.ip", "?"}, {"source.asn", 64500}}));
}

TEST(MappingRest, sets_aside_what_does_not_say_when_or_of_whom) {
    auto const of = [](Json row) { return told(with(smallest, "rest", "fields"), row); };
    EXPECT_EQ(of({{"source.ip", "192.0.2.999"}, {"destination.ip", "192.0.2.1"}, {"source.asn", 64500}}),
              "refused: source.ip: is no address");
    EXPECT_EQ(of({{"source.ip", "192.0.2.1"}, {"time.source", "soon"}}), "refused: time.source: is no moment");
    EXPECT_EQ(of({{"source.port", "none"}}), "refused: source.port: is no number from 1 to 65535");
    EXPECT_EQ(of({{"source.ip", "192.0.2.1"}, {"classification.type", Json::array({"spam"})}}),
              "refused: classification.type: is one value, not a list");
}

TEST(MappingRest, takes_names_as_intelmq_writes_them) {
    Json const row{{"source.ip", "192.0.2.1"},       {"source.fqdn", "localhost"},
                   {"source.reverse_dns", "Router"}, {"destination.fqdn", "wpad"},
                   {"source.domain_suffix", "com"},  {"destination.domain_suffix", ".co.uk"}};
    auto kept = row;
    kept["source.reverse_dns"] = "router";
    kept["destination.domain_suffix"] = "co.uk";
    EXPECT_EQ(told(with(smallest, "rest", "fields"), row), kept);
}

TEST(MappingRest, loses_nothing_where_names_become_one) {
    EXPECT_EQ(told(smallest, {{"a/b", 1}, {"a_b", 2}, {"", 3}}),
              (Json{{"extra.a_b", 1}, {"extra.a_b_2", 2}, {"extra._", 3}}));
}

TEST(MappingChoices, take_the_first_case_that_holds_of_each) {
    auto const mapping =
        with(smallest, "choices",
             {{{{"when", {{"kind", {"a", "b"}}, {"port", 80}}}, {"set", {{"classification.type", "scanner"}}}},
               {{"when", {{"kind", {{"pattern", "^b"}}}}}, {"set", {{"classification.type", "brute-force"}}}},
               {{"set", {{"classification.type", "spam"}}}}},
              {{{"when", {{"ip", nullptr}}}, {"set", {{"comment", "no address"}}}}}});
    auto const type = [&](Json const& row) { return told(mapping, row).value("classification.type", "none"); };
    EXPECT_EQ(type({{"kind", "a"}, {"port", 80}}), "scanner");
    EXPECT_EQ(type({{"kind", "bb"}, {"port", 80}}), "brute-force");
    EXPECT_EQ(type({{"kind", "a"}}), "spam");
    EXPECT_EQ(told(mapping, {{"kind", "a"}}).value("comment", ""), "no address");
    EXPECT_EQ(told(mapping, {{"kind", "a"}, {"ip", "192.0.2.1"}}).count("comment"), 0u);
}

TEST(MappingNeeds, refuse_a_row_without) {
    auto const mapping = with(with(smallest, "columns", {{"ip", "source.ip: address"}}), "needed", {"ip"});
    EXPECT_EQ(told(mapping, {{"ip", "192.0.2.999"}}), "refused: ip: is missing or cannot be read");
    EXPECT_EQ(told(mapping, {{"other", "x"}}), "refused: ip: is missing or cannot be read");
}

TEST(MappingClass, is_always_of_rsit) {
    auto const of = [](char const* type) {
        Json const object{{"a", 1}};
        auto const mapping = with(with(smallest, "set", {{"classification.type", type}}), "columns", {{"a", "count"}});
        return Mapping::parse(mapping.dump())->events_of(Row(object));
    };
    EXPECT_EQ(of("unauthorized-information-access")->at(0).fields(),
              (Json{{"count", 1},
                    {"classification.type", "unauthorised-information-access"},
                    {"classification.taxonomy", "information-content-security"}}));
    EXPECT_EQ(of("blacklist")->at(0).fields(), (Json{{"count", 1},
                                                     {"classification.type", "other"},
                                                     {"classification.subtype", "blacklist"},
                                                     {"classification.taxonomy", "other"}}));
    EXPECT_EQ(of("weather").error().detail, "classification.type: is no type of RSIT");
}

struct Converted {
    char const* by;
    Json told;
    Json made;  ///< Null: nothing.
};
class Conversions : public ::testing::TestWithParam<Converted> {};
TEST_P(Conversions, make_or_say_nothing) {
    auto const& [by, value, made] = GetParam();
    auto const fields = of_cell(std::string("extra: ") + by, value);
    EXPECT_EQ(fields.contains("extra.c") ? fields.at("extra.c") : Json(), made) << by << " of " << value;
}
INSTANTIATE_TEST_SUITE_P(
    of_cells, Conversions,
    ::testing::Values(Converted{"known", "unknown", {}}, Converted{"known", "0", {}}, Converted{"known", 0, {}},
                      Converted{"known", " a ", "a"}, Converted{"integer", "12", 12},
                      Converted{"integer", "12a", "12a"}, Converted{"nonzero", "0", {}}, Converted{"nonzero", "7", 7},
                      Converted{"real", "1.50", 1.5}, Converted{"boolean", "Y", true},
                      Converted{"boolean", "disabled", false}, Converted{"boolean", "?", {}},
                      Converted{"moment", "2026-01-02 03:04:05", "2026-01-02T03:04:05+00:00"},
                      Converted{"moment", "soon", {}}, Converted{"lower", "ABC", "abc"},
                      Converted{"list", "a, b;;c|d", Json::array({"a", "b", "c", "d"})}, Converted{"list", ",", {}},
                      Converted{"cves", "x;cve-2026-12345,CVE-2026-12345 CVE-1-1", Json::array({"CVE-2026-12345"})},
                      Converted{"base64", "ab\ncd", "YWIKY2Q="}, Converted{"base64", "YWJjZA==", "YWJjZA=="},
                      Converted{"url", "hxxp://a.example/", "http://a.example/"}, Converted{"address", "::1", "::1"},
                      Converted{"domain", "192.0.2.1", {}}, Converted{"port", "99999", {}}, Converted{"asn", "AS0", {}},
                      Converted{"text", "  ", {}}));

TEST(Conversions, may_be_told_at_length) {
    EXPECT_EQ(of_cell({{"to", "malware.name"}, {"pattern", "family: ([^;]+)"}}, "x; family: Gozi;"),
              (Json{{"malware.name", "gozi"}}));
    EXPECT_EQ(of_cell({{"to", "status"}, {"words", {{"1", "online"}, {"0", nullptr}}}}, 1),
              (Json{{"status", "online"}}));
    EXPECT_EQ(of_cell({{"to", "status"}, {"words", {{"1", "online"}, {"0", nullptr}}}}, 0), Json::object());
    EXPECT_EQ(of_cell({{"to", "status"}, {"words", Json::object()}, {"otherwise", "offline"}}, 7),
              (Json{{"status", "offline"}}));
    EXPECT_EQ(of_cell({{"to", "source.url"}, {"before", "http://"}, {"behind", "/"}, {"as", "url"}}, "a.example"),
              (Json{{"source.url", "http://a.example/"}}));
}

TEST(Conversions, make_a_url_of_what_a_request_asked_for) {
    auto const mapping = with(with(smallest, "rest", "drop"), "columns",
                              {{"path", {{"to", "source.url"}, {"url_of", {"http_host", "cc"}}}}});
    auto const url = [&](Json const& row) { return told(mapping, row).value("source.url", "none"); };
    EXPECT_EQ(url({{"path", "/x"}, {"http_host", "a.example"}}), "http://a.example/x");
    EXPECT_EQ(url({{"path", "x"}, {"http_host", ""}, {"cc", "b.example"}, {"application", "https"}}),
              "https://b.example/x");
    EXPECT_EQ(url({{"path", "GET /y HTTP/1.1"}, {"cc", "b.example"}, {"application", "smtp"}}), "http://b.example/y");
    EXPECT_EQ(url({{"path", "http://c.example/z"}, {"cc", "b.example"}}), "http://c.example/z");
    EXPECT_EQ(url({{"path", "/x"}}), "none");
    EXPECT_EQ(told(mapping, {{"path", "/x"}}), (Json{{"extra.path", "/x"}}));
}

TEST(Moments, are_taken_as_feeds_write_them) {
    auto const written = [](std::string_view text) {
        auto const instant = parse_any_moment(text);
        return instant ? base::to_text(*instant) : "none";
    };
    auto const moment = "2026-01-02T03:04:05.000000Z";
    for (auto const* text : {"2026-01-02T03:04:05Z", "2026-01-02 03:04:05", "2026-01-02 03:04:05 UTC",
                             "2026-01-02T03:04:05+00", "2026-01-02T05:04:05+02:00", "02-01-2026 03:04:05",
                             "02.01.2026 03:04:05 UTC", "Fri, 02 Jan 2026 03:04:05 +0000", "2 Jan 2026 03:04:05 GMT",
                             "1767323045", "1767323045.0", "1767323045000", "1767323045000000"})
        EXPECT_EQ(written(text), moment) << text;
    EXPECT_EQ(written("1767323045.25"), "2026-01-02T03:04:05.250000Z");
    for (auto const* text :
         {"", "today", "12345", "32-01-2026 00:00:00", "2 Foo 2026 03:04:05", "99999999999999999999"})
        EXPECT_EQ(written(text), "none") << text;
}

class FaultyMapping : public ::testing::TestWithParam<std::pair<Json, char const*>> {};
TEST_P(FaultyMapping, says_where) {
    auto const parsed = Mapping::parse(GetParam().first.dump());
    ASSERT_TRUE(parsed.has_error()) << GetParam().first;
    EXPECT_THAT(parsed.error().detail, HasSubstr(GetParam().second));
}
INSTANTIATE_TEST_SUITE_P(
    in_one_place, FaultyMapping,
    ::testing::Values(
        std::pair{Json(5), "is no object"}, std::pair{Json{{"reads", {{"form", "csv"}}}}, "name: is missing"},
        std::pair{Json{{"name", "x"}}, "reads: is missing"},
        std::pair{with(smallest, "colums", Json::object()), "colums: is no member here"},
        std::pair{with(smallest, "reads", {{"form", "xml"}}), "reads.form: is none of csv, json, yaml, misp, lines"},
        std::pair{with(smallest, "reads", {{"form", "csv"}, {"delimiter", ",,"}}), "reads.delimiter: "},
        std::pair{with(smallest, "reads", {{"form", "lines"}, {"columns", {"a"}}}), "reads.pattern: "},
        std::pair{with(smallest, "reads", {{"form", "lines"}, {"columns", {"a"}}, {"pattern", "("}}),
                  "reads.pattern: "},
        std::pair{with(smallest, "reads", {{"form", "lines"}, {"columns", {"a"}}, {"pattern", "(a)(b)"}}),
                  "reads.pattern: must have as many groups as there are columns: 1"},
        std::pair{with(smallest, "rest", "lose"), "rest: is none of keep, fields, drop"},
        std::pair{with(smallest, "columns", {{"a", "source.colour"}}), "columns.a: `source.colour` is no field"},
        std::pair{with(smallest, "columns", {{"a", "source.ip: adress"}}),
                  "columns.a: there is no conversion `adress`"},
        std::pair{with(smallest, "columns", {{"a", {{"to", "comment"}, {"pattern", "("}}}}),
                  "columns.a.pattern: is no RE2 expression: "},
        std::pair{with(smallest, "columns", {{"a", {{"to", "comment"}, {"form", "x"}}}}),
                  "columns.a.form: is no member"},
        std::pair{with(smallest, "set", {{"source.port", "x"}}), "set.source.port: is no number"},
        std::pair{with(smallest, "choices", {{{"when", 1}}}), "choices[0]: is no list"},
        std::pair{with(smallest, "list", {{"of", {"source.colour"}}}),
                  "list.of: `source.colour` is no field of an event"},
        std::pair{with(smallest, "list", {{"of", Json::array()}}), "list.of: names no field"},
        std::pair{with(smallest, "list", {{"of", "source.ip"}, {"confidence", 101}}),
                  "list.confidence: is no integer from 0 to 100"},
        std::pair{with(smallest, "folds", {{"within", "week"}}), "folds.within: is none of hour, day"},
        std::pair{with(smallest, "folds", {{"within", "day"}, {"without", {"source.ip"}}}),
                  "folds.without: `source.ip` may not differ: it is no port, account, description or extra field"},
        std::pair{with(smallest, "schema", Json::object()), "schema: belongs to json, yaml and misp"},
        std::pair{with(smallest, "needed", 5), "needed: is no list"}));

TEST(FaultyMappings, tell_all_that_is_wrong_at_once) {
    auto const parsed = Mapping::parse(R"({"name": "x", "reads": {"form": "csv", "trims": 1}, "colour": 1, "columns": {
        "a": "source.colour", "b": {"to": "comment", "as": ["integer", "adress"]}, "c": ["source.ip", 7]},
        "choices": [[{"when": {"a": {"pattern": "("}}}, {"set": {"source.port": "x", "no.field": 1}}]]})");
    ASSERT_TRUE(parsed.has_error());
    std::vector<std::string> fields;
    for (auto const& each : parsed.error().fields) fields.push_back(each.field);
    EXPECT_THAT(fields, ::testing::UnorderedElementsAre("colour", "reads.trims", "columns.a", "columns.b.as",
                                                        "columns.c[1]", "choices[0][0].when.a.pattern",
                                                        "choices[0][1].set.source.port", "choices[0][1].set.no.field"));
}

TEST(FaultyMappings, that_are_no_json_tell_where_or_that_they_are_too_deep) {
    EXPECT_EQ(Mapping::parse("{\n  \"name\": \"x\",\n  reads\n}").error().detail, "is no JSON: line 3, column 3");
    EXPECT_EQ(Mapping::parse("").error().detail, "is no JSON: line 1, column 1");
    EXPECT_EQ(Mapping::parse(std::string(100'000, '[')).error().fault, base::Fault::invalid);
    auto const deep = R"({"name": "x", "reads": )" + std::string(40, '[') + std::string(40, ']') + '}';
    EXPECT_EQ(Mapping::parse(deep).error().detail, "is nested too deeply");
}

TEST(Mappings, of_shadowserver_are_found_by_the_name_of_the_file) {
    EXPECT_EQ(Mappings::shadowserver_type("/in/2026-01-31-scan_dns-example-asn.csv"), "scan_dns");
    EXPECT_EQ(Mappings::shadowserver_type("2026-01-31-event4_sinkhole.json.gz"), "event4_sinkhole");
    EXPECT_EQ(Mappings::shadowserver_type("scan_dns.csv"), "scan_dns");
    EXPECT_EQ(Mappings::shadowserver_type("scan_ssh-2023-01-01.csv"), "scan_ssh");
    EXPECT_EQ(Mappings::shadowserver_type("scan_teapot.csv"), std::nullopt) << "only known ones go without a date";
    EXPECT_EQ(Mappings::shadowserver_type("scan_dns.txt"), std::nullopt);
    EXPECT_TRUE(Mappings::knows_shadowserver("event4_honeypot_brute_force"));
    EXPECT_FALSE(Mappings::knows_shadowserver("scan_teapot"));
}

TEST(Mappings, of_shadowserver_take_an_unknown_type_by_the_usual_columns) {
    Json const object{{"timestamp", "2026-01-31 01:02:03"}, {"ip", "192.0.2.7"}, {"port", "418"}, {"teapots", "2"}};
    Row const row(object);
    auto const events = Mappings::shadowserver("scan_teapot").events_of(row);
    ASSERT_TRUE(events.has_value());
    EXPECT_EQ(events->at(0).text("source.ip"), "192.0.2.7");
    EXPECT_EQ(events->at(0).integer("source.port"), 418);
    EXPECT_EQ(events->at(0).text("classification.type"), "undetermined");
    EXPECT_EQ(events->at(0).text("extra.teapots"), "2");
}

TEST(Mappings, of_shadowserver_take_columns_by_the_names_they_had) {
    Json const object{
        {"timestamp", "2026-01-31 01:02:03"}, {"ip", "192.0.2.7"},     {"port", "2222"},      {"service", "ssh"},
        {"dest_ip", "198.51.100.7"},          {"dest_port", "22"},     {"dest_asn", "64500"}, {"dest_geo", "MK"},
        {"dest_dns", "trap.example"},         {"dest_naics", "517311"}};
    ASSERT_TRUE(Mappings::knows_shadowserver("drone_brute_force"));
    auto const events = Mappings::shadowserver("drone_brute_force").events_of(Row(object));
    ASSERT_TRUE(events.has_value()) << events.error().detail;
    auto const& event = events->at(0);
    EXPECT_EQ(event.text("classification.type"), "brute-force");
    EXPECT_EQ(event.text("classification.identifier"), "ssh");
    EXPECT_EQ(event.text("source.ip"), "192.0.2.7");
    EXPECT_EQ(event.text("destination.ip"), "198.51.100.7");
    EXPECT_EQ(event.integer("destination.port"), 22);
    EXPECT_EQ(event.integer("destination.asn"), 64500);
    EXPECT_EQ(event.text("destination.geolocation.cc"), "MK");
    EXPECT_EQ(event.text("destination.fqdn"), "trap.example");
    EXPECT_EQ(event.integer("extra.destination.naics"), 517311);
}

TEST(Mappings, of_shadowserver_take_types_by_the_names_they_had) {
    Json const drone{{"timestamp", "2016-01-31 01:02:03"},
                     {"ip", "192.0.2.7"},
                     {"port", "4711"},
                     {"type", "tcp"},
                     {"infection", "examplebot"},
                     {"cc_ip", "198.51.100.7"},
                     {"cc_port", "80"},
                     {"cc_dns", "c2.example"},
                     {"url", "GET /gate.php HTTP/1.1"},
                     {"agent", "Mozilla"},
                     {"p0f_genre", "Windows"}};
    auto const events = Mappings::shadowserver("botnet_drone").events_of(Row(drone));
    ASSERT_TRUE(events.has_value()) << events.error().detail;
    auto const& event = events->at(0);
    EXPECT_EQ(event.text("classification.type"), "infected-system");
    EXPECT_EQ(event.text("malware.name"), "examplebot");
    EXPECT_EQ(event.text("protocol.transport"), "tcp");
    EXPECT_EQ(event.text("destination.ip"), "198.51.100.7");
    EXPECT_EQ(event.text("destination.url"), "http://c2.example/gate.php");
    EXPECT_EQ(event.text("extra.user_agent"), "Mozilla");
    EXPECT_EQ(event.text("extra.os.name"), "Windows");
    EXPECT_EQ(event.text("feed.name"), "Sinkhole-Events IPv4");
    Json const chargen{{"timestamp", "2016-01-31 01:02:03"}, {"ip", "192.0.2.7"}, {"size", "440"}};
    auto const size = Mappings::shadowserver("scan_chargen").events_of(Row(chargen));
    EXPECT_EQ(size->at(0).integer("extra.response_size"), 440);
}

TEST(Mappings, that_are_shipped_can_be_read) { EXPECT_GE(Mappings::shipped().names().size(), 3u); }

TEST(MappingColumns, take_of_a_list_the_first_that_says_something) {
    EXPECT_EQ(of_cell({{"to", "source.fqdn"}, {"pattern", "^host=(.+)$"}}, {"a=1", "host=a.example", "host=b.example"}),
              (Json{{"source.fqdn", "a.example"}}));
    EXPECT_EQ(of_cell({{"to", "severity"}, {"words", {{"x", "high"}, {"y", "low"}}}, {"otherwise", nullptr}},
                      {"z", "y", "x"}),
              (Json{{"severity", "low"}}));
    EXPECT_EQ(of_cell("tlp: tlp", {"green", "tlp:white", "TLP:AMBER", "tlp:ex:chr"}), (Json{{"tlp", "amber"}}));
    EXPECT_EQ(of_cell("tlp: tlp", "green"), (Json{{"tlp", "green"}}));
    EXPECT_EQ(of_cell("tlp: tlp", {"green"}), Json::object());
}

TEST(MappingColumns, keep_the_hash_of_what_is_enclosed) {
    constexpr auto abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    auto const kept = [&](Json enclosure) {
        return of_cell("extra.evidence: evidence", std::move(enclosure)).at("extra.evidence");
    };
    EXPECT_EQ(kept({{"payload", "YWJj"}, {"content_type", "text/plain"}}),
              (Json{{"sha256", abc}, {"bytes", 3}, {"content_type", "text/plain"}}));
    EXPECT_EQ(kept({{{"Payload", "abc"}}}), (Json{{{"sha256", abc}, {"bytes", 3}}}));
    EXPECT_EQ(kept({{{"Payload", "YWJj"}, {"Base64Encoded", true}}}),
              (Json{{{"sha256", abc}, {"bytes", 3}, {"Base64Encoded", true}}}));
    EXPECT_EQ(kept({{"payload", "no base64!"}}).at("bytes"), 10);
}

TEST(MappingRows, are_as_the_schema_says) {
    auto const mapping = with({{"name", "example"}, {"reads", {{"form", "json"}}}}, "schema", {{"required", {"seen"}}});
    EXPECT_EQ(told(mapping, {{"c", 1}}), "refused: seen: is missing");
    EXPECT_EQ(told(mapping, {{"seen", 1}}), (Json{{"extra.seen", 1}}));
    EXPECT_EQ(Mapping::parse(with(smallest, "schema", Json::object()).dump()).error().detail,
              "schema: belongs to json, yaml and misp");
    EXPECT_EQ(Mapping::parse(with(mapping, "schema", {{"oneOf", 1}}).dump()).error().detail,
              "schema: oneOf: is no word that is known here");
}

TEST(Moments, may_be_digits_alone) {
    EXPECT_EQ(parse_any_moment("20260302101500"), parse_any_moment("2026-03-02T10:15:00Z"));
    EXPECT_EQ(parse_any_moment("202603021015"), parse_any_moment("2026-03-02T10:15:00Z"));
    EXPECT_EQ(parse_any_moment("1772445600000"), parse_any_moment("2026-03-02T10:00:00Z")) << "milliseconds";
}

TEST(Moments, may_have_the_month_first) {
    EXPECT_EQ(parse_any_moment("Feb  3 2014 02:13:35 +0100"), parse_any_moment("2014-02-03T01:13:35Z"));
    EXPECT_EQ(parse_any_moment("Feb 30 2014 02:13:35 +0100"), std::nullopt);
}

}  // namespace
}  // namespace kula::intake
