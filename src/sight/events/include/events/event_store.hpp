#pragma once
/// @file
/// The kept events: each once, with whose it is. All members are safe from any thread.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/marking.hpp"
#include "base/result.hpp"
#include "events/event.hpp"
#include "events/folding.hpp"
#include "origins/table.hpp"
#include "registry/attribution.hpp"
#include "storage/database.hpp"

namespace kula::events {

/// Where a batch comes from.
struct EventOrigin {
    std::string source;
    std::string delivery;
    base::Instant observed{};
    base::Marking marking{};
    std::optional<Folding> folding{};  ///< Of the source; without it each telling is an event.
};

/// What a telling brought.
enum class Brought : std::uint8_t {
    event,    ///< A new one.
    telling,  ///< One more of an event that is kept, which counts them.
    nothing,  ///< It was told before.
};

class EventStore {
public:
    /// Brings the tables up to date; what an older Kula kept gets its keys for search, a minute for each million or so.
    /// Both outlive it.
    static base::Result<std::unique_ptr<EventStore>> open(storage::Database& database, base::Clock const& clock);

    /// Keeps those that were not told before (`duplicate_keys.hpp`), and counts those that are told once more, within
    /// the caller's unit of work. Yields for each what it brought. What was not told of where an address is at home
    /// comes from `tables`, and is marked as looked up.
    std::vector<Brought> add(storage::Session& session, EventOrigin const& origin, std::vector<ToldEvent> const& told,
                             registry::Attribution const& attribution, origins::TablesNow const& tables = {}) const;

    /// All, or those of one source, in the order in which they were kept, while `visit` answers true; in memory a page
    /// of them.
    base::Result<void> each(std::optional<std::string> const& source,
                            std::function<bool(StoredEvent const&)> const& visit) const;
    /// Its events stay, nobody's: for an organisation that was removed.
    base::Result<void> release_organisation(registry::OrganisationId id);

private:
    EventStore(storage::Database& database, base::Clock const& clock) : database_(database), clock_(clock) {}

    storage::Database& database_;
    base::Clock const& clock_;
};

}  // namespace kula::events
