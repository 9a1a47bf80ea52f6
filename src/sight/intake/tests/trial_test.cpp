// A mapping tried on a sample: what each row would make, and nothing is kept.

#include "intake/trial.hpp"

#include <gmock/gmock.h>

namespace kula::intake {
namespace {

Mapping sensor() {
    return Mapping::parse(R"({"name": "sensor", "reads": {"form": "csv", "delimiter": ";"}, "needed": ["who"],
        "skips": [{"kind": "test"}], "columns": {"who": "source.ip", "door": "source.port: port", "kind": null}})")
        .value();
}

TEST(Trial, tells_the_events_of_each_row_or_why_it_would_be_set_aside) {
    auto const trial = try_mapping(sensor(), "who;door;kind;mood\n192.0.2.1;22;;x\nnobody;22;;\n192.0.2.2;1;test;\n");
    ASSERT_EQ(trial.rows.size(), 2u);
    EXPECT_EQ(trial.rows[0].row, 1u);
    EXPECT_EQ(trial.rows[0].line, 2u);
    ASSERT_EQ(trial.rows[0].events.size(), 1u);
    EXPECT_EQ(trial.rows[0].events[0].text("source.ip"), "192.0.2.1");
    EXPECT_EQ(trial.rows[1].raw, "nobody;22;;");
    EXPECT_EQ(trial.rows[1].reason, "who: is missing or cannot be read");
    EXPECT_EQ(trial.quarantined, 1u);
    EXPECT_EQ(trial.skipped, 1u);
    EXPECT_EQ(trial.events, 1u);
    EXPECT_THAT(trial.new_columns, ::testing::ElementsAre("mood"));
    EXPECT_TRUE(trial.is_whole);
    EXPECT_FALSE(trial.breaks_off);
}

TEST(Trial, says_why_a_sample_is_none_of_the_mapping) {
    auto const trial = try_mapping(sensor(), "when;what\n1;2\n");
    EXPECT_EQ(trial.refused, "the header has no column `who`");
    EXPECT_TRUE(trial.rows.empty());
}

TEST(Trial, ends_at_its_bounds) {
    std::string rows = "who;door;kind\n";
    for (std::size_t row = 0; row < most_tried_rows + 5; ++row) rows += "192.0.2.1;22;\n";
    auto const many = try_mapping(sensor(), rows);
    EXPECT_EQ(many.rows.size(), most_tried_rows);
    EXPECT_FALSE(many.is_whole);
    auto const broad = try_mapping(sensor(), "who;door;kind\n192.0.2.1;" + std::string(longest_sample, '2') + ";\n");
    EXPECT_FALSE(broad.is_whole);
}

TEST(Trial, takes_a_row_that_a_cut_sample_does_not_finish_for_no_fault) {
    auto const cut = try_mapping(sensor(), "who;door;kind\n192.0.2.1;22;\n192.0.2.2;2", SampleEnd::cut);
    EXPECT_EQ(cut.rows.size(), 1u);
    EXPECT_EQ(cut.quarantined, 0u);
    EXPECT_FALSE(cut.is_whole);
}

TEST(Trial, shows_bytes_that_are_no_text_safely) {
    auto const trial = try_mapping(sensor(), std::string("who;door;kind\n\xff\x01\xe2\x80\xaex;22;\n"));
    ASSERT_EQ(trial.rows.size(), 1u);
    EXPECT_EQ(trial.rows[0].raw, "ÿ␁â\xc2\x80®x;22;") << "not UTF-8 as a whole: ISO 8859-1";
    auto const turned = try_mapping(sensor(), "who;door;kind\n\xe2\x80\xaex;22;\n");
    EXPECT_EQ(turned.rows.at(0).raw, "\xef\xbf\xbdx;22;");
}

}  // namespace
}  // namespace kula::intake
