#pragma once
/// @file
/// `kula import` and `kula export`: deliveries into a data folder, events and quarantined rows out of it.

namespace CLI {
class App;
}

namespace kula {

/// Adds the subcommand; when it has run, `status` is how the program ends.
void add_import_command(CLI::App& app, int& status);
void add_export_command(CLI::App& app, int& status);

}  // namespace kula
