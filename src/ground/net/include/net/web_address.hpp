#pragma once
/// @file
/// The two parts of a web address that a client wants apart. Pure. Source: RFC 3986 §3.

#include <optional>
#include <string>
#include <string_view>

namespace kula::net {

struct WebAddress {
    std::string server;               ///< `https://feeds.example:8443`
    std::string target;               ///< Path and query; `/` at least.
    bool is_safe_on_the_way = false;  ///< Encrypted, or it does not leave this machine.

    /// Nothing unless it is http or https with a host, and a port where one is told, without a name or password in it,
    /// a fragment, blanks, or other than visible ASCII.
    static std::optional<WebAddress> parse(std::string_view text);

    /// The last part of the path; empty where it ends in `/`.
    [[nodiscard]] std::string file_name() const;
};

}  // namespace kula::net
