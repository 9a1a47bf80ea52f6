#pragma once
/// @file
/// Invariants of our own code, checked in every build. Never for outside input: that gets a `Result`.

#include <string_view>

namespace kula::base {

/// Throws `std::logic_error` with the sentence unless the condition holds.
void must(bool condition, std::string_view sentence);

}  // namespace kula::base
