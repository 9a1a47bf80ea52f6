#include "record_sequence.hpp"

#include <algorithm>

namespace kula::formats {
namespace {

/// How many more messages another way of counting must explain before it is believed.
constexpr std::uint32_t clearly_better = 2;

}  // namespace

void RecordSequence::saw(std::uint32_t sequence, std::optional<Count> count) {
    auto const all = count ? std::optional(count->data + count->options) : std::nullopt;
    auto const data = count ? std::optional(count->data) : std::nullopt;
    std::array<std::optional<bool>, way_count> follows{
        ways_[all_before].tracker.saw(sequence, all, std::nullopt),
        ways_[data_before].tracker.saw(sequence, data, std::nullopt),
        ways_[data_with_own].tracker.saw(sequence - data.value_or(0), data, std::nullopt),
    };
    if (is_first_ && data && *data > 0 && (sequence == 0 || sequence == *data)) {
        follows = {sequence == 0, sequence == 0, sequence == *data};  // an exporter that has just started
    }
    is_first_ = false;
    weigh(follows);
}

void RecordSequence::weigh(std::array<std::optional<bool>, way_count> const& follows) {
    bool const can_tell = std::all_of(follows.begin(), follows.end(), [](auto const& way) { return way.has_value(); });
    bool const all_agree =
        std::all_of(follows.begin(), follows.end(), [&](auto const& way) { return way == follows[0]; });
    if (!can_tell || all_agree) return;
    for (std::size_t way = 0; way < way_count; ++way) ways_[way].explained += *follows[way] ? 1U : 0U;
    for (std::size_t way = 0; way < way_count; ++way) {
        if (ways_[way].explained >= ways_[believed_].explained + clearly_better) believed_ = way;
    }
}

}  // namespace kula::formats
