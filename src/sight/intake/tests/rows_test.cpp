// Rows come off their texts whole, whatever stands between them and wherever the text is split.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "row_readers.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// `line:{cells}`, `line!reason`, `refused: why`, `cut`.
class Told : public RowSink {
public:
    void row(Row const& row) override {
        Json cells = Json::object();
        row.each_name([&](std::string const& name) { cells[name] = row.cell(name).value_or("?"); },
                      [](std::string const&) { return false; });
        all.push_back(fmt::format("{}:{}", row.line, cells.dump()));
        raws.emplace_back(row.raw);
    }
    void broken(std::uint64_t line, std::string_view raw, std::string_view reason) override {
        all.push_back(fmt::format("{}!{}", line, reason));
        raws.emplace_back(raw);
    }
    void refuse(std::string reason) override { all.push_back("refused: " + reason); }
    void cut(std::string_view /*why*/) override { all.emplace_back("cut"); }

    std::vector<std::string> all{};
    std::vector<std::string> raws{};
};

Told told_at_once(RowReader& reader, std::string_view text, std::size_t piece) {
    Told told;
    std::vector<std::byte> held;
    auto const* const bytes = reinterpret_cast<std::byte const*>(text.data());
    for (std::size_t at = 0; at < text.size(); at += piece) {
        held.insert(held.end(), bytes + at, bytes + std::min(at + piece, text.size()));
        auto const used = reader.consume(held, InputEnd::not_yet, told);
        held.erase(held.begin(), held.begin() + static_cast<std::ptrdiff_t>(used));
    }
    reader.consume(held, InputEnd::reached, told);
    return told;
}

/// The same whether it comes whole or in single bytes.
template <class Make>
Told told(Make const& make, std::string_view text) {
    auto const whole = told_at_once(*make(), text, std::max<std::size_t>(text.size(), 1));
    if (text.size() < 10'000) {
        for (auto const piece : {std::size_t{1}, std::size_t{7}})
            EXPECT_EQ(told_at_once(*make(), text, piece).all, whole.all) << text;
    }
    return whole;
}

Reading csv(std::string comments = {}, std::vector<std::string> columns = {}, char delimiter = '\0',
            bool trims = false) {
    Reading reading;
    reading.delimiter = delimiter;
    reading.columns = std::move(columns);
    reading.comments = std::move(comments);
    reading.trims = trims;
    return reading;
}

std::vector<std::string> of_csv(std::string_view text, Reading const& reading = csv(),
                                std::vector<std::vector<std::string>> const& needed = {}) {
    return told([&] { return csv_rows(reading, needed); }, text).all;
}

TEST(CsvRows, have_the_names_of_their_header) {
    EXPECT_THAT(of_csv("a,b\r\n1,\"x\ny\"\r\n\n2,\n"),
                ElementsAre(R"(2:{"a":"1","b":"x\ny"})", R"(5:{"a":"2","b":""})"));
    EXPECT_THAT(of_csv("a;b\n1,5;2\n"), ElementsAre(R"(2:{"a":"1,5","b":"2"})"));
    EXPECT_THAT(of_csv("\xef\xbb\xbf\"a\",b\n1,2"), ElementsAre(R"(2:{"a":"1","b":"2"})"));
    EXPECT_THAT(of_csv("a,b\n"), ElementsAre());
    EXPECT_THAT(of_csv(""), ElementsAre());
}

TEST(CsvRows, may_have_names_of_the_mapping_and_comments_between) {
    EXPECT_THAT(of_csv("# of today\n1 | x \n;2|#\n#3|4\n5|6", csv("#;", {"n", "t"}, '|', true)),
                ElementsAre(R"(2:{"n":"1","t":"x"})", R"(5:{"n":"5","t":"6"})"));
}

TEST(CsvRows, have_comments_behind_empty_lines_too) {
    EXPECT_THAT(of_csv("a\n1\n\n# c\n\r\n#\r\n2\n", csv("#")), ElementsAre(R"(2:{"a":"1"})", R"(7:{"a":"2"})"));
}

