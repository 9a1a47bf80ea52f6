#pragma once
/// @file
/// The keys that lie in the data folder: for secrets at rest, and for signing checkpoints of the trail.

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "seals/secret_box.hpp"
#include "seals/signing_key.hpp"

namespace kula {

/// `told`, else the systemd credential `kula-secret-key`, else `secret.key` in the folder.
std::filesystem::path secret_key_file(std::filesystem::path const& folder, std::string const& told);
/// The key in that file, made where it is missing.
base::Result<seals::SecretBox> open_secrets(std::filesystem::path const& folder, std::string const& told);
/// `journal.key` in the folder, sealed; made where it is missing.
base::Result<seals::SigningKey> open_signing_key(std::filesystem::path const& folder, seals::SecretBox const& secrets);

}  // namespace kula
