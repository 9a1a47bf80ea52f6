#pragma once
/// @file
/// Lists of indicators by what was seen of them.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "indicator_view.hpp"
#include "indicators/store.hpp"
#include "json.hpp"
#include "seen_list.hpp"

namespace kula::api {

/// Schema `IndicatorPage`, as `SeenList` orders it, the rest by value. `query.cursor` is a cursor of this list. `shape`
/// is what binds it (`cursor.hpp`).
base::Result<Json> list_by_seen(indicators::Store const& store, IndicatorView const& view,
                                indicators::IndicatorQuery const& query, base::Actor const& actor, SeenOrder order,
                                std::vector<std::string> const& shape);

}  // namespace kula::api
