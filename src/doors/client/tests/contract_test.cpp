#include "contract.hpp"

#include <algorithm>

#include "small_contract.hpp"

namespace kula::client {
namespace {

using testing::contract;
using testing::operation;

TEST(Contract, a_path_and_a_method_are_a_noun_and_a_verb) {
    auto const known = contract();
    std::vector<std::string> names;
    for (auto const& one : known.operations()) names.push_back(one.method + ' ' + one.name());
    EXPECT_EQ(names, (std::vector<std::string>{
                         "GET organisations list", "POST organisations create", "GET organisations get",
                         "PUT organisations change", "DELETE organisations delete", "POST organisations import",
                         "GET exporters list", "GET users sessions list", "DELETE users sessions delete",
                         "DELETE users sessions delete", "GET stream watch"}));
}

TEST(Contract, what_it_refers_to_is_put_in_place) {
    auto const known = contract();
    auto const& list = operation(known, "organisations list");
    EXPECT_TRUE(list.is_paged());
    EXPECT_EQ(list.rows, "items");
    ASSERT_TRUE(list.parameter(Parameter::Place::query, "limit"));
    EXPECT_EQ(in_words(list.parameter(Parameter::Place::query, "limit")->schema), "integer 1..500, 50 unless told");
    auto const& properties = member(list.row_schema(), "properties");
    EXPECT_EQ(in_words(member(properties, "tlp")), "clear|green|amber|red, amber unless told");
    EXPECT_EQ(in_words(member(properties, "parent")), "{id, name} or null");
    EXPECT_EQ(in_words(member(properties, "contacts")), "list of {name, email}");
    EXPECT_EQ(operation(known, "exporters list").rows, "exporters");
}

TEST(Contract, parameters_of_the_path_belong_to_each_of_its_operations) {
    auto const known = contract();
    EXPECT_EQ(operation(known, "organisations get").at(Parameter::Place::path).size(), 1u);
    EXPECT_TRUE(operation(known, "organisations change").parameter(Parameter::Place::header, "If-Match"));
    EXPECT_EQ(known.reader_of(operation(known, "organisations change")), &operation(known, "organisations get"));
    EXPECT_EQ(known.reader_of(operation(known, "organisations import")), nullptr);
}

TEST(Contract, what_refers_to_itself_ends) {
    auto const document = Json::parse(R"({"a": {"properties": {"inner": {"$ref": "#/a"}}}})");
    EXPECT_FALSE(resolved(document, member(document, "a")).empty());
}

TEST(Contract, something_else_is_no_contract) {
    for (auto const* text : {"", "[]", "{}", "{\"paths\": []}", "{\"paths\": {\"x\": {}}}", "nonsense"})
        EXPECT_FALSE(Contract::parse(text)) << text;
}

}  // namespace
}  // namespace kula::client
