#pragma once
// What is known of the events that are told, and what their tellings fold into.
//
// One source may tell of the same thousands of times an hour: a bot that calls home, a scan that goes on. Where its
// events fold, that is one event, `time.source` to `time.until`, with `count` of them. Each telling is kept by its key
// (`event_telling`), so that one that is told again, in another delivery or in a reading from the start, does not count
// twice.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "duplicate_keys.hpp"
#include "event_hours.hpp"
#include "events/event_store.hpp"

namespace kula::events {

/// A text for a column: control characters, which only mislead whoever searches, are left to `fields`.
std::optional<std::string> searchable(std::optional<std::string> text);

/// Of one batch, within its unit of work.
class KnownEvents {
public:
    /// Of `told`, each with its keys; all outlive it.
    KnownEvents(storage::Session const& session, EventOrigin const& origin, std::vector<ToldEvent> const& told,
                std::vector<DuplicateKeys> const& keys);

    /// The event that the one at this place is, `own` where it is new, and what it brings. It is known from then on.
    std::pair<base::Id<Event>, Brought> take(std::size_t at, base::Id<Event> own);
    /// The new event that is first told at this place, with all that the batch tells of it; nothing where that is told
    /// once.
    [[nodiscard]] std::optional<Event> folded(std::size_t at) const;
    /// Keeps what folds into events, which stand in the table by now, and notes where they stand then.
    void store(storage::Session& session, base::Record const& record, EventHours& hours) const;

private:
    struct Happening {
        base::Id<Event> id;
        std::optional<std::string> problem;
    };
    struct Kept {
        base::Id<Event> id{};
        bool is_new = false;
        std::vector<std::size_t> told{};  ///< Places of its new tellings.
    };

    void load(storage::Session const& session, std::size_t from, std::size_t to);
    [[nodiscard]] std::optional<base::Id<Event>> told_by_another(std::size_t at) const;
    [[nodiscard]] Event with(Event event, std::vector<std::size_t>::const_iterator from,
                             std::vector<std::size_t>::const_iterator to) const;

    EventOrigin const& origin_;
    std::vector<ToldEvent> const& told_;
    std::vector<DuplicateKeys> const& keys_;
    std::unordered_map<std::int64_t, base::Id<Event>> tellings_{};
    std::unordered_map<std::int64_t, Kept> contents_{};
    std::unordered_multimap<std::int64_t, Happening> happenings_{};  ///< Told by other speakers.
};

}  // namespace kula::events
