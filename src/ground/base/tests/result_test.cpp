#include "base/result.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "base/must.hpp"

using kula::base::Fault;
using kula::base::Result;

namespace {

Result<int> half(int number) {
    if (number % 2 != 0) return kula::base::invalid("number: must be even");
    return number / 2;
}

}  // namespace

TEST(Result, holds_a_value_or_the_reason_there_is_none) {
    EXPECT_EQ(half(4).value(), 2);
    auto const failed = half(3);
    ASSERT_TRUE(failed.has_error());
    EXPECT_EQ(failed.error().fault, Fault::invalid);
    EXPECT_EQ(failed.error().detail, "number: must be even");
}

TEST(Result, asked_for_a_value_it_has_not_is_a_bug_that_names_the_reason) {
    try {
        (void)half(3).value();
        FAIL() << "a failed result gave a value";
    } catch (std::logic_error const& bug) {
        EXPECT_NE(std::string(bug.what()).find("number: must be even"), std::string::npos);
    }
}

TEST(Must, throws_the_sentence_that_does_not_hold) {
    EXPECT_NO_THROW(kula::base::must(true, "water is wet"));
    EXPECT_THROW(kula::base::must(false, "water is dry"), std::logic_error);
}
