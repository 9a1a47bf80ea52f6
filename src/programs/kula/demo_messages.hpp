#pragma once
/// @file
/// What the demo's team has written: mail that was sent, and mail that is held until there is a key.

#include "base/result.hpp"
#include "notify/outbox.hpp"
#include "registry/registry.hpp"
#include "release/gate.hpp"

namespace kula {

/// Writes them where nothing was written yet. Again is harmless.
base::Result<void> write_demo_messages(notify::Outbox& outbox, release::Gate& gate, registry::Registry const& registry);

}  // namespace kula
