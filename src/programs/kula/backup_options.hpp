#pragma once
/// @file
/// What `kula backup`, `restore`, `upgrade` and `verify backup` are told alike.

#include <string>
#include <vector>

#include "backup/content.hpp"

namespace CLI {
class App;
}

namespace kula {

/// Where everything is, as `kula serve` takes it.
struct PlaceOptions {
    std::string data{};
    std::string database{};
    std::string secret_key{};
    std::string configuration{};  ///< The file of `--config`.
};

/// Who may open a backup that is made.
struct SealingOptions {
    std::string passphrase_file{};
    std::vector<std::string> recipients{};
};

/// What opens one.
struct KeyOptions {
    std::string passphrase_file{};
    std::string key{};
};

void add_place_options(CLI::App& command, PlaceOptions& place);
void add_sealing_options(CLI::App& command, SealingOptions& sealing);
void add_key_options(CLI::App& command, KeyOptions& keys);

/// Faults name the file, or what is no recipient.
base::Result<backup::Sealing> sealing_of(SealingOptions const& options);
base::Result<backup::Keys> keys_of(KeyOptions const& options);

/// `refused` for another user's folder: what is made there would lock its owner out.
base::Result<void> is_ours(std::string const& folder);

/// To standard error, on a terminal only: what is in work.
backup::Progress progress_on_terminal();
/// Ends the line that it drew.
void end_progress();

/// `12 tables, 3,456 rows, 2 files; 1.2 MB, 0.3 MB in the file; 0.42 s`
std::string figures(backup::Report const& report, double seconds);

}  // namespace kula
