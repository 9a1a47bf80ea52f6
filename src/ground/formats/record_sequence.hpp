#pragma once
/// @file
/// The sequence numbers of IPFIX, which count data records, as exporters really write them.
///
/// RFC 7011 §3.1: all data records before the message, option records among them. Some exporters leave option records
/// out; softflowd 1.1 moreover counts the message's own records. All ways of counting are followed at once; the RFC's
/// is believed until another one has explained the numbers clearly better. Not safe from several threads.

#include <array>
#include <cstdint>
#include <optional>

#include "sequence_tracker.hpp"

namespace kula::formats {

class RecordSequence {
public:
    /// Data records of one message.
    struct Count {
        std::uint32_t data = 0;
        std::uint32_t options = 0;
    };

    /// One message; without a count where its records could not be counted.
    void saw(std::uint32_t sequence, std::optional<Count> count);

    /// Data records lost, by the way of counting that is believed now.
    [[nodiscard]] std::uint64_t lost() const { return ways_[believed_].tracker.lost(); }

private:
    struct Way {
        SequenceTracker tracker;
        std::uint32_t explained = 0;  ///< Messages that this way explained and another one did not.
    };
    enum : std::size_t { all_before, data_before, data_with_own, way_count };

    void weigh(std::array<std::optional<bool>, way_count> const& follows);

    std::array<Way, way_count> ways_{};
    std::size_t believed_ = all_before;
    bool is_first_ = true;
};

}  // namespace kula::formats
