#include <algorithm>

#include "decision.hpp"
#include "events/store.hpp"
#include "sighting_table.hpp"
#include "store_state.hpp"

namespace kula::events {

using storage::Priority;
using storage::Session;

namespace {

constexpr std::size_t rows_in_a_unit = 5000;  ///< Some tenths of a second; interactive work goes in between.
constexpr std::size_t fewest_to_compact = 100'000;

/// The oldest hours that are to go, and how many sightings they hold.
std::vector<base::Instant> hours_to_remove(Columns const& columns, Retention const& retention, base::Instant now) {
    auto const oldest_kept = now - retention.longest;
    auto const most = static_cast<std::size_t>(std::max<std::int64_t>(0, retention.most_bytes / bytes_per_sighting));
    auto left = columns.size();
    std::vector<base::Instant> out;
    for (auto const& [hour, rows] : columns.hours()) {
        if (hour >= oldest_kept && left <= most) break;
        left -= rows.size();
        out.push_back(hour);
    }
    return out;
}

}  // namespace

base::Result<std::uint64_t> SightingStore::State::remove_hour(base::Instant hour) {
    std::lock_guard const one_at_a_time(storing);
    std::uint64_t gone = 0;
    for (auto removed = static_cast<std::int64_t>(rows_in_a_unit);
         removed == static_cast<std::int64_t>(rows_in_a_unit);) {
        auto const done = database.write(Priority::bulk, [hour](Session& session) {
            return sighting_table::remove_hour(session, hour, rows_in_a_unit);
        });
        if (done.has_error()) return done.error();
        removed = *done;
        gone += static_cast<std::uint64_t>(removed);
        if (auto const given = database.give_back_space(removed * bytes_per_sighting); given.has_error())
            return given.error();
    }
    std::lock_guard const lock(mutex);
    columns.remove_hour(hour);
    kept_seen.forget();
    return gone;
}

base::Result<std::uint64_t> SightingStore::State::remove_hours(std::vector<base::Instant> const& hours) {
    std::uint64_t gone = 0;
    for (auto const hour : hours) {
        auto const removed = remove_hour(hour);
        if (removed.has_error()) return removed;
        gone += *removed;
    }
    return gone;
}

base::Result<std::uint64_t> SightingStore::apply(Retention const& retention) {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    auto const now = state_->clock.now();
    auto const hours = [&] {
        std::shared_lock const lock(state_->mutex);
        return hours_to_remove(state_->columns, retention, now);
    }();
    auto const gone = state_->remove_hours(hours);
    {
        std::lock_guard const lock(state_->mutex);
        state_->columns.settle();
        state_->kept_seen.forget();
    }
    if (gone.has_error()) return gone;
    auto const oldest = hour_of(now - retention.longest);
    auto const forgotten = state_->database.write(
        Priority::bulk, [oldest](Session& session) { sighting_table::forget_collected_before(session, oldest); });
    if (forgotten.has_error()) return forgotten.error();
    std::lock_guard const lock(state_->mutex);
    state_->columns.forget_collected_before(oldest);
    state_->removed_since_compaction += *gone;
    if (state_->removed_since_compaction > std::max(fewest_to_compact, state_->columns.size() / 2)) {
        state_->columns = state_->columns.compacted();
        state_->kept_seen.forget();
        state_->removed_since_compaction = 0;
    }
    return gone;
}

base::Result<void> SightingStore::release_organisation(registry::OrganisationId id) {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded;
    std::lock_guard const one_at_a_time(state_->storing);
    std::optional<Number> number;
    std::vector<SightingId> ids;
    {
        std::shared_lock const lock(state_->mutex);
        number = state_->columns.organisations.find(id.text());
        if (!number) return {};
        for (auto const& [hour, rows] : state_->columns.hours()) {
            for (auto const& row : rows) {
                if (row.organisation == *number) ids.push_back(SightingId(row.id));
            }
        }
    }
    for (std::size_t begin = 0; begin < ids.size(); begin += rows_in_a_unit) {
        auto const end = std::min(begin + rows_in_a_unit, ids.size());
        std::vector<SightingId> const some(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                                           ids.begin() + static_cast<std::ptrdiff_t>(end));
        auto const done = state_->database.write(
            Priority::bulk, [&some](Session& session) { sighting_table::release_organisation(session, some); });
        if (done.has_error()) return done;
    }
    std::lock_guard const lock(state_->mutex);
    state_->columns.release(*number);
    state_->kept_seen.forget();
    return {};
}

}  // namespace kula::events
