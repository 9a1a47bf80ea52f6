#pragma once
/// @file
/// `kula verify journal`: whether the trail is unbroken, offline, on a copy of the data folder or on PostgreSQL.

namespace CLI {
class App;
}

namespace kula {

/// Adds the subcommand; when it has run, `status` is how the program ends.
void add_verify_command(CLI::App& app, int& status);

}  // namespace kula
