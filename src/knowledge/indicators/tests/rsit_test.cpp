// Proves: the shipped taxonomy is whole in three languages, and a classification is checked against it.
#include "indicators/rsit.hpp"

#include <gtest/gtest.h>

namespace kula::indicators {

TEST(Rsit, is_shipped_with_11_classes_and_39_types) {
    auto const& rsit = Rsit::shipped();
    EXPECT_EQ(rsit.classes().size(), 11U);
    std::size_t types = 0;
    for (auto const& one : rsit.classes()) types += one.types.size();
    EXPECT_EQ(types, 39U);
    auto const* const malicious = rsit.find("malicious-code");
    ASSERT_NE(malicious, nullptr);
    EXPECT_EQ(malicious->label.mk, "Злонамерен код");
    EXPECT_EQ(malicious->label.sq, "Kod keqdashës");
    EXPECT_EQ(malicious->types.at(1).value, "c2-server");
}

TEST(Rsit, wants_a_class_and_takes_a_type_of_that_class) {
    auto const& rsit = Rsit::shipped();
    EXPECT_TRUE(rsit.check("malicious-code"));
    EXPECT_TRUE(rsit.check("malicious-code", "c2-server"));
    EXPECT_TRUE(rsit.check("malicious-code", "phishing").has_error());
    EXPECT_TRUE(rsit.check("", "c2-server").has_error());
    EXPECT_TRUE(rsit.check("Malicious Code").has_error());
}

TEST(Rsit, refuses_data_that_is_not_whole) {
    for (
        auto const* json :
        {"", "[]", "{}", R"({"classes":[{}]})", R"({"classes":[{"value":"a","label":{"en":"A","mk":"A"}}]})",
         R"({"classes":[{"value":"a","label":{"en":"A","mk":"A","sq":"A"},"types":[]}]})",
         R"({"classes":[{"value":"a","label":{"en":"A","mk":"A","sq":"A"},"types":[{"value":"t","label":{"en":"T","mk":"T","sq":"T"}},{"value":"t","label":{"en":"T","mk":"T","sq":"T"}}]}]})"}) {
        EXPECT_TRUE(Rsit::parse(json).has_error()) << json;
    }
}

}  // namespace kula::indicators
