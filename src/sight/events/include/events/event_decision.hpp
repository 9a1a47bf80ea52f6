#pragma once
/// @file
/// How it was decided whose an event is, and by which version of which table: stored with the event, so that it can be
/// told years later, whatever the tables say by then.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event_field.hpp"

namespace kula::events {

struct EventDecision {
    std::string by{};                        ///< The field that decided: `source.ip`; empty where nobody owns it.
    std::string registry{};                  ///< `registry::Attribution::version`.
    std::optional<std::string> as_table{};   ///< `origins::TableAbout::version`; absent where none is installed.
    std::optional<std::string> countries{};  ///< Of the country table, likewise.
    std::vector<std::string> looked_up{};    ///< Fields that were not told and come from those tables.
};

/// As it is stored and shown: an object with these names.
[[nodiscard]] Json to_json(EventDecision const& decision);

}  // namespace kula::events
