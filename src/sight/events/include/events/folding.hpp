#pragma once
/// @file
/// What a source tells of again and again, folded into one event: its first moment, its last, and how often.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kula::events {

/// How events of a high-frequency source fold: those of one window are one event if nothing differs but the moment and
/// what may. A value is immutable and safe from any thread.
struct Folding {
    enum class Within : std::uint8_t { hour, day };
    Within within = Within::hour;        ///< Of the clock, UTC: an event is bounded, and a course of time still shows.
    std::vector<std::string> without{};  ///< Fields that may differ (`may_differ`); the event holds what all tell.

    /// Ports, accounts, `event_description.*` and `extra.*` but for tags: whatever tells one try from the next,
    /// and never what happened or to whom.
    static bool may_differ(std::string_view field);
};

}  // namespace kula::events
