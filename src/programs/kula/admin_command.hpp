#pragma once
/// @file
/// The subcommand `kula admin`.

namespace CLI {
class App;
}

namespace kula {

/// When it runs, `status` becomes the program's exit status.
void add_admin_command(CLI::App& app, int& status);

}  // namespace kula
