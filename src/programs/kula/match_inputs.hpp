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

namespace kula {

using AsOrigins = std::vector<indicators::AsOrigin>;

/// Empty where no file was given.
base::Result<AsOrigins> load_as_table(MatchOptions const& options);

/// Fails when a file cannot be read; lines that are no indicators are told and skipped.
base::Result<std::shared_ptr<indicators::Snapshot const>> load_indicators(MatchOptions const& options,
                                                                          AsOrigins origins);

/// Nothing where no file was given. AS numbers stand for what the table says that they announce.
base::Result<std::optional<std::vector<base::AddressRange>>> load_national(MatchOptions const& options,
                                                                           AsOrigins const& origins);

}  // namespace kula