TEST(CsvRows, are_broken_one_by_one) {
    auto const rows = of_csv("a,b\n1,2,3\n1\n\"x,2\n3,4\n" + std::string(longest_cell + 1, 'l') + ",5\n6,7\n");
    EXPECT_THAT(rows,
                ElementsAre("2!the row has more cells than the header", "3!the row has fewer cells than the header",
                            "4!quotes do not match", R"(5:{"a":"3","b":"4"})", "6!a cell is longer than 128 KiB",
                            R"(7:{"a":"6","b":"7"})"));
}

TEST(CsvRows, tell_where_the_text_breaks_off) {
    EXPECT_THAT(of_csv("a,b\n1,2\n3"),
                ElementsAre(R"(2:{"a":"1","b":"2"})", "cut", "3!the row has fewer cells than the header"));
    EXPECT_THAT(of_csv("a,b\n1,2\n3,4"), ElementsAre(R"(2:{"a":"1","b":"2"})", R"(3:{"a":"3","b":"4"})"));
}

TEST(CsvRows, are_none_where_a_needed_column_is_missing) {
    EXPECT_THAT(of_csv("a,b\n1,2\n3,4\n", csv(), {{"b", "x"}, {"c"}}),
                ElementsAre("refused: the header has no column `c`"));
}

TEST(CsvRows, keep_bytes_that_are_no_utf8_and_nul) {
    EXPECT_THAT(of_csv(std::string_view("a\nM\xfcller\nx\0y\n", 13)),
                ElementsAre("2:{\"a\":\"Müller\"}", R"(3:{"a":"x\u0000y"})"));
}

std::vector<std::string> of_json(std::string_view text, std::string each = {}) {
    Reading reading;
    reading.form = Reading::Form::json;
    reading.each = std::move(each);
    return told([&] { return json_rows(reading); }, text).all;
}

TEST(JsonRows, are_the_objects_of_a_list_or_of_lines) {
    auto const two = ElementsAre(R"(1:{"a":1,"b.c":"x"})", R"(2:{"a":"]}"})");
    EXPECT_THAT(of_json("[{\"a\": 1, \"b\": {\"c\": \"x\"}},\n{\"a\": \"]}\"}]\n"), two);
    EXPECT_THAT(of_json("{\"a\": 1, \"b\": {\"c\": \"x\"}}\n{\"a\": \"]}\"}\n"), two);
    EXPECT_THAT(of_json("\xef\xbb\xbf[]"), ElementsAre());
    EXPECT_THAT(of_json("{\"a.b\": 1, \"l\": [{}], \"o\": {}}"), ElementsAre(R"(1:{"a.b":1,"l":[{}],"o":{}})"));
}

TEST(JsonRows, may_lie_inside_an_object) {
    EXPECT_THAT(of_json("{\"data\": {\"items\": [{\"a\": 1}, 2]}}", "data.items"),
                ElementsAre(R"(1:{"a":1})", "1!is no JSON object"));
    EXPECT_THAT(of_json("{\"data\": {}}", "data.items"), ElementsAre("refused: there is no list `data.items`"));
    EXPECT_THAT(of_json("{\"data\": 5}", "data"), ElementsAre("refused: there is no list `data`"));
}

TEST(JsonRows, deep_inside_are_taken_one_by_one_however_long_the_whole_is) {
    EXPECT_THAT(of_json(R"({"n": {"data": [1]}, "t": "}\"],", "data": {"x": [[{}]], "items": [{"a": 1},
 {"a": 2}], "y": null}, "z": 1})",
                        "data.items"),
                ElementsAre(R"(1:{"a":1})", R"(2:{"a":2})"));
    EXPECT_THAT(of_json("{\"12\": [{\"a\": 1}],\n\"1\\\"3\" : 5, \"14\": {}}", "*"),
                ElementsAre(R"(1:{"name":"12","value":[{"a":1}]})", R"(2:{"name":"1\"3","value":5})",
                            R"(2:{"name":"14","value":{}})"));
    EXPECT_THAT(of_json("{\"data\": {\"k\": 1}} {\"data\": {\"l\": 2}}", "data.*"),
                ElementsAre(R"(1:{"name":"k","value":1})", R"(1:{"name":"l","value":2})"));
    std::string many = "{\"note\": \"" + std::string(longest_value + 10, 'x') + "\", \"data\": [";
    for (int number = 0; number < 1000; ++number) many += "{\"a\": \"" + std::string(20'000, 'x') + "\"},\n";
    EXPECT_THAT(of_json(many + "{}]}", "data"), SizeIs(1001)) << "longer than a row may be";
}

