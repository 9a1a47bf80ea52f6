#pragma once
// What a store holds: the database, the columns beside it, and the thread that reads them first.

#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "columns.hpp"
#include "events/store.hpp"
#include "kept_seen.hpp"

namespace kula::events {

struct SightingStore::State {
    State(storage::Database& used_database, base::Clock const& used_clock);
    ~State();

    /// Waits some seconds; `unavailable` while they are still being read.
    base::Result<void> wait_until_loaded() const;
    void load();
    /// How many there were. `columns.settle` is to follow, whatever comes of it.
    base::Result<std::uint64_t> remove_hours(std::vector<base::Instant> const& hours);

    storage::Database& database;
    base::Clock const& clock;
    std::string const writer;  ///< Names this run in `sighting_batch`.

    std::mutex storing;  ///< One batch, one retention at a time; taken before `mutex`.
    mutable std::shared_mutex mutex;
    Columns columns;
    mutable KeptSeen kept_seen;  ///< To be forgotten whenever the columns change.
    std::size_t removed_since_compaction = 0;

    mutable std::mutex loading;
    mutable std::condition_variable loading_changed;
    bool is_loaded = false;
    bool is_closing = false;
    std::vector<std::function<void(News const&)>> listeners;
    std::thread loader;

private:
    base::Result<void> load_once(Columns& fresh);
    base::Result<std::uint64_t> remove_hour(base::Instant hour);
};

}  // namespace kula::events
