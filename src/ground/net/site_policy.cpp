#include "site_policy.hpp"

#include <algorithm>

#include "authority.hpp"
#include "text.hpp"

namespace kula::net {
namespace {

/// `http://localhost:8080` and its default port.
std::optional<Authority> parse_origin(std::string_view origin, std::string_view& default_port) {
    for (auto const& [scheme, port] :
         {std::pair<std::string_view, std::string_view>{"http://", "80"}, {"https://", "443"}}) {
        if (!same_ignoring_case(origin.substr(0, scheme.size()), scheme)) continue;
        default_port = port;
        return parse_authority(origin.substr(scheme.size()));
    }
    return std::nullopt;
}

bool contains(std::vector<std::string> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](auto const& known) { return same_ignoring_case(known, name); });
}

}  // namespace

SitePolicy::SitePolicy(std::vector<std::string> host_names, std::vector<std::string> trusted_origins)
    : host_names_(std::move(host_names)), trusted_origins_(std::move(trusted_origins)) {}

std::optional<Problem> SitePolicy::objection(Method method, Scheme scheme, Headers const& headers,
                                             std::string_view authority) const {
    if (headers.count("Host") != 1) return Problem{Status::bad_request, "the request needs exactly one Host header"};
    auto const named = authority.empty() ? *headers.find("Host") : authority;
    auto const host = parse_authority(named);
    if (!host) return Problem{Status::bad_request, "the Host header is malformed"};
    if (!contains(host_names_, host->host)) {
        return Problem{Status::misdirected_request,
                       "this server does not answer to the name in the Host header; "
                       "an operator can add it to the configuration"};
    }
    if (!is_safe(method) && !may_write(scheme, headers, named)) {
        return Problem{Status::forbidden, "a page of another site may not change anything here"};
    }
    return std::nullopt;
}

bool SitePolicy::may_write(Scheme scheme, Headers const& headers, std::string_view authority) const {
    auto const origin = headers.find("Origin");
    if (origin) {
        if (contains(trusted_origins_, *origin)) return true;
        std::string_view default_port;
        if (scheme == Scheme::https && !same_ignoring_case(origin->substr(0, 8), "https://")) return false;
        auto const theirs = parse_origin(*origin, default_port);
        auto const ours = parse_authority(authority);
        if (!theirs || !ours) return false;
        auto const with_default = [&](std::string const& port) {
            return port.empty() ? default_port : std::string_view(port);
        };
        return theirs->host == ours->host && with_default(theirs->port) == with_default(ours->port);
    }
    // Programs send neither header; a browser that leaves out Origin still says where its page is from.
    auto const site = headers.find("Sec-Fetch-Site");
    return !site || *site == "same-origin" || *site == "none";
}

}  // namespace kula::net
