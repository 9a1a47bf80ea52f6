#pragma once
/// @file
/// What a delivery told, event by event, for rooms above that follow deliveries: what was new in it, and what it told
/// again. A duplicate is no new event, but whoever asks what a delivery does not hold has to know of it.
///
/// All within the caller's unit of work, once `EventStore::open` has brought the tables.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/marking.hpp"
#include "events/event.hpp"
#include "storage/session.hpp"

namespace kula::events {

struct DeliveredEvent {
    StoredEvent stored;
    base::Instant moment{};  ///< When it happened as the source says; else when it was received.
    base::Instant last{};    ///< When it was seen last: it may be told more than once (`time.until`).
    std::optional<std::string> sector{};
    std::vector<std::string> source_addresses{}, destination_addresses{};  ///< Told, and of URLs.
    std::optional<std::string> source_domain{}, destination_domain{};      ///< Told, or of the URL.
    base::Marking marking{};
};

enum class Telling : std::uint8_t {
    first,  ///< New in this delivery.
    again,  ///< Known before; `StoredEvent::delivery` is the one that told it first.
};

/// Those behind this id, `limit` at most, in the order of ids.
std::vector<DeliveredEvent> delivered(storage::Session const& session, std::string const& delivery, Telling telling,
                                      base::Id<Event> behind, std::int64_t limit);
/// What this delivery told again needs nobody to know any more.
void forget_repeats(storage::Session& session, std::string const& delivery);
/// Those of these ids, at most 1,000, that are kept; the newest first.
std::vector<DeliveredEvent> kept_events(storage::Session const& session, std::vector<base::Id<Event>> const& ids);

}  // namespace kula::events
