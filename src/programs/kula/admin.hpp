#pragma once
/// @file
/// `kula admin`: people and service tokens from the console of the machine. One request in, one answer out, so that the
/// same code serves a data folder that nobody has open, and a running server over the socket in its folder.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.hpp"
#include "registry/registry.hpp"

namespace kula {

/// `user add` with what was told: `{{"name", {"ana"}}, {"role", {"duty_analyst", "publisher"}}}`.
struct AdminRequest {
    std::string verb;
    std::map<std::string, std::vector<std::string>> options{};

    /// The first value; empty where nothing was told.
    [[nodiscard]] std::string told(std::string const& option) const;
    [[nodiscard]] std::vector<std::string> all(std::string const& option) const;
};

/// Where a verb prints what it has to tell, piece by piece. False where nobody reads on.
struct Print {
    std::function<bool(std::string_view text)> out{};  ///< Standard output.
    std::function<bool(std::string_view text)> err{};  ///< Standard error.
    std::function<bool()> goes_on{};                   ///< Whether somebody waits for what is still to come.
};

struct AdminAnswer {
    int status = 0;     ///< Exit status.
    std::string out{};  ///< For standard output: results, lines with tabs between columns.
    std::string err{};  ///< For standard error.

    /// Prints it; yields the exit status.
    [[nodiscard]] int told(Print const& print) const;
};

/// Of this process.
Print to_standard_streams();

struct AdminRooms {
    access::Access& access;
    registry::Registry const& registry;
    base::Clock const& clock;
};

AdminAnswer answer(AdminRequest const& request, AdminRooms rooms);

}  // namespace kula
