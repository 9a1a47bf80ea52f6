#pragma once
/// @file
/// A service token, from a file that is its owner's alone.

#include <string>

#include "base/result.hpp"

namespace kula::client {

/// The token on the file's first and only line. `invalid`: it holds none, or is not its owner's alone
/// (`seals::read_secret_file`); `not_found`, `unavailable`: it cannot be read. No sentence holds what is in it.
base::Result<std::string> read_token(std::string const& path);

}  // namespace kula::client
