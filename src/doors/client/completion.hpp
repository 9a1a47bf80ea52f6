#pragma once
/// @file
/// What a shell offers behind `kula api`.

#include <string>
#include <vector>

#include "contract.hpp"

namespace kula::client {

/// `words` are `completion` and a shell: a script for it, to be sourced. `bash` is known; with `words` behind that,
/// what may follow them, a line each: the script asks so. `invalid`: another shell.
base::Result<std::string> completion(Contract const& contract, std::vector<std::string> const& words);

}  // namespace kula::client
