#pragma once
// What is attached to a mail about findings.

#include <string>
#include <vector>

#include "findings/plan.hpp"

namespace kula::rounds {

/// CSV (RFC 4180) with a head, a finding a row, times in UTC (RFC 3339); nothing in it computes in a spreadsheet.
std::string csv_of(std::vector<findings::PlannedFinding> const& findings);

}  // namespace kula::rounds
