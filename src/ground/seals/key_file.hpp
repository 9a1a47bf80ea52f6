#pragma once
/// @file
/// The file that holds a key: 32 bytes, its owner's alone.

#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace kula::seals {

/// The 32 bytes in it. A missing file is made whole or not at all (mode 0600, on disk when this returns); two processes
/// that make it at once end with the same one. Errors as `SecretBox::open`.
base::Result<std::string> read_or_make_key_file(std::filesystem::path const& file);

}  // namespace kula::seals