TEST(JsonRows, deep_inside_tell_where_the_text_breaks_off_or_is_none) {
    EXPECT_THAT(of_json("{\"data\": [{\"a\": 1},\n{\"a\": ", "data"),
                ElementsAre(R"(1:{"a":1})", "cut", "2!the text ends inside a value"));
    EXPECT_THAT(of_json("{\"data\": [{\"a\": 1}],", "data"), ElementsAre(R"(1:{"a":1})", "cut"));
    EXPECT_THAT(of_json("{\"data\": [{\"a\": 1}], \"z\": \"", "data"), ElementsAre(R"(1:{"a":1})", "cut"));
    EXPECT_THAT(of_json("{\"data\" [{\"a\": 1}]}", "data"), ElementsAre("1!it is no JSON", "refused: it is no JSON"));
    EXPECT_THAT(of_json("{data: []}", "data"), ElementsAre("1!it is no JSON", "refused: it is no JSON"));
    EXPECT_THAT(of_json("[]", "data"), ElementsAre("refused: there is no list `data`"));
}

TEST(JsonRows, are_broken_one_by_one_and_tell_where_the_text_breaks_off) {
    EXPECT_THAT(of_json("[{\"a\": 1}, {a}, 7, {\"a\": 2}]"),
                ElementsAre(R"(1:{"a":1})", "1!is no JSON", "1!is no JSON object", R"(1:{"a":2})"));
    EXPECT_THAT(of_json("[{\"a\": 1},\n{\"a\": "),
                ElementsAre(R"(1:{"a":1})", "cut", "2!the text ends inside a value"));
    EXPECT_THAT(of_json("[{\"a\": 1},"), ElementsAre(R"(1:{"a":1})", "cut"));
}

TEST(JsonRows, have_cells_that_stand_in_front_of_them) {
    Reading reading;
    reading.form = Reading::Form::json;
    reading.each = "all.rows";
    reading.beside = {"day", "number"};
    auto const rows = [&reading](std::string_view text) { return told([&] { return json_rows(reading); }, text).all; };
    EXPECT_THAT(
        rows(R"({"x": 1, "day": "2026-03-01", "number": 7, "all": {"day": 2, "rows": [{"a": 1}, {"day": 3}]}})"),
        ElementsAre(R"(1:{"a":1,"day":"2026-03-01","number":7})", R"(1:{"day":"2026-03-01","number":7})"));
    EXPECT_THAT(rows(R"({"day": {"of": 1}, "all": {"rows": [{"a": 1}]}, "number": 7})"),
                ElementsAre(R"(1:{"a":1,"day":null})"))
        << "no object, and nothing that comes behind";
    EXPECT_THAT(rows(R"({"day": "2026)"), ElementsAre("cut", "1!the text ends inside a value"));
}

TEST(JsonRows, that_are_nested_without_end_are_broken) {
    auto const deep = "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    EXPECT_THAT(of_json(deep + "\n{\"a\":1}"), ElementsAre("1!is nested deeper than 64 levels", R"(2:{"a":1})"));
}

TEST(JsonRows, of_too_many_members_are_broken) {
    std::string members = "{\"b\":{\"c\":1}";
    for (int number = 0; number < 2000; ++number) members += fmt::format(",\"a{}\":1", number);
    EXPECT_THAT(of_json(members + "}\n{\"a\":1}"),
                ElementsAre("1!an object has more than 2,000 members", R"(2:{"a":1})"));
}

