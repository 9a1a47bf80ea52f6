#pragma once
/// @file
/// `kula match`: which flows of captures, exports and logs touch what is listed. Used as one uses grep.

namespace CLI {
class App;
}

namespace kula {

/// Adds the subcommand; when it has run, `status` is how the program ends.
void add_match_command(CLI::App& app, int& status);

}  // namespace kula
