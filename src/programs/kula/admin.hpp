#pragma once
/// @file
/// `kula admin`: people and service tokens from the console of the machine. One request in, one answer out, so that the
/// same code serves a data folder that nobody has open, and a running server over the socket in its folder.

#include <map>
#include <string>
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

struct AdminAnswer {
    int status = 0;     ///< Exit status.
    std::string out{};  ///< For standard output: results, lines with tabs between columns.
    std::string err{};  ///< For standard error.
};

struct AdminRooms {
    access::Access& access;
    registry::Registry const& registry;
    base::Clock const& clock;
};

AdminAnswer answer(AdminRequest const& request, AdminRooms rooms);

/// One line of JSON without the line break; a text that is none yields nothing.
std::string to_line(AdminRequest const& request);
std::string to_line(AdminAnswer const& answer);
std::optional<AdminRequest> parse_request(std::string_view line);
std::optional<AdminAnswer> parse_answer(std::string_view line);

}  // namespace kula
