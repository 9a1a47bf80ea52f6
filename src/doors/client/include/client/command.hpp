#pragma once
/// @file
/// `kula api`: every operation of a server's contract as a command.
///
/// Nouns, verbs, options and their descriptions come from the contract (OpenAPI 3.1); a new route needs nothing here.
/// Secrets come from files only, and stand in nothing that is written.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::client {

/// How a command ends; documented in its `--help`.
enum Ending : int {
    done = 0,
    failed = 1,            ///< The server refused it or has a fault; or a file here cannot be read.
    wrong_usage = 2,       ///< Nothing was asked.
    unreachable = 3,       ///< No server, no trust in its certificate, or no answer in time.
    not_allowed = 4,       ///< 401, 403: no token, a wrong one, or one that may not.
    changed_meanwhile = 5  ///< 412: somebody else changed it; nothing was done.
};

/// What a command has around it.
struct Surroundings {
    std::string_view contract;  ///< OpenAPI 3.1 as JSON.
    std::function<std::optional<std::string>(std::string const& name)> environment;
    std::optional<unsigned> width{};                  ///< Columns of the terminal on standard output; none: it is none.
    std::function<bool(std::string_view bytes)> out;  ///< Standard output; `false`: nobody reads it any more.
    std::function<void(std::string_view text)> err;   ///< Standard error.
    std::function<base::Result<std::string>()> in;    ///< Standard input, whole.
    std::function<void(std::chrono::seconds)> pause;  ///< Waits.
};

/// Does what the arguments behind `kula api` say. Never throws for what a server answers.
int run(std::vector<std::string> const& arguments, Surroundings const& surroundings);

}  // namespace kula::client
