// Which findings an entry of the trail is about, whatever stands in it.

#include "findings_told.hpp"

#include <gmock/gmock.h>

namespace kula::api {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto seen_finding = "01930b2e-6c00-7000-8000-00000000a001";

TEST(FindingsTold, are_the_subject_and_those_that_a_batch_names) {
    EXPECT_EQ(findings_told("finding.seen", std::string("finding:") + seen_finding, "{}").at(0).text(), seen_finding);
    auto const after =
        std::string(R"({"opened":[")") + seen_finding + R"("],"verified":[")" + seen_finding + R"(", 7, "x"]})";
    EXPECT_THAT(findings_told("findings.followed", "delivery:1", after), SizeIs(2));
    EXPECT_THAT(findings_told("findings.told", "message:1",
                              std::string(R"({"findings":[")") + seen_finding + R"("],"rung":0})"),
                SizeIs(1));
}

TEST(FindingsTold, are_none_where_nothing_is_left_or_it_is_another_entry) {
    for (auto const* after : {"", "{", "[]", "null", R"({"opened":7})"})
        EXPECT_THAT(findings_told("findings.followed", "delivery:1", after), IsEmpty()) << after;
    EXPECT_THAT(findings_told("organisation.changed", "organisation:1", R"({"findings":["x"]})"), IsEmpty());
    EXPECT_THAT(findings_told("finding.seen", "finding:x", ""), IsEmpty());
}

}  // namespace
}  // namespace kula::api
