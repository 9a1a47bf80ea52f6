#include "status_view.hpp"

namespace kula::api {
namespace {

std::uint64_t addresses_v4(registry::NationalSpace const& space) {
    std::uint64_t addresses = 0;
    for (auto const& range : space.ranges()) {
        if (range.first.is_v4()) addresses += std::uint64_t{range.last.number4()} - range.first.number4() + 1;
    }
    return addresses;
}

}  // namespace

Json StatusView::storage() const {
    auto const health = rooms_.database.health();
    if (!health) return {{"state", "unavailable"}, {"reason", health.error().detail}};
    if (auto const trouble = rooms_.aggregator.state().trouble)
        return {{"state", "unavailable"}, {"reason", trouble->detail}};
    return {{"state", "ok"}, {"reason", nullptr}};
}

void StatusView::renew_what_the_database_knows() {
    if (auto const space = rooms_.registry.stored_national_space()) {
        known_.national_prefixes = static_cast<std::int64_t>(space->prefixes.size());
    }
    if (auto const counts = rooms_.indicators.counts(base::Clearance::of_team(std::nullopt)))
        known_.indicators = *counts;
    if (auto const oldest = rooms_.sightings.oldest_hour()) known_.oldest = *oldest;
}

Json StatusView::status() {
    std::lock_guard const lock(mutex_);
    renew_what_the_database_knows();
    auto const space = rooms_.registry.national_space();
    auto const& retention = about_.retention;
    auto const& indicators = known_.indicators;
    return {{"version", about_.version},
            {"demo", about_.edition == Edition::demo},
            {"now", time(rooms_.clock.now())},
            {"started_at", time(about_.started_at)},
            {"storage", storage()},
            {"unflushed_window_seconds", static_cast<double>(about_.window.count()) / 1000},
            {"national_space",
             {{"prefixes", count(known_.national_prefixes)},
              {"as_numbers", space->as_numbers().size()},
              {"addresses_v4", count(addresses_v4(*space))}}},
            {"indicators",
             {{"total", count(indicators.total)},
              {"active", count(indicators.active)},
              {"flagged", count(indicators.flagged)},
              {"sources", count(indicators.sources)},
              {"snapshot_at", about_.snapshot_at ? time_or_null(about_.snapshot_at()) : Json(nullptr)}}},
            {"organisations", rooms_.registry.attribution()->size()},
            {"country_table", about_.knows_countries},
            {"retention",
             {{"days", retention.longest.count()},
              {"megabytes", retention.most_bytes / 1'000'000},
              {"oldest", time_or_null(known_.oldest)}}},
            {"languages", {"mk", "sq", "en"}}};
}

base::Result<void> StatusView::ready() const {
    if (!is_open_) return base::unavailable("still starting");
    return rooms_.database.health();
}

}  // namespace kula::api
