#pragma once
/// @file
/// Keys, tokens and the like, each in a file that is its owner's alone.

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace kula::seals {

/// All that is in it. The sentences of its errors go on behind the file's name and hold nothing of what is in it:
/// `not_found` and `unavailable` that it cannot be read; `invalid` where it is no file, is longer, belongs to neither
/// this process's user nor root, or where others than its owner may read or write it. Root may read everybody's. Safe
/// from any thread.
base::Result<std::string> read_secret_file(std::filesystem::path const& file, std::size_t most_bytes);

}  // namespace kula::seals
