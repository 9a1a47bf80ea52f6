#pragma once
// Shadowserver's report types: what is known of them, and which one a table's columns tell.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "row.hpp"

namespace kula::intake {

/// What `data/shadowserver/types.json` holds.
Json const& shadowserver_types();

/// The type whose columns these are, where they are one's clearly: columns that few types have weigh more. The type of
/// IPv6 that has the same is told by the first row's address. Nothing for columns that several types have, or none.
std::optional<std::string> shadowserver_type_of(std::vector<std::string> const& columns, bool is_v6);

}  // namespace kula::intake
