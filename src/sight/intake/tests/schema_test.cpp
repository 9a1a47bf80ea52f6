// What a row must be like: the first fault is told with its place, and no word of a schema is passed over.

#include "schema.hpp"

#include <gmock/gmock.h>

namespace kula::intake {
namespace {

using ::testing::HasSubstr;

std::string fault(char const* schema, char const* value) {
    auto const parsed = Schema::parse(Json::parse(schema));
    if (!parsed) return "schema: " + parsed.error().detail;
    return parsed->fault_of(Json::parse(value)).value_or("");
}

TEST(Schema, names_the_place_of_the_first_fault) {
    constexpr auto report = R"({"type": "object", "required": ["Report"], "properties": {"Report": {"type": "object",
        "required": ["Date"], "properties": {"Date": {"type": "string", "format": "date-time"},
        "Samples": {"type": "array", "minItems": 1, "items": {"required": ["Payload"]}}}}}})";
    EXPECT_EQ(fault(report, "[]"), "it: is no object");
    EXPECT_EQ(fault(report, "{}"), "Report: is missing");
    EXPECT_EQ(fault(report, R"({"Report": 1})"), "Report: is no object");
    EXPECT_EQ(fault(report, R"({"Report": {}})"), "Report.Date: is missing");
    EXPECT_EQ(fault(report, R"({"Report": {"Date": "tomorrow"}})"), "Report.Date: is no date-time");
    EXPECT_EQ(fault(report, R"({"Report": {"Date": "2026-03-01T10:00:00Z", "Samples": []}})"),
              "Report.Samples: has fewer than 1");
    EXPECT_EQ(fault(report, R"({"Report": {"Date": "2026-03-01T10:00:00Z", "Samples": [{"Payload": ""}, {}]}})"),
              "Report.Samples[2].Payload: is missing");
    EXPECT_EQ(fault(report, R"({"Report": {"Date": "2026-03-01T10:00:00Z"}, "more": 1})"), "");
}

TEST(Schema, knows_values_and_their_forms) {
    EXPECT_EQ(fault(R"({"enum": ["a", 1]})", "1"), "");
    EXPECT_EQ(fault(R"({"enum": ["a", 1]})", R"("b")"), "it: is none of a, 1");
    EXPECT_EQ(fault(R"({"const": true})", "false"), "it: is none of true");
    EXPECT_EQ(fault(R"({"type": ["string", "integer"]})", "1.5"), "it: is no text");
    EXPECT_EQ(fault(R"({"minimum": 1, "maximum": 65535})", "0"), "it: is less than 1");
    EXPECT_EQ(fault(R"({"minimum": 1, "maximum": 65535})", "70000"), "it: is more than 65535");
    EXPECT_EQ(fault(R"({"minLength": 1})", R"("")"), "it: is shorter than 1");
    EXPECT_EQ(fault(R"({"minProperties": 1})", "{}"), "it: has fewer than 1");
    EXPECT_EQ(fault(R"({"pattern": "^CVE-\\d+$"})", R"("x")"), "it: is not of the form that it has to have");
    EXPECT_EQ(fault(R"({"additionalProperties": {"type": "string"}})", R"({"a": 1})"), "a: is no text");
    EXPECT_EQ(fault(R"({"properties": {"a": false}})", R"({"a": 1})"), "a: is no member here");
    for (auto const& [format, good, bad] :
         {std::tuple("email", "desk@example.org", "desk.example.org"), std::tuple("ipv4", "192.0.2.1", "2001:db8::1"),
          std::tuple("ipv6", "2001:db8::1", "192.0.2.1"), std::tuple("hostname", "example.org", "no host"),
          std::tuple("uri", "https://example.org/", "/path"),
          std::tuple("moment", "Mar  2 2026 10:00:00 +0100", "later"),
          std::tuple("uuid", "550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4")}) {
        auto const schema = Schema::parse({{"format", format}}).value();
        EXPECT_EQ(schema.fault_of(good), std::nullopt) << format;
        EXPECT_EQ(schema.fault_of(bad), std::string("it: is no ") + format);
    }
}

TEST(Schema, decides_by_conditions) {
    constexpr auto either = R"({"anyOf": [{"required": ["ip"]}, {"required": ["url"]}]})";
    EXPECT_EQ(fault(either, R"({"url": 1})"), "");
    EXPECT_EQ(fault(either, "{}"), "ip: is missing");
    constexpr auto chosen =
        R"({"if": {"properties": {"kind": {"const": "a"}}}, "then": {"required": ["x"]}, "else": {"required": ["y"]}})";
    EXPECT_EQ(fault(chosen, R"({"kind": "a"})"), "x: is missing");
    EXPECT_EQ(fault(chosen, R"({"kind": "b"})"), "y: is missing");
    EXPECT_EQ(fault(R"({"not": {"format": "email"}})", R"("a@example.org")"), "it: is what it must not be");
    EXPECT_EQ(fault(R"({"$ref": "#/$defs/t", "$defs": {"t": {"type": "string"}}})", "1"), "it: is no text");
}

TEST(Schema, that_is_faulty_says_where) {
    EXPECT_EQ(fault("1", "1"), "schema: is no object");
    EXPECT_EQ(fault(R"({"properties": {"a": {"oneOf": []}}})", "1"),
              "schema: properties: a: oneOf: is no word that is known here");
    EXPECT_EQ(fault(R"({"type": "text"})", "1"), "schema: type: is none of JSON Schema's");
    EXPECT_EQ(fault(R"({"format": "colour"})", "1"), "schema: format: colour is not known");
    EXPECT_THAT(fault(R"({"pattern": "("})", "1"), HasSubstr("schema: pattern: "));
    EXPECT_EQ(fault(R"({"$ref": "#/$defs/none"})", "1"), "schema: $ref: leads nowhere");
    EXPECT_THAT(fault(R"({"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}})", "1"),
                HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace kula::intake
