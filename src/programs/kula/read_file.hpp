#pragma once
/// @file
/// Small files that an operator names, whole.

#include <string>

#include "base/result.hpp"

namespace kula {

/// Fails with `unavailable`, naming the file and why.
base::Result<std::string> read_file(std::string const& path);

}  // namespace kula
