#pragma once
/// @file
/// The demo's mail server: takes every mail and lays it into a folder, as a file that mail programs open. Nothing
/// leaves the machine.

#include <filesystem>

#include "base/clock.hpp"
#include "notify/postman.hpp"

namespace kula {

/// Files are called after the moment in which the mail was taken, `20261127T050000.000000Z.eml`. What cannot be written
/// is answered as by a server that does not answer. The clock outlives it. One thread at a time.
notify::Transport demo_mailbox(std::filesystem::path folder, base::Clock const& clock);

}  // namespace kula
