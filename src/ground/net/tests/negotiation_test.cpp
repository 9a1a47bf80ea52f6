#include "net/negotiation.hpp"

#include <gtest/gtest.h>

namespace kula::net {
namespace {

using base::Language;

TEST(Negotiation, takes_the_language_that_weighs_most) {
    EXPECT_EQ(preferred_language("sq"), Language::sq);
    EXPECT_EQ(preferred_language("en;q=0.5, mk;q=0.9"), Language::mk);
    EXPECT_EQ(preferred_language("de, fr;q=0.9, sq;q=0.1"), Language::sq);
    EXPECT_EQ(preferred_language("SQ-mk"), Language::sq);
    EXPECT_EQ(preferred_language("en-GB,en;q=0.9,mk;q=0.999"), Language::en);
    EXPECT_EQ(preferred_language(" mk ; q=1.000 "), Language::mk);
}

TEST(Negotiation, the_earlier_of_equals_wins) {
    EXPECT_EQ(preferred_language("sq, mk"), Language::sq);
    EXPECT_EQ(preferred_language("mk;q=0.5, sq;q=0.5"), Language::mk);
}

TEST(Negotiation, has_no_answer_where_nothing_fits) {
    for (auto const* text : {"", "*", "de", "mk;q=0", "mk;q=0.000", "mk;q=x", "mk;q=1.0000", "mk;q=2",
                             "mk;q=", "mk;level=1", ",,;,", ";q=1"})
        EXPECT_FALSE(preferred_language(text)) << text;
}

}  // namespace
}  // namespace kula::net
