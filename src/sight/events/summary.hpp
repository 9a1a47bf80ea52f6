#pragma once
// Sums, series and top lists of a selection, made in one scan.

#include "events/picture.hpp"
#include "events/store.hpp"
#include "selection.hpp"

namespace kula::events {

Totals totals_of(Columns const& columns, SightingFilter const& filter);
Picture picture_of(Columns const& columns, SightingFilter const& filter, std::size_t top);

/// Adds rows up as they come.
class TotalsCounter {
public:
    explicit TotalsCounter(Columns const& columns)
        : organisations_(columns.organisations.size(), false), indicators_(columns.indicators.size(), false) {}
    void add(Row const& row) {
        ++totals_.sightings;
        totals_.flows += row.flows;
        totals_.packets += row.packets;
        totals_.bytes += row.bytes;
        if (row.organisation != 0 && !organisations_[row.organisation]) {
            organisations_[row.organisation] = true;
            ++totals_.organisations;
        }
        if (!indicators_[row.indicator]) {
            indicators_[row.indicator] = true;
            ++totals_.indicators;
        }
    }
    [[nodiscard]] Totals const& totals() const { return totals_; }

private:
    Totals totals_;
    std::vector<bool> organisations_;
    std::vector<bool> indicators_;
};

}  // namespace kula::events
