#pragma once
/// @file
/// What `kula match` loads before it reads traffic. Faults are told on standard error, each with file and line.

#include <memory>
#include <optional>
#include <vector>

#include "base/address.hpp"
#include "base/result.hpp"
#include "indicators/snapshot.hpp"
#include "match_options.hpp"
#include "origins/table.hpp"

namespace kula {

/// Null where no file was given.
using AsTable = std::shared_ptr<origins::AsTable const>;
base::Result<AsTable> load_as_table(MatchOptions const& options);

/// Fails when a file cannot be read; lines that are no indicators are told and skipped.
base::Result<std::shared_ptr<indicators::Snapshot const>> load_indicators(MatchOptions const& options,
                                                                          AsTable as_table);

/// Nothing where no file was given. AS numbers stand for what the table says that they announce.
base::Result<std::optional<std::vector<base::AddressRange>>> load_national(MatchOptions const& options,
                                                                           AsTable const& as_table);

}  // namespace kula
