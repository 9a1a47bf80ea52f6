#pragma once
/// @file
/// What the own sensors look out for.

#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "indicators/store.hpp"

namespace kula::intake {

/// Of these indicators, as canonical texts, those that traffic is matched against now and contact with which is
/// reported: what is not seen of the others says nothing.
base::Result<std::set<std::string>> watched(indicators::Store const& store, std::vector<std::string> const& listed);

}  // namespace kula::intake
