#pragma once
// What tests of the store begin with.

#include <memory>

#include "events/store.hpp"
#include "sightings.hpp"
#include "storage_testing/twins.hpp"

namespace kula::events {

inline auto const team = base::Clearance::everything();

/// A store on either database, empty at first.
class StoreHouse : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start();
    }
    void TearDown() override {
        store.reset();
        Twins::TearDown();
    }
    void start() {
        auto opened = SightingStore::open(database(), clock);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        store = std::move(*opened);
    }
    void restart() {
        store.reset();
        reopen();
        start();
    }
    void add(std::vector<Sighting> const& sightings) {
        auto const added = store->add(sightings, ++batch);
        ASSERT_TRUE(added.has_value()) << added.error().detail;
    }
    SightingPage list(SightingFilter const& filter = {}, SightingSort sort = SightingSort::last,
                      SortOrder order = SortOrder::descending, std::string const& cursor = {},
                      std::size_t limit = 1000) {
        return store->list(filter, sort, order, cursor, limit).value();
    }
    Totals totals(SightingFilter const& filter) { return store->totals(filter).value(); }
    static SightingFilter day() {
        SightingFilter filter;
        filter.window = {at(0), at(0, 0, 22)};
        return filter;
    }

    std::unique_ptr<SightingStore> store;
    std::uint64_t batch = 0;
};
}  // namespace kula::events
