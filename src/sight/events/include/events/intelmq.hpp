#pragma once
/// @file
/// An event as IntelMQ writes it, so that what follows an IntelMQ elsewhere goes on working (docs.intelmq.org, data
/// format).

#include "events/event.hpp"

namespace kula::events {

/// Flat, by the names of the data harmonisation 3.3; moments end in `+00:00`, labels are in upper case, the type is
/// IntelMQ's own where RSIT has none. A field has one value there: of several the first, the others follow as
/// `extra.<field>`. `time.observation` is what the source told, else when it came here.
Json to_intelmq(StoredEvent const& stored);

}  // namespace kula::events
