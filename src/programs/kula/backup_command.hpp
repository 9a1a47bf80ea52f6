#pragma once
/// @file
/// `kula backup`, `kula restore`, `kula upgrade`: what is kept is not lost.

namespace CLI {
class App;
}

namespace kula {

/// Each adds a subcommand; when it has run, `status` is how the program ends.
void add_backup_command(CLI::App& app, int& status);
void add_restore_command(CLI::App& app, int& status);
void add_upgrade_command(CLI::App& app, int& status);
/// `kula verify backup FILE`
void add_verify_backup_command(CLI::App& verify, int& status);

}  // namespace kula