TEST(JsonRows, of_a_value_without_end_take_no_more_memory) {
    auto const rows = of_json("[\"" + std::string(longest_value + 10, 'x'));
    ASSERT_THAT(rows, SizeIs(2));
    EXPECT_THAT(rows[0], HasSubstr("longer than 8 MiB"));
    EXPECT_THAT(rows[1], HasSubstr("refused: a value is longer than 8 MiB"));
}

TEST(LineRows, are_what_a_pattern_takes_out) {
    Reading reading;
    reading.form = Reading::Form::lines;
    reading.columns = {"ip", "last"};
    reading.comments = "#";
    reading.pattern = R"((\S+)\s+# (.+))";
    auto const make = [&] { return line_rows(reading); };
    auto const lines = told(make, "# head\r\n192.0.2.1\t# today\r\n\nnothing\n192.0.2.2 # now");
    EXPECT_THAT(lines.all, ElementsAre(R"(2:{"ip":"192.0.2.1","last":"today"})",
                                       "4!the line is not written as its feed's lines are",
                                       R"(5:{"ip":"192.0.2.2","last":"now"})"));
    EXPECT_EQ(lines.raws.at(1), "nothing");
}

TEST(Rows, keep_what_stood_there) {
    auto const reading = csv();
    auto const rows = told([&] { return csv_rows(reading, {}); }, "a,b\r\n\"1\",2\r\nbad\r\n");
    EXPECT_THAT(rows.raws, ElementsAre("\"1\",2", "bad"));
}

std::vector<std::string> yaml(std::string_view text) {
    return told([] { return yaml_rows({}); }, text).all;
}

TEST(YamlRows, are_documents_or_json) {
    EXPECT_THAT(yaml("a: 1\nb: [2]\n"), ElementsAre(R"(1:{"a":"1","b":["2"]})"));
    EXPECT_THAT(yaml("\xef\xbb\xbf{\"a\": 1}\n{\"a\": 2}\n"), ElementsAre(R"(1:{"a":1})", R"(2:{"a":2})"));
    EXPECT_THAT(yaml(" \n"), ElementsAre());
    EXPECT_THAT(yaml("a text"), ElementsAre("1!is no JSON object"));
    EXPECT_THAT(yaml("a: &x 1\nb: *x\n"), ElementsAre("1!is no YAML: line 2: it has an alias, which is not followed"));
    EXPECT_THAT(yaml("a: " + std::string(2 << 20, 'x')),
                ElementsAre("1!the text is longer than 1 MiB", "refused: a text in YAML is longer than 1 MiB"));
}

/// `line:value of type in event, tags`.
std::vector<std::string> misp(std::string_view text) {
    class Shown : public RowSink {
    public:
        void row(Row const& row) override {
            auto const text = [&](char const* cell) { return row.cell(cell).value_or("?").dump(); };
            all.push_back(fmt::format("{}:{} {} {} {}", row.line, text("attribute.value"), text("object.name"),
                                      text("event.info"), text("tags")));
            EXPECT_EQ(row.raw.substr(0, 1), "{");
        }
        void broken(std::uint64_t line, std::string_view, std::string_view reason) override {
            all.push_back(fmt::format("{}!{}", line, reason));
        }
        void refuse(std::string reason) override { all.push_back("refused: " + reason); }
        void remark(std::string what) override { all.push_back("remark: " + what); }
        void cut(std::string_view /*why*/) override { all.emplace_back("cut"); }
        std::vector<std::string> all{};
    };
    std::vector<std::vector<std::string>> ways;
    for (auto const piece : {text.size() + 1, std::size_t{1}, std::size_t{7}}) {
        Shown shown;
        auto const reader = misp_rows();
        auto const bytes = std::as_bytes(std::span(text));
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            reader->consume(bytes.subspan(at, std::min(piece, bytes.size() - at)), InputEnd::not_yet, shown);
        reader->consume({}, InputEnd::reached, shown);
        ways.push_back(std::move(shown.all));
    }
    EXPECT_EQ(ways[0], ways[1]);
    EXPECT_EQ(ways[0], ways[2]);
    return ways[0];
}

