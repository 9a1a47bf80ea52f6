#pragma once
/// @file
/// Which findings an entry of the trail is about.

#include <string_view>
#include <vector>

#include "findings/finding.hpp"

namespace kula::api {

/// `finding:<id>` itself; of `findings.followed` and `findings.told` those that `after`, their JSON, names. None of
/// another entry, or where nothing is left of it.
std::vector<findings::FindingId> findings_told(std::string_view deed, std::string_view subject, std::string_view after);

}  // namespace kula::api
