#pragma once
// SQL of the tables sighting, collected_hour, collected_share and sighting_batch.

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "events/collected.hpp"
#include "events/filter.hpp"
#include "events/sighting.hpp"
#include "storage/session.hpp"

namespace kula::events::sighting_table {

/// False, and nothing done, when the batch is stored already.
bool begin_batch(storage::Session& session, std::string_view writer, std::uint64_t batch, base::Instant now);
/// Adds up with what is there.
void add(storage::Session& session, std::vector<Sighting> const& sightings);
void note_collected(storage::Session& session, base::Instant hour);
/// Adds up with what is there.
void add_shares(storage::Session& session, std::vector<CollectedShare> const& shares);
std::vector<CollectedShare> shares(storage::Session const& session, Window window);

std::vector<Sighting> read(storage::Session const& session, std::vector<SightingId> const& ids);
/// What the columns keep of them: at most `limit` in the order of identities, beginning behind `behind`.
void each_brief_behind(storage::Session const& session, SightingId behind, std::size_t limit,
                       std::function<void(Sighting const&)> const& visit);
std::optional<base::Instant> oldest_hour(storage::Session const& session);
std::vector<base::Instant> collected_hours(storage::Session const& session);

/// Of the sightings of one hour, at most `limit`; how many.
std::int64_t remove_hour(storage::Session& session, base::Instant hour, std::size_t limit);
void forget_collected_before(storage::Session& session, base::Instant hour);
void forget_batches_before(storage::Session& session, base::Instant moment);
void release_organisation(storage::Session& session, std::vector<SightingId> const& ids);

}  // namespace kula::events::sighting_table