TEST(MispRows, are_attributes_with_what_stands_around_them) {
    constexpr auto event = R"({"Event": {"Attribute": [
{"value": "a", "Tag": [{"name": "x"}]},
{"value": "b"}], "info": "i", "Tag": [{"name": "tlp:green"}],
"Object": [{"name": "file", "Attribute": [{"value": "c"}]}]}})";
    EXPECT_THAT(misp(event), ElementsAre(R"(2:"a" "?" "i" ["x","tlp:green"])", R"(3:"b" "?" "i" ["tlp:green"])",
                                         R"(4:"c" "file" "i" ["tlp:green"])"));
    auto const twice = fmt::format("[{0},\n{0}]", R"({"Event": {"info": "i", "Attribute": [{"value": "a"}]}})");
    EXPECT_THAT(misp(twice), ElementsAre(R"(1:"a" "?" "i" [])", R"(2:"a" "?" "i" [])"));
    EXPECT_THAT(misp("{\"response\": " + twice + ", \"page\": 1}"), SizeIs(2));
    EXPECT_THAT(misp(R"({"response": {"Attribute": [{"value": "a"}]}})"), ElementsAre(R"(1:"a" "?" "?" [])"));
    EXPECT_THAT(misp(R"({"info": "i", "Attribute": [{"value": "a"}]})"), ElementsAre(R"(1:"a" "?" "i" [])"));
}

TEST(MispRows, of_an_object_leave_nothing_to_the_next) {
    constexpr auto event = R"({"Event": {"info": "i", "Tag": [{"name": "t"}], "Object": [
{"name": "file", "Tag": [{"name": "y"}], "Attribute": [{"value": "a", "Tag": [{"name": "x"}]}, {"value": "b"}]},
{"name": "empty"}, {"Attribute": [{"value": "c"}]}]}})";
    EXPECT_THAT(misp(event), ElementsAre(R"(2:"a" "file" "i" ["x","t","y"])", R"(2:"b" "file" "i" ["t","y"])",
                                         R"(3:"c" "?" "i" ["t"])"));
}

TEST(MispRows, are_none_of_what_holds_no_attributes) {
    EXPECT_THAT(misp(R"({"5a3c2fcd-8328-42bb-a95e-4f4402de0b81": {"Orgc": {"name": "o"}}})"),
                ElementsAre("remark: it is the manifest of a feed: its 1 events are files of their own"));
    EXPECT_THAT(misp("d41d8cd98f00b204e9800998ecf8427e,5a3c2fcd-8328-42bb-a95e-4f4402de0b81\n"),
                ElementsAre("remark: it is a feed's list of hashes, which tells no events"));
    EXPECT_THAT(misp(R"({"Event": {"info": "i"}})"), ElementsAre("remark: an event in it has no attributes"));
    EXPECT_THAT(misp("[]"), ElementsAre());
    EXPECT_THAT(misp(R"({"response": []})"), ElementsAre());
}

TEST(MispRows, that_are_broken_stand_where_they_are) {
    EXPECT_THAT(misp("{}"), ElementsAre("1!Event: is missing", "refused: is no JSON of MISP"));
    EXPECT_THAT(misp("no json"), ElementsAre("1!is no JSON of MISP", "refused: is no JSON of MISP"));
    EXPECT_THAT(misp(R"({"Event": {"info": "i", "Attribute": 1}})"), ElementsAre("1!Attribute: is no list"));
    EXPECT_THAT(misp("{\"Event\": {\"info\": \"i\", \"Attribute\": [\n{\"value\": }, 1, {\"value\": \"b\"}]}}"),
                ElementsAre("2!is no JSON", "2!is no JSON object", R"(2:"b" "?" "i" [])"));
    EXPECT_THAT(misp(R"({"Event": {"info": "i", "Attribute": [{"value": "a"}])"),
                ElementsAre("cut", "1!the text ends inside an event"));
    EXPECT_THAT(misp(R"([{"Event": {"info": "i", "Attribute": [{"value": "a"}]}})"),
                ElementsAre(R"(1:"a" "?" "i" [])", "cut"));
}

}  // namespace
}  // namespace kula::intake
