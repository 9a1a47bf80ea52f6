#pragma once
// What an event was not told and the tables of origins know.

#include <string>
#include <vector>

#include "events/event.hpp"
#include "origins/table.hpp"

namespace kula::events {

/// Gives both ends of an event their AS number and country where it has none and the end's first address has them.
/// Yields the fields that it filled in.
std::vector<std::string> look_up_origins(Event& event, origins::TablesNow const& tables);

}  // namespace kula::events
