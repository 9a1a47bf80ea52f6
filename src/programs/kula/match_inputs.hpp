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

/// Fails when a file cannot be read; lines that are no indicators are told and skipped.
base::Result<std::shared_ptr<indicators::Snapshot const>> load_indicators(MatchOptions const& options);

/// Nothing where no file was given.
base::Result<std::optional<std::vector<base::AddressRange>>> load_national(MatchOptions const& options);

}  // namespace kula
