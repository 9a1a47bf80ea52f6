#pragma once
// In which order drafts of one import are to be taken.

#include <cstddef>
#include <vector>

#include "import_rows.hpp"

namespace kula::registry {

/// Places in `drafts`: parents before those who name them. Who would be below itself is given a fault.
std::vector<std::size_t> parents_first(std::vector<Draft>& drafts);

}  // namespace kula::registry
