#include "record_sequence.hpp"

#include <gtest/gtest.h>

namespace kula::formats {
namespace {

TEST(RecordSequence, counts_as_the_standard_says) {
    RecordSequence sequence;
    sequence.saw(100, RecordSequence::Count{5, 1});
    sequence.saw(106, RecordSequence::Count{7, 0});
    sequence.saw(113, RecordSequence::Count{2, 0});
    EXPECT_EQ(sequence.lost(), 0U);
    sequence.saw(125, RecordSequence::Count{2, 0});
    EXPECT_EQ(sequence.lost(), 10U);
}

TEST(RecordSequence, follows_exporters_that_count_a_message_with_itself) {
    RecordSequence sequence;
    std::uint32_t counted = 0;
    for (std::uint32_t const records : {19U, 24U, 17U, 30U, 22U, 22U}) {
        counted += records;
        sequence.saw(counted, RecordSequence::Count{records, counted == records ? 1U : 0U});
    }
    EXPECT_EQ(sequence.lost(), 0U);
    sequence.saw(counted + 50 + 12, RecordSequence::Count{12, 0});
    EXPECT_EQ(sequence.lost(), 50U);
}

TEST(RecordSequence, follows_exporters_that_leave_option_records_out) {
    RecordSequence sequence;
    std::uint32_t counted = 1000;
    for (std::uint32_t const records : {19U, 24U, 17U, 30U}) {
        sequence.saw(counted, RecordSequence::Count{records, 1});
        counted += records;
    }
    EXPECT_EQ(sequence.lost(), 0U);
}

TEST(RecordSequence, keeps_to_the_standard_where_a_loss_might_be_explained_otherwise) {
    RecordSequence sequence;
    sequence.saw(0, RecordSequence::Count{1, 0});
    sequence.saw(3, RecordSequence::Count{3, 0});
    EXPECT_EQ(sequence.lost(), 2U);
}

TEST(RecordSequence, starts_anew_behind_messages_that_could_not_be_counted) {
    RecordSequence sequence;
    sequence.saw(0, std::nullopt);
    sequence.saw(17, RecordSequence::Count{3, 0});
    sequence.saw(20, RecordSequence::Count{3, 0});
    EXPECT_EQ(sequence.lost(), 0U);
}

}  // namespace
}  // namespace kula::formats
