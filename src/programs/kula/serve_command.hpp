#pragma once
/// @file
/// `kula serve`, and `kula demo`: the same with an invented country and its traffic.

namespace CLI {
class App;
}

namespace kula {

/// Add the subcommands; when one has run, `status` is how the program ends.
void add_serve_command(CLI::App& app, int& status);
void add_demo_command(CLI::App& app, int& status);

}  // namespace kula
