#pragma once
// Which sightings stand on a page: found in the columns, in order, behind a cursor.

#include <string>
#include <vector>

#include "base/result.hpp"
#include "events/store.hpp"
#include "selection.hpp"

namespace kula::events {

struct PageIds {
    std::vector<SightingId> ids;
    std::string next{};
    Totals totals;
};

base::Result<PageIds> page_of(Columns const& columns, SightingFilter const& filter, SightingSort sort, SortOrder order,
                              std::string const& cursor, std::size_t limit);

}  // namespace kula::events
