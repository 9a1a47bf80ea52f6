#pragma once
/// @file
/// Lists of indicators by what was seen of them: an order that the store of indicators does not know.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "indicator_view.hpp"
#include "indicators/store.hpp"
#include "json.hpp"

namespace kula::api {

struct SeenOrder {
    events::ActivityBy by = events::ActivityBy::sightings;
    events::SortOrder order = events::SortOrder::descending;
};

/// Schema `IndicatorPage`. Those that were seen stand together, ordered as `events::ActivityPlace` tells; the others,
/// by value, behind them (before them if ascending). `query.cursor` is a cursor of this list. `shape` is what binds it
/// (`cursor.hpp`).
base::Result<Json> list_by_seen(indicators::Store const& store, IndicatorView const& view,
                                indicators::IndicatorQuery const& query, base::Actor const& actor, SeenOrder order,
                                std::vector<std::string> const& shape);

}  // namespace kula::api
