#include "output.hpp"

#include "small_contract.hpp"
#include "text.hpp"

namespace kula::client {
namespace {

class Written : public ::testing::Test {
protected:
    Contract const known = testing::contract();
    Json const& schema = testing::operation(known, "organisations list").row_schema();
    Json const first = Json::parse(
        R"({"id":"1","version":1,"name":"Пример Банка","sector":null,"tlp":"amber","size":12,"roles":["a","b"],
            "contacts":[{"name":"Ana","email":null}],"parent":{"id":"9","name":"Мајка"}})");
    Json const second = Json::parse(
        R"({"id":"2","version":1,"name":"=1+1, \"x\"","sector":"banking","tlp":"red","size":-3,"roles":[],"contacts":[],"parent":null})");

    std::string written(Format format, std::vector<Column> columns, bool chosen = false,
                        std::optional<unsigned> terminal = {}) const {
        std::string text;
        auto const writer =
            row_writer(format, std::move(columns), chosen, terminal, [&](auto bytes) { return text += bytes, true; });
        writer->row(first);
        writer->row(second);
        writer->end();
        for (auto const& name : writer->left_out()) text += "left out: " + name + '\n';
        return text;
    }
};

TEST_F(Written, csv_is_safe_in_a_spreadsheet) {
    EXPECT_EQ(written(Format::csv, all_columns(schema)),
              "name,sector,tlp,size,roles,contacts,id,version,parent.id,parent.name\r\n"
              "Пример Банка,,amber,12,a b,\"[{\"\"name\"\":\"\"Ana\"\",\"\"email\"\":null}]\",1,1,9,Мајка\r\n"
              "\"'=1+1, \"\"x\"\"\",banking,red,-3,,,2,1,,\r\n");
    for (auto const* text : {"=x", "+389", "-1", "@x", "\tx", "\rx", "\nx"})
        EXPECT_NE(csv_cell(text).find('\''), std::string::npos) << text;
    EXPECT_EQ(csv_cell(-1), "-1");
    EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
}

TEST_F(Written, columns_of_a_script_are_counted_and_not_bytes) {
    EXPECT_EQ(written(Format::table, *named_columns(schema, "id,name,size,parent,roles"), true),
              "id  name          size  parent  roles\n"
              "1   Пример Банка    12  Мајка   a, b\n"
              "2   =1+1, \"x\"       -3  -\n");
    EXPECT_EQ(width("Шкодра"), 6u);
    EXPECT_EQ(width("é"
                    "e\xcc\x81"),
              2u);
    EXPECT_EQ(width("漢字"), 4u);
    EXPECT_EQ(fitted("漢字漢字", 4), "漢… ");
    EXPECT_EQ(fitted("Пример", 4), "При…");
}

TEST_F(Written, a_table_fits_its_terminal) {
    for (unsigned const terminal : {20u, 30u, 45u, 80u}) {
        auto const text = written(Format::table, telling_columns(schema), false, terminal);
        for (std::size_t at = 0; at < text.size();) {
            auto const line = text.substr(at, text.find('\n', at) - at);
            if (!line.starts_with("left out")) {
                EXPECT_LE(width(line), terminal) << text;
            }
            at += line.size() + 1;
        }
    }
    EXPECT_NE(written(Format::table, telling_columns(schema), false, 30).find("left out: parent"), std::string::npos);
    EXPECT_EQ(written(Format::table, telling_columns(schema), false, 200).find("left out"), std::string::npos);
}

TEST_F(Written, json_streams_and_can_be_read_again) {
    EXPECT_EQ(Json::parse(written(Format::json, all_columns(schema))), Json::array({first, second}));
    EXPECT_EQ(written(Format::json_lines, *named_columns(schema, "id,parent.name"), true),
              "{\"id\":\"1\",\"parent.name\":\"Мајка\"}\n{\"id\":\"2\",\"parent.name\":null}\n");
    std::string nothing;
    row_writer(Format::json, {}, false, {}, [&](auto bytes) { return nothing += bytes, true; })->end();
    EXPECT_EQ(nothing, "[]\n");
}

TEST_F(Written, nothing_from_outside_commands_a_terminal) {
    EXPECT_EQ(printable("a\x1b[31mb\xc2\x9b"
                        "c\xff\nd"),
              "a\xef\xbf\xbd[31mb\xef\xbf\xbd"
              "c\xef\xbf\xbd d");
    EXPECT_EQ(printable("\xe2\x80\xae"
                        "gpj.exe"),
              "\xef\xbf\xbdgpj.exe");
    EXPECT_EQ(client::written(Json("\xc2\x9b\x7f\x1b")), R"("\u009b\u007f\u001b")");
}

TEST_F(Written, one_record_is_a_line_for_each_member) {
    std::string text;
    write_record(Format::table, first, {}, false, {}, [&](auto bytes) { return text += bytes, true; });
    EXPECT_NE(text.find("contacts[0].name   Ana\n"), std::string::npos) << text;
    EXPECT_NE(text.find("parent.name        Мајка\n"), std::string::npos) << text;
    EXPECT_NE(text.find("roles              a, b\n"), std::string::npos) << text;
}

TEST_F(Written, an_unknown_column_is_told_with_those_there_are) {
    auto const chosen = named_columns(schema, "id,colour");
    ASSERT_FALSE(chosen);
    EXPECT_EQ(chosen.error().detail.find("there is no column 'colour'; there are name, sector, "), 0u);
}

TEST_F(Written, stops_once_nobody_reads) {
    for (auto const format : {Format::json, Format::json_lines, Format::csv})
        EXPECT_FALSE(row_writer(format, all_columns(schema), false, {}, [](auto) { return false; })->row(first));
}

}  // namespace
}  // namespace kula::client
