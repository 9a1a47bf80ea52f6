#pragma once
/// @file
/// `--config FILE` on a subcommand: its options from a file (TOML). CLI11 reads such files for the main program only.

#include <cstdint>
#include <string>

namespace CLI {
class App;
}

namespace kula {

/// What a key means that is no option of this subcommand.
enum class UnknownKeys : std::uint8_t {
    refused,  ///< A mistake: wrong usage, named.
    ignored,  ///< Something for another subcommand.
};

/// What stands on the command line or in the environment wins. `file` becomes the file's name. Values are judged like
/// those of the command line.
void add_config_option(CLI::App& command, std::string& file, UnknownKeys unknown, std::string const& help);

}  // namespace kula
