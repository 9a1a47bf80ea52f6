#include "base/checks.hpp"

#include <gtest/gtest.h>

namespace kula::base {
namespace {

TEST(Checks, tell_the_first_rule_that_each_field_breaks) {
    Checks checks;
    EXPECT_FALSE(checks.error());
    checks.expect(true, "name", "is empty");
    checks.expect(false, "size", "is no size");
    checks.refuse("size", "is too long");
    EXPECT_EQ(checks.error()->detail, "size: is no size");
    checks.refuse("networks[2].value", invalid("is no prefix"));
    auto const error = checks.error();
    EXPECT_EQ(error->fault, Fault::invalid);
    EXPECT_EQ(error->detail, "size: is no size, and 1 more");
    ASSERT_EQ(error->fields.size(), 2u);
    EXPECT_EQ(error->fields[1].field, "networks[2].value");
    EXPECT_EQ(error->fields[1].message, "is no prefix");
}

TEST(Checks, tell_all_of_a_field_that_holds_several) {
    Checks checks;
    checks.refuse_also("networks", "entry 1 is no prefix");
    checks.refuse_also("networks", "entry 3 is no prefix");
    checks.refuse("networks", "are too many");
    EXPECT_EQ(checks.error()->fields.size(), 2u);
}

TEST(Checks, tell_a_hindrance_before_what_is_wrong) {
    Checks checks;
    checks.refuse("name", "is empty");
    checks.refuse("pgp_key", unavailable("GnuPG does not answer"));
    EXPECT_EQ(checks.error()->fault, Fault::unavailable);
    EXPECT_EQ(checks.error()->detail, "pgp_key: GnuPG does not answer");
}

TEST(Checks, end_at_a_hundred_fields) {
    Checks checks;
    for (int field = 0; field < 200; ++field) checks.refuse(std::to_string(field), "is wrong");
    EXPECT_EQ(checks.error()->fields.size(), 100u);
}

}  // namespace
}  // namespace kula::base
