#pragma once
// RFC 9116: how to tell the team of a vulnerability, for programs to read.

#include <optional>
#include <string>

#include "base/instant.hpp"
#include "registry/team.hpp"

namespace kula::portal {

/// The file's text; nothing where the team told no way to reach it, as `Contact` is required. It is the same for a
/// whole day and expires 180 days after it.
std::optional<std::string> security_txt(registry::TeamContent const& content, base::Instant now);

}  // namespace kula::portal
