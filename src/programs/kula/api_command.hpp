#pragma once
/// @file
/// `kula api`: asks a running server over its API.

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace kula {

/// So that `kula --help` names it. What stands behind it is read by `run_api_command`.
void add_api_command(CLI::App& app);

/// `arguments` stand behind `kula api`. A status of `client::Ending`.
int run_api_command(std::vector<std::string> const& arguments);

}  // namespace kula
