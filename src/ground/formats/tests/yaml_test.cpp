// YAML of reports: what is told comes out as it stands there, and nothing grows.

#include "formats/yaml.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace kula::formats {
namespace {

using ::testing::HasSubstr;
using Kind = YamlValue::Kind;

std::string shown(YamlValue const& value) {
    std::string out;
    switch (value.kind) {
        case Kind::nothing: return "-";
        case Kind::text: return "'" + value.text + "'";
        case Kind::list:
            for (auto const& each : value.elements) out += shown(each) + ' ';
            return "[" + out + "]";
        case Kind::object: break;
    }
    for (auto const& [name, each] : value.members) out += name + '=' + shown(each) + ' ';
    return "{" + out + "}";
}

std::string told(std::string_view text) {
    auto const documents = parse_yaml(text);
    if (!documents) return "invalid: " + documents.error().detail;
    std::string out;
    for (auto const& each : *documents) out += shown(each);
    return out;
}

TEST(Yaml, is_objects_lists_and_texts) {
    EXPECT_EQ(told("---\nReported-From: a@example.org\nPort: 22\nVersion: 0.2\n"),
              "{Reported-From='a@example.org' Port='22' Version='0.2' }");
    EXPECT_EQ(told("a: [1, {b: c}]\nd:\n  - e\n  - f: g\n"), "{a=['1' {b='c' } ] d=['e' {f='g' } ] }");
    EXPECT_EQ(told("a: ~\nb: '~'\nc:\nd: ''\ne: no\n"), "{a=- b='~' c=- d='' e='no' }");
    EXPECT_EQ(told("a: 1\n---\nb: 2\n"), "{a='1' }{b='2' }");
    EXPECT_EQ(told("Source: 2001:db8::1\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\n"),
              "{Source='2001:db8::1' Date='Mon, 02 Mar 2026 10:00:00 +0100' }");
    EXPECT_EQ(told(""), "");
    EXPECT_EQ(told("a line of text"), "'a line of text'");
}

TEST(Yaml, that_could_grow_or_lose_something_is_refused) {
    EXPECT_THAT(told("a: &x [1]\nb: *x\n"), HasSubstr("line 2: it has an alias"));
    EXPECT_THAT(told("a: 1\nb: 2\na: 3\n"), HasSubstr("line 3: a name is told twice"));
    EXPECT_THAT(told("{[a]: b}"), HasSubstr("a name is no text"));
    EXPECT_THAT(told(std::string(65, '[') + std::string(65, ']')), HasSubstr("deeper than 64"));
    EXPECT_EQ(told(std::string(64, '[') + std::string(64, ']')).substr(0, 2), "[[");
    EXPECT_THAT(told(std::string(longest_yaml + 1, ' ')), HasSubstr("longer than 1 MiB"));
    std::string many = "[";
    for (std::size_t count = 0; count < most_yaml_values; ++count) many += "1,";
    EXPECT_THAT(told(many + "]"), HasSubstr("too many values"));
}

TEST(Yaml, that_is_none_says_where) {
    EXPECT_THAT(told("a: 'b\n"), HasSubstr("invalid: line "));
    EXPECT_THAT(told("a: b: c\n"), HasSubstr("invalid: line 1"));
    EXPECT_THAT(told("a: \xff\n"), HasSubstr("invalid: "));
}

}  // namespace
}  // namespace kula::formats
