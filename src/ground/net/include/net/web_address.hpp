#pragma once
/// @file
/// The two parts of a web address that a client wants apart. Pure. Source: RFC 3986 §3.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"
#include "base/ascii.hpp"

namespace kula::net {

struct WebAddress {
    std::string server;               ///< `https://feeds.example:8443`
    std::string target;               ///< Path and query; `/` at least.
    bool is_safe_on_the_way = false;  ///< Encrypted, or it does not leave this machine.

    /// Nothing unless it is http or https with a host, without a name or password in it, a fragment, blanks, or other
    /// than visible ASCII.
    static std::optional<WebAddress> parse(std::string_view text) {
        bool const is_visible = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
        auto const scheme_end = text.find("://");
        if (!is_visible || scheme_end == std::string_view::npos) return std::nullopt;
        auto const scheme = base::lower_case(text.substr(0, scheme_end));
        auto const rest = text.substr(scheme_end + 3);
        auto const host = rest.substr(0, rest.find_first_of("/?#"));
        bool const is_web = scheme == "http" || scheme == "https";
        if (!is_web || host.empty() || host.find_first_of("@\\") != std::string_view::npos) return std::nullopt;
        auto target = std::string(rest.substr(host.size()));
        if (target.find('#') != std::string::npos) return std::nullopt;
        if (!target.starts_with('/')) target.insert(0, "/");
        return WebAddress{scheme + "://" + base::lower_case(host), std::move(target),
                          scheme == "https" || is_this_machine(base::lower_case(host))};
    }

    /// The last part of the path; empty where it ends in `/`.
    [[nodiscard]] std::string file_name() const {
        auto const path = target.substr(0, target.find('?'));
        return path.substr(path.rfind('/') + 1);
    }

private:
    /// `host` may have a port.
    static bool is_this_machine(std::string_view host) {
        if (host.starts_with("[::1]")) return true;
        auto const name = host.substr(0, host.find(':'));
        auto const address = base::Address::parse(name);
        return name == "localhost" || (address && base::Prefix(base::Address::v4(0x7f000000), 8).contains(*address));
    }
};

}  // namespace kula::net
