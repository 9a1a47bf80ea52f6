#pragma once
// Writes for an organisation's webhook what its mail about findings tells: JSON. Pure.

#include "finding_letter.hpp"

namespace kula::rounds {

/// As `letter_of`, with a body for a machine in place of text and table. `letter` has its id and ticket already.
notify::Letter for_machine(notify::Letter letter, Matter const& matter, base::Instant now);

}  // namespace kula::rounds
