#pragma once
// What an event was not told and the tables of origins know.

#include <optional>
#include <string>
#include <vector>

#include "events/event.hpp"
#include "origins/table.hpp"

namespace kula::events {

/// The event with AS number and country at both ends, where it was told none and the tables know the end's first
/// address; nothing where nothing is to be added. `looked_up` gets the fields that were.
std::optional<Event> with_origins(Event const& event, origins::TablesNow const& tables,
                                  std::vector<std::string>& looked_up);

}  // namespace kula::events
